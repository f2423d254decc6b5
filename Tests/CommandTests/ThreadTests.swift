import Features
import Formats
import Foundation
import Geometry
import TestSupport
import Testing

/// Every command that takes `--threads` writes the same bytes on one, two and eight of them.
struct ThreadTests {
    /// What is run: all commands, with all methods that they offer.
    static let runs: [String] =
        [
            "proximity homes.arrow --to malls.arrow -k 2 --uncertainty 300m -o out.csv",
            "proximity homes.arrow --to malls.arrow --each kind --pairs -o out.geojson",
            "proximity homes.arrow --self -k 3 --within 40km -o out.csv",
            "proximity zones.arrow --to malls.arrow --shapes --uncertainty 300m -o out.csv",
            "proximity homes.arrow --to malls.arrow --exclusive optimal --uncertainty 300m "
                + "-o out.csv",
            "proximity homes.arrow --to malls.arrow --exclusive greedy --uncertainty 300m "
                + "-o out.csv",
            "matrix homes.arrow --to malls.arrow -o out.npy",
            "matrix homes.arrow --to malls.arrow -o out.arrow",
            "matrix homes.arrow --to malls.arrow --within 50km -o out.csv",
            "pattern homes.arrow --within 9km,30km --simulations 3 --edges none -o out.csv",
            "pattern homes.arrow --within 9km --simulations 3 --edges border -o out.csv",
            "pattern homes.arrow --with malls.arrow --within 30km --simulations 3 "
                + "--chance uniform -o out.csv",
            "pattern homes.arrow --with malls.arrow --within 30km --simulations 3 "
                + "--chance labels -o out.csv",
            "coverage homes.arrow --by few.arrow --within 10km,30km --weight n --depth "
                + "out-depth.geojson --gaps out-gaps.geojson --by-facility out-by.geojson --group "
                + "kind --group-output out-groups.csv --demand-output out-homes.csv "
                + "--uncertainty 500m -o out.geojson",
            "coverage zones.arrow --by malls.arrow --within 20km --zones --weight n "
                + "--dasymetric land.arrow --class kind --sample cover:0.2 --uncertainty 1km "
                + "--group kind --group-output out-groups.csv --demand-output out-zones.csv -o out.geojson",
            "equity homes.arrow --score n --group kind --group-output out-groups.csv --picture "
                + "out.svg -o out.csv",
            "catchment few.arrow --demand homes.arrow --weight n --uncertainty 500m "
                + "--demand-output out-homes.csv -o out.geojson",
            "catchment few.arrow --demand homes.arrow --multiplicative n --boundary "
                + "island.geojson --uncertainty 500m --demand-output out-homes.csv -o out.geojson",
            "hinterland few.arrow --demand homes.arrow --rings 10km,30km --weight n "
                + "--uncertainty 500m -o out.geojson",
            "allocate homes.arrow --to malls.arrow --capacity n --uncertainty 500m --loads "
                + "out-loads.csv --flows out-flows.csv -o out.csv",
            "huff homes.arrow --to malls.arrow --attraction n --weight n --uncertainty 500m "
                + "--loads out-loads.csv --flows out-flows.csv -o out.csv",
            "huff homes.arrow --to malls.arrow --attraction n --calibrate flows.csv -o out.csv",
            "huff homes.arrow --to few.arrow --attraction n --contours out-contours.geojson "
                + "--cell 20km --areas out-areas.geojson -o out.csv",
            "concentration moran homes.arrow --value n --permutations 19 -o out.csv",
            "concentration hotspots homes.arrow --value n --permutations 19 --within 60km "
                + "-o out.csv",
            "concentration density few.arrow --bandwidth 30km --kernel gaussian --cell 6km "
                + "-o out.geojson",
            "sites points island.geojson --every 5km -o out.csv",
            "sites screen plots.csv --rules rules.yaml --explain -o out.csv",
            "sites select --model p-median -p 3 --candidates few.arrow --demand homes.arrow "
                + "--weight n -o out.geojson --allocations out-lines.geojson",
            "sites curve --model mclp --up-to 3 --within 40km --candidates few.arrow --demand "
                + "homes.arrow --json",
        ]
        + [
            "cumulative", "gravity", "2sfca", "e2sfca", "g2sfca", "kd2sfca", "3sfca", "m2sfca",
            "bfca", "raam",
        ].map {
            "accessibility homes.arrow --to malls.arrow --method \($0) --within 60km --weight n "
                + "--supply n --uncertainty 500m --loads out-loads.csv -o out.csv"
        }

