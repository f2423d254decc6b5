import Catalogue
import Formats
import Foundation
import Studies
import TestSupport
import Testing

@testable import clusteratlas

@Suite("Commands of studies") struct RunCommandTests {
    @Test func `a study is named by its name also where its folder stands`() throws {
        let runner = try CommandRunner()
        let folder = runner.folder.appending(path: "daedeok")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        let again = try runner.run("run", "daedeok", "--dry-run")
        #expect(again.code == 0, "\(again.errors)")
        #expect(again.output.contains("has not run yet"))
        let misspelt = try runner.run("run", "daedok", "--dry-run")
        #expect(misspelt.code == 64)
        #expect(misspelt.errors.contains("there is no study \"daedok\"; did you mean daedeok?"))
        #expect(misspelt.errors.contains("busan-industry-academia, daedeok, digital-districts"))
    }

    private static let study = """
        parameters: {within: 6km}
        steps:
          near:
            run: proximity
            with: {from: towns.geojson, to: labs.geojson, within: "${within}"}
          table:
            run: convert
            with: {in: "${near}", output: table.csv}
          reach:
            for: {radius: [2km, 9km]}
            run: coverage
            with: {demand: "${near}", by: labs.geojson, within: "${radius}"}
        """

    private func runner() throws -> CommandRunner {
        let runner = try CommandRunner()
        try runner.write(Self.study, to: "plan.yaml")
        return runner
    }