    @Test(arguments: runs)
    func `one, two and eight threads write the same bytes`(words: String) throws {
        let runner = try Self.folder()
        var first: [String: Data] = [:]
        for threads in ["1", "2", "8"] {
            let outcome = try runner.run(
                words.split(separator: " ").map(String.init) + ["--threads", threads])
            #expect(outcome.code == 0, "\(outcome.errors)")
            var found = ["": Data((outcome.output + outcome.errors).utf8)]
            for name in runner.files where name.hasPrefix("out") {
                found[name] = try Data(contentsOf: runner.folder.appending(path: name))
            }
            #expect(found.count > 1 || words.hasSuffix("--json"))
            if first.isEmpty { first = found }
            for (name, bytes) in found {
                #expect(bytes == first[name], "\(name) on \(threads) threads")
            }
        }
    }

    /// A new command, or a new value of an option, wants a line in the table above.
    @Test func `the table has every command with threads, and every method of it`() throws {
        let help = try CommandRunner().run("--experimental-dump-help")
        let tree = try JSONDecoder().decode(Help.self, from: Data(help.output.utf8))
        let commands = tree.command.leaves(under: [])
        #expect(commands.count > 15)
        for (path, command) in commands {
            let lines = Self.runs.filter { ($0 + " ").hasPrefix(path + " ") }
            #expect(!lines.isEmpty, "\(path) is not in the table of threads")
            for argument in command.arguments ?? [] {
                let name = argument.preferredName?.name ?? ""
                for value in argument.allValues ?? [] {
                    #expect(
                        lines.contains { "\($0) ".contains(" --\(name) \(value) ") },
                        "\(path) --\(name) \(value) is not in the table of threads")
                }
            }
        }
    }

    /// What `--experimental-dump-help` tells of a command.
    private struct Help: Decodable {
        struct Name: Decodable { let name: String }
        struct Argument: Decodable {
            let preferredName: Name?
            let allValues: [String]?
        }
        struct Command: Decodable {
            let commandName: String
            let arguments: [Argument]?
            let subcommands: [Command]?

            /// The commands that take `--threads`, by what is written for them.
            func leaves(under path: [String]) -> [(path: String, command: Command)] {
                let inner = (subcommands ?? []).flatMap { command in
                    command.leaves(under: path + [command.commandName])
                }
                let isThreaded = arguments?.contains { $0.preferredName?.name == "threads" }
                return isThreaded == true
                    ? [(path.joined(separator: " "), self)] + inner : inner
            }
        }
        let command: Command
    }

    /// A folder with layers that are read in several batches.
    private static func folder() throws -> CommandRunner {
        let runner = try CommandRunner()
        var random = SeededGenerator(seed: 4711)
        func layer(_ name: String, _ count: Int, size: Double? = nil) throws {
            var sink = try openSink(runner.folder.appending(path: name).path)
            var first = 0
            while first < count {
                let rows = min(13, count - first)
                let places = (0..<rows).map { _ in random.position(126.5...129, 34.8...37.6) }
                let shapes = places.map { place -> Shape? in
                    size.map { .polygon([Self.square(place, $0)]) } ?? .point(place)
                }
                var batch = FeatureBatch(
                    geometry: GeometryColumn(shapes),
                    ids: .string((0..<rows).map { "\(name.prefix(1))\(first + $0)" }),
                    firstIndex: first)
                batch.set("id", .string((0..<rows).map { "\(name.prefix(1))\(first + $0)" }))
                batch.set("n", .double((0..<rows).map { Double((first + $0) % 7 + 1) * 6 }))
                batch.set("kind", .string((0..<rows).map { ["가", "나"][(first + $0) % 2] }))
                try sink.write(batch)
                first += rows
            }
            try sink.finish(CollectionInfo(name: name))
        }
        try layer("homes.arrow", 90)
        try layer("malls.arrow", 40)
        try layer("few.arrow", 7)
        try layer("zones.arrow", 30, size: 0.2)
        try layer("land.arrow", 30, size: 0.5)
        let flows = (0..<90).map { "h\($0),m\($0 % 7),\($0 % 5 + 1)\nh\($0),m\($0 % 40),2\n" }
        try runner.write("from_id,to_id,flow\n" + flows.joined(), to: "flows.csv")
        return runner
    }

    private static func square(_ corner: Position, _ size: Double) -> [Position] {
        let (x, y) = (corner.x, corner.y)
        return [
            Position(x, y), Position(x + size, y), Position(x + size, y + size),
            Position(x, y + size), Position(x, y),
        ]
    }
}