    /// The results of a folder, without what the run notes for itself.
    private func results(_ runner: CommandRunner, _ folder: String) throws -> [String: Data] {
        let place = runner.folder.appending(path: folder)
        var found: [String: Data] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: place.path)
        where name != ".clusteratlas" {
            found[name] = try Data(contentsOf: place.appending(path: name))
        }
        return found
    }

    @Test func `progress tells the rate, and how long the rest may take`() {
        #expect(
            ProgressLine.text(of: StepProgress(seconds: 10.2, parts: .init(done: 5, of: 20)))
                == "10 s, [#####...............] 5 of 20, about 31 s left")
        #expect(
            ProgressLine.text(of: StepProgress(seconds: 3, parts: .init(done: 2, of: 2)))
                == "3 s, [####################] 2 of 2")
        #expect(
            ProgressLine.text(of: StepProgress(seconds: 4, features: 12_000))
                == "4 s, 12,000 features, 3,000 a second")
        #expect(ProgressLine.text(of: StepProgress(seconds: 0)) == "0 s")
    }

    @Test func `what a step says of its progress is read as it was written`() throws {
        let progress = StepProgress(
            seconds: 4.5, parts: .init(done: 1, of: 3), features: 11_250)
        let event = StudyEvent.progress(
            StepProgress(seconds: 9.25, parts: .init(done: 0, of: 2)),
            atWork: [("near", progress), ("far", nil)])
        #expect(StepProgress(json: progress.json) == progress)
        let line = try ParsedJSON(event.json.text)
        #expect(line["event"].string == "progress" && line["seconds"].number == 9.25)
        #expect(line["done"].number == 0 && line["of"].number == 2)
        #expect(line["seconds_left"].number == nil)
        let near = line["at_work"].array[0]
        #expect(near["step"].string == "near" && near["per_second"].number == 2500)
        #expect(near["done"].number == 1 && near["seconds_left"].number == 9)
        #expect(line["at_work"].array[1]["step"].string == "far")
    }

    @Test func `every value of an operation's parameters has a kind`() throws {
        let operations = try DeclaredOperations().operations
        #expect(operations.count > 20)
        var unknown: Set<String> = []
        func look(_ command: ParsedJSON) {
            for one in command["subcommands"].array { look(one) }
            for argument in command["arguments"].array where argument["kind"].string != "flag" {
                let name = argument["valueName"].string ?? ""
                if ParameterKinds.kinds[name] == nil { unknown.insert(name) }
            }
        }
        let declared = try ParsedJSON(CommandRunner().run("--experimental-dump-help").output)
        let others = [
            "import", "check", "run", "replay", "cite", "blame", "report", "serve", "help",
        ]
        for command in declared["command"]["subcommands"].array
        where !others.contains(command["commandName"].string ?? "") {
            look(command)
        }
        #expect(unknown == ["in … out"])
        for operation in operations {
            let names = operation.parameters.map(\.name)
            #expect(Set(names).count == names.count, "\(operation.name)")
        }
    }

    @Test func `the schema for editors is that of the declarations`() throws {
        let file = SharedData.packageRoot.appending(path: "GeoData/studies/study.schema.json")
        let now = try CommandRunner().run("run", "--schema").output
        #expect(
            try String(contentsOf: file, encoding: .utf8) == now,
            "write it anew: clusteratlas run --schema > GeoData/studies/study.schema.json")
    }

    @Test func `the same bytes come out anywhere, with any number at once, and twice`() throws {
        let runner = try runner()
        #expect(try runner.run("run", "plan.yaml", "-o", "a").code == 0)
        #expect(try runner.run("run", "plan.yaml", "-o", "deep/er/b", "--jobs", "3").code == 0)
        #expect(try results(runner, "a") == results(runner, "deep/er/b"))
        let again = try runner.run("run", "plan.yaml", "-o", "a")
        #expect(again.output.contains("0 steps ran, 4 up to date"))
        #expect(try runner.text(of: "a/near.geojson").contains("\"step\":\"near\""))
        let sidecar = try ParsedJSON(runner.text(of: "a/table.csv.provenance.json"))
        #expect(sidecar["clusteratlas"]["inputs"][0]["step"].string == "near")
        #expect(sidecar["clusteratlas"]["study"]["step"].string == "table")
        try CrateCheck.check(
            ParsedJSON(runner.text(of: "a/ro-crate-metadata.json")), in: runner, "a")
    }

    @Test func `a step named like its input leaves the input alone`() throws {
        let runner = try CommandRunner()
        let before = try runner.text(of: "towns.geojson")
        try FileManager.default.createDirectory(
            at: runner.folder.appending(path: "deep"), withIntermediateDirectories: false)
        try runner.write("id,lon,lat\na,127,36\n", to: "deep/towns.csv")
        let study = """
            steps:
              towns: {run: convert, with: {in: towns.geojson, precision: 2}}
              both: {run: export, with: {layer: [towns.geojson, deep/towns.csv], output: towns.csv}}
            """
        try runner.write(study, to: "plan.yaml")
        let ended = try runner.run("run", "plan.yaml", "-o", "out")
        #expect(ended.code == 0, "\(ended.errors)")
        #expect(try runner.text(of: "towns.geojson") == before)
        #expect(try runner.text(of: "deep/towns.csv") == "id,lon,lat\na,127,36\n")
        #expect(try runner.text(of: "out/towns.geojson") != before)
        let made = try ParsedJSON(runner.text(of: "out/towns.geojson"))
        #expect(made["clusteratlas"]["inputs"][0]["name"].string == "towns.geojson")
        let rows = try runner.text(of: "out/towns.csv").split(separator: "\n").count
        #expect(rows == made["features"].array.count + 2)
    }

    @Test func `results carry the sources of the catalogue that they rest on`() throws {
        let runner = try CommandRunner()
        let study = """
            steps:
              cities: {run: export, with: {layer: innovation-cities}}
              towns: {run: convert, with: {in: towns.geojson}}
              table: {run: convert, with: {in: "${cities}", output: table.csv}}
              near: {run: proximity, with: {from: "${table}", to: "${towns}"}}
              best: {run: sites select, with: {model: p-median, p: 1, candidates: "${table}", demand: "${near}"}}
              ranks: {run: profile, with: {cluster: ic-bitgaram, json: true}}
            """
        try runner.write(study, to: "plan.yaml")
        let ended = try runner.run("run", "plan.yaml", "-o", "out")
        #expect(ended.code == 0, "\(ended.errors)")
        let catalogue = try PlaceCatalogue()
        let layer = try #require(catalogue.layers(named: "innovation-cities")?.first)
        let sources = Set(try catalogue.records(of: layer).flatMap(\.sources)).sorted()
        #expect(sources.count > 10)
        for file in [
            "cities.geojson", "table.csv.provenance.json", "near.geojson", "best.geojson",
        ] {
            let said = try ParsedJSON(runner.text(of: "out/\(file)"))["clusteratlas"]["catalogue"]
            #expect(said["version"].string == catalogue.version)
            #expect(said["as_of"].string == "latest")
            #expect(said["sources"].array.map(\.string) == sources)
        }
        #expect(!(try runner.text(of: "out/towns.geojson")).contains("\"sources\""))
        // A profile looks at all there is.
        let ranks = try ParsedJSON(runner.text(of: "out/ranks.json.provenance.json"))
        #expect(ranks["clusteratlas"]["catalogue"]["sources"].array.count > 5 * sources.count)
    }

    @Test func `another program reads the folder as a crate`() throws {
        guard let python = SharedData.tool("python3"),
            try SharedData.run(python, ["-c", "import rocrate"]).code == 0
        else {
            print("skipped: Python has no rocrate (pip install rocrate)")
            return
        }
        let runner = try runner()
        #expect(try runner.run("run", "plan.yaml", "-o", "a").code == 0)
        let script = """
            from rocrate.rocrate import ROCrate
            crate = ROCrate('a')
            files = [e for e in crate.get_entities() if e.type == 'File']
            print(len(files), len(crate.get_by_type('CreateAction')), crate.license.id)
            """
        let read = try SharedData.run(python, ["-c", script], in: runner.folder)
        let files = try results(runner, "a").count - 1
        let words = "\(files) 4 https://creativecommons.org/licenses/by/4.0/\n"
        #expect(String(decoding: read.output, as: UTF8.self) == words, "\(read.errors)")
    }

    @Test func `a run that is killed goes on, and its last bytes are those of another`() throws {
        let runner = try runner()
        #expect(try runner.run("run", "plan.yaml", "-o", "whole").code == 0)
        var random = SeededGenerator(seed: 9)
        for kill in 0..<6 {
            let (process, input) = try runner.start(["run", "plan.yaml", "-o", "killed"])
            usleep(useconds_t.random(in: 0...400_000, using: &random))
            // Only this process: its steps notice by themselves.
            Foundation.kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            try input.close()
            let files = try? results(runner, "killed")
            for (name, bytes) in files ?? [:] where !name.contains(".partial") {
                #expect(try results(runner, "whole")[name] == bytes, "kill \(kill): \(name)")
            }
        }
        #expect(try runner.run("run", "plan.yaml", "-o", "killed").code == 0)
        #expect(try results(runner, "killed") == results(runner, "whole"))
    }

    @Test func `a result is made again, and other bytes are noticed`() throws {
        let runner = try runner()
        _ = try runner.run("run", "plan.yaml", "-o", "a", "--set", "within=7km")
        #expect(try runner.run("replay", "a/table.csv", "--whole").code == 0)
        let labs = try runner.text(of: "labs.geojson")
        try runner.write(labs.replacingOccurrences(of: "[127", with: "[126"), to: "labs.geojson")
        let outcome = try runner.run("replay", "a/near.geojson")
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains("input labs.geojson (to) changed"))
        try runner.write(labs, to: "labs.geojson")
        try runner.write("{}\n", to: "a/near.geojson")
        let touched = try runner.run("replay", "a/near.geojson")
        #expect(touched.code == 1)
        #expect(touched.errors.contains("near.geojson: not what step near wrote"))
        #expect(touched.errors.contains("run the study again"))
    }

    @Test func `the change that moved a result is found among those that did not`() throws {
        let runner = try runner()
        _ = try runner.run("run", "plan.yaml", "-o", "old")
        // The same towns in other bytes, and a distance that leaves labs out.
        let towns = try runner.text(of: "towns.geojson")
        try FileManager.default.createDirectory(
            at: runner.folder.appending(path: "more"), withIntermediateDirectories: true)
        try runner.write(towns + "\n", to: "more/towns.geojson")
        try runner.write(
            Self.study.replacingOccurrences(
                of: "from: towns.geojson", with: "from: more/towns.geojson"), to: "new.yaml")
        let changed = try runner.run("run", "new.yaml", "-o", "new", "--set", "within=10m")
        #expect(changed.code == 0, "\(changed.errors)")
        let outcome = try runner.run("blame", "old/near.geojson", "new/near.geojson")
        #expect(outcome.code == 0, "\(outcome.errors)")
        let lines = outcome.output.split(separator: "\n")
        try #require(lines.count == 4, "\(outcome.output)")
        #expect(lines[1].hasPrefix("  in all: moves "))
        #expect(lines[2].hasPrefix("  parameter within: moves "))
        #expect(!lines[2].contains("nothing"))
        #expect(lines[3] == "  input towns.geojson (from): moves nothing")
    }

    @Test func `a step that fails says why, and leaves nothing`() throws {
        let runner = try runner()
        try runner.write("{\"type\":", to: "labs.geojson")
        let outcome = try runner.run("run", "plan.yaml", "-o", "a")
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains("step near"))
        #expect(outcome.errors.contains("labs.geojson"))
        #expect(try results(runner, "a").isEmpty)
    }

    @Test func `a step that wants more memory than it may is ended in words`() throws {
        let runner = try runner()
        let outcome = try runner.run("run", "plan.yaml", "-o", "a", "--memory", "2MB")
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains("wanted more than its 2 MB of memory"))
        #expect(outcome.errors.contains("--memory"))
    }

    @Test func `a log for machines is an object a line`() throws {
        let runner = try runner()
        let lines = try runner.run("run", "plan.yaml", "--log", "json", "-o", "a").output
            .split(separator: "\n").map { try ParsedJSON(String($0)) }
            .filter { $0["event"].string != "progress" }
        #expect(lines.count == 10)
        #expect(lines.first?["event"].string == "began")
        #expect(lines.last?["run"].number == 4)
    }
}
