import Foundation
import Geometry
import TestSupport
import Testing

/// Input that cannot be used: what it is called, what it holds, and words of the answer.
struct BadInput: CustomTestStringConvertible, Sendable {
    let name: String
    let bytes: Data
    let words: [String]
    /// Whether it can also come through standard input.
    var isForStandardInput = true
    var testDescription: String { name }

    init(_ name: String, _ bytes: Data, _ words: String..., isForStandardInput: Bool = true) {
        self.name = name
        self.bytes = bytes
        self.words = words
        self.isForStandardInput = isForStandardInput
    }

    init(_ name: String, _ text: String, _ words: String..., isForStandardInput: Bool = true) {
        self.name = name
        self.bytes = Data(text.utf8)
        self.words = words
        self.isForStandardInput = isForStandardInput
    }

    private static func point(_ coordinates: String, _ properties: String = "{}") -> String {
        #"{"type":"Feature","id":"p1","properties":\#(properties),"geometry":"#
            + #"{"type":"Point","coordinates":\#(coordinates)}}"#
    }

    private static func collection(_ features: String, _ members: String = "") -> String {
        #"{"type":"FeatureCollection",\#(members)"features":[\#(features)]}"#
    }

    private static func system(_ name: String) -> String {
        #""crs":{"type":"name","properties":{"name":"\#(name)"}},"#
    }

    private static let nested =
        String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000)

    static let all: [BadInput] = [
        BadInput(
            "malformed.geojson", #"{"type":"FeatureCollection","features":[{"type" "Feature"}]}"#,
            "feature 1", "line 1"),
        BadInput("truncated.geojson", String(collection(point("[127,36]")).dropLast(20)), "ends"),
        BadInput("cut-in-text.geojson", #"{"type":"FeatureCollection","na"#, "ends"),
        BadInput("brackets.geojson", nested, "'['"),
        BadInput("deep.geojson", collection(point("[127,36]", #"{"a":\#(nested)}"#)), "nest"),
        BadInput("deep-coordinates.geojson", collection(point(nested)), "nest"),
        BadInput("huge.geojson", collection(point("[1e999,36]")), "feature 1", "number"),
        BadInput("far.geojson", collection(point("[1e300,36]")), "feature 1"),
        BadInput("types.geojson", collection(point(#""127,36""#)), "feature 1", "Point"),
        BadInput(
            "features.geojson", #"{"type":"FeatureCollection","features":{}}"#, "array"),
        BadInput(
            "kind.geojson", #"{"type":"Feature","properties":{},"geometry":{"type":"Circle"}}"#,
            "Circle"),
        BadInput("empty.geojson", "", "empty", isForStandardInput: false),
        BadInput("nothing.geojson", "", "nothing", isForStandardInput: true),
        BadInput(
            "binary.geojson", Data((0...255).map { UInt8($0) }), "0x00", isForStandardInput: false),
        BadInput("noise.csv", Data((0...255).map { UInt8($0) }), "binary"),
        BadInput(
            "swapped.geojson", collection(point("[36.35,127.38]") + "," + point("[35.1,129.0]")),
            "swapped", "127.38, 36.35"),
        BadInput("swapped.csv", "id,lon,lat\na,36.35,127.38\n", "swapped", "127.38, 36.35"),
        BadInput(
            "projected.geojson", collection(point("[200000,500000]")), "projected", "--assume-crs"),
        BadInput("projected.csv", "id,x,y\na,200000,500000\n", "projected", "--assume-crs"),
        BadInput(
            "crs.geojson", collection(point("[200000,500000]"), system("EPSG:99999")),
            "EPSG:99999"),
        BadInput(
            "crs2097.geojson", collection(point("[200000,500000]"), system("EPSG:2097")),
            "EPSG:2097", "EPSG:5174", "--accept-doubtful-crs"),
        BadInput(
            "ragged.csv", "id,lon,lat\na,127,36\nb,127\n", "feature 2", "line 3", "2 fields"),
        BadInput(
            "bytes.csv",
            Data("id,name,lon,lat\na,".utf8) + Data([0xB4, 0xFF, 0xB4, 0xFF])
                + Data(",127,36\n".utf8),
            "UTF-8", "iconv"),
        BadInput("number.csv", "id,lon,lat\na,east,36\n", "feature 1", "line 2", "east"),
    ]
}

struct BadInputTests {
    /// What any failure on data has to be: code 1, a reason, nothing written anywhere.
    private func expectFailure(
        _ outcome: CommandRunner.Outcome, _ words: [String], files: [String],
        _ runner: CommandRunner, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(outcome.code == 1, "\(outcome.errors)", sourceLocation: sourceLocation)
        #expect(outcome.output.isEmpty, sourceLocation: sourceLocation)
        let lines = outcome.errors.split(separator: "\n")
        #expect(
            lines.contains { $0.hasPrefix("Error: ") }, "\(outcome.errors)",
            sourceLocation: sourceLocation)
        for word in words {
            #expect(
                outcome.errors.contains(word), "\(word) in \(outcome.errors)",
                sourceLocation: sourceLocation)
        }
        #expect(runner.files == files, sourceLocation: sourceLocation)
    }

    @Test(arguments: BadInput.all.filter { $0.name != "nothing.geojson" })
    func `a bad file is refused by name`(input: BadInput) throws {
        let runner = try CommandRunner()
        try runner.write(input.bytes, to: input.name)
        let files = runner.files
        let words = input.words + [input.name]
        for arguments in [
            ["export", input.name], ["export", input.name, "-o", "out.geojson"],
            ["export", "labs.geojson", input.name, "-o", "out.geojsonl"],
            ["proximity", input.name, "--to", "labs.geojson", "-o", "out.geojson"],
            ["coverage", "towns.geojson", "--by", input.name, "--within", "1km", "-o", "out.csv"],
        ] {
            expectFailure(try runner.run(arguments), words, files: files, runner)
        }
    }

    @Test(arguments: BadInput.all.filter(\.isForStandardInput))
    func `bad standard input is refused by name`(input: BadInput) throws {
        let runner = try CommandRunner()
        let files = runner.files
        for arguments in [["export", "-"], ["export", "-", "-o", "out.geojson"]] {
            expectFailure(
                try runner.run(arguments, input: input.bytes), input.words + ["standard input"],
                files: files, runner)
        }
    }

    @Test func `what is not there, or is a folder, is refused by name`() throws {
        let runner = try CommandRunner()
        try FileManager.default.createDirectory(
            at: runner.folder.appending(path: "folder.geojson"), withIntermediateDirectories: true)
        let files = runner.files
        for (name, word) in [
            ("missing.geojson", "no such file"), ("./missing", "no such file"),
            ("labs.geojson/x.geojson", "no such file"), ("folder.geojson", "directory"),
        ] {
            let outcome = try runner.run("export", name, "-o", "out.geojson")
            expectFailure(outcome, [name, word], files: files, runner)
        }
        let outcome = try runner.shell(#""$atlas" export - -o out.geojson < folder.geojson"#)
        expectFailure(outcome, ["standard input", "directory"], files: files, runner)
    }

    @Test(arguments: ["nowhere/out.geojson", "labs.geojson/out.geojson", "catalogue", "out.ods"])
    func `a place that cannot be written is refused by name`(path: String) throws {
        let runner = try CommandRunner()
        let files = runner.files
        for arguments in [
            ["export", "towns.geojson"], ["proximity", "towns.geojson", "--to", "labs.geojson"],
            ["coverage", "towns.geojson", "--by", "labs.geojson", "--within", "1km"],
            ["catchment", "labs.geojson"],
        ] {
            expectFailure(
                try runner.run(arguments + ["-o", path, "--quiet"]), [path], files: files, runner)
        }
    }

    @Test func `a demand output that cannot be written leaves no other output`() throws {
        let runner = try CommandRunner()
        let files = runner.files
        expectFailure(
            try runner.run(
                "coverage", "towns.geojson", "--by", "labs.geojson", "--within", "1km", "-o",
                "out.geojson", "--demand-output", "nowhere/demand.csv"),
            ["nowhere/demand.csv"], files: files, runner)
    }

    @Test(arguments: [
        "export towns.geojson", "layers --data catalogue", "locate --data catalogue 햇님 --json",
        "coverage towns.geojson --by labs.geojson --within 1km",
    ])
    func `standard output without room is an error`(arguments: String) throws {
        guard FileManager.default.fileExists(atPath: "/dev/full") else {
            print("skipped: there is no /dev/full")
            return
        }
        let runner = try CommandRunner()
        let outcome = try runner.shell("\"$atlas\" \(arguments) > /dev/full")
        expectFailure(
            outcome, ["standard output", "No space left"], files: runner.files, runner)
    }

    @Test func `a full disk leaves nothing under the final name`() throws {
        let runner = try CommandRunner()
        let outcome = try runner.shell(
            """
            mkdir disk && mount -t tmpfs -o size=16k none disk 2>/dev/null || exit 77
            head -c 8192 /dev/zero > disk/other
            "$atlas" export universities -o disk/out.geojson; echo "code $?"
            "$atlas" export towns.geojson -o disk/small.csv >/dev/null; echo "code $?"
            head -c 8192 /dev/zero > disk/rest 2>/dev/null
            "$atlas" export towns.geojson -o disk/small.csv; echo "code $?"
            ls disk; head -c 3 disk/small.csv
            umount disk
            """)
        if outcome.code == 77 {
            print("skipped: no file system of 16 kB could be mounted here")
            return
        }
        // The old content of a file stays where the new one has no room.
        #expect(outcome.output == "code 1\ncode 0\ncode 1\nother\nrest\nsmall.csv\nid,")
        #expect(outcome.errors.contains("disk/out.geojson"))
        #expect(outcome.errors.contains("No space left"))
    }

    @Test func `a weight must be there and be a number`() throws {
        let runner = try CommandRunner()
        let text = try runner.text(of: "towns.geojson").replacing("1200", with: #""many""#)
        try runner.write(text, to: "wordy.geojson")
        let files = runner.files
        for (field, words) in [
            ("peoples", ["peoples", "did you mean people?"]), ("name", ["name", "새봄동"]),
            ("people", ["people", "many", "t1"]),
        ] {
            for command in [
                ["coverage", "wordy.geojson", "--by", "labs.geojson", "--within", "1km"],
                ["catchment", "labs.geojson", "--demand", "wordy.geojson"],
            ] {
                expectFailure(
                    try runner.run(command + ["--weight", field, "-o", "out.geojson"]),
                    words + ["wordy.geojson"], files: files, runner)
            }
        }
    }

    @Test func `a doubtful system is accepted with a warning`() throws {
        let runner = try CommandRunner()
        let input = try #require(BadInput.all.first { $0.name == "crs2097.geojson" })
        try runner.write(input.bytes, to: input.name)
        let outcome = try runner.run("export", input.name, "--accept-doubtful-crs")
        #expect(outcome.code == 0)
        #expect(outcome.errors.contains("255 m"))
        let position = try #require(outcome.features.first?.position)
        #expect(abs(position.x - 127) < 0.003 && abs(position.y - 38) < 0.003)
    }

    @Test func `every known GeoJSON file gets the verdict its name says`() throws {
        guard let cases = SharedData.file("known-answers/geojson-cases") else { return }
        let runner = try CommandRunner()
        var counted = 0
        for folder in ["valid", "invalid_structure", "invalid_geometries"] {
            let files = try FileManager.default.contentsOfDirectory(
                at: cases.appending(path: folder), includingPropertiesForKeys: nil)
            for file in files where file.pathExtension == "geojson" {
                let outcome = try runner.run("export", file.path, "--strict")
                counted += 1
                if folder == "valid" {
                    #expect(outcome.code == 0, "\(file.lastPathComponent): \(outcome.errors)")
                } else {
                    expectFailure(
                        outcome, [file.lastPathComponent], files: runner.files, runner)
                }
            }
        }
        #expect(counted == 55)
    }

    @Test func `a system can be given to a file that names none`() throws {
        let runner = try CommandRunner()
        try runner.write("id,x,y\na,200000,600000\n", to: "projected.csv")
        let outcome = try runner.run("export", "projected.csv", "--assume-crs", "EPSG:5186")
        #expect(outcome.code == 0)
        let position = try #require(outcome.features.first?.position)
        #expect(abs(position.x - 127) < 1e-6 && abs(position.y - 38) < 1e-6)
        for system in ["EPSG:99999", "nonsense"] {
            expectFailure(
                try runner.run("export", "projected.csv", "--assume-crs", system), [system],
                files: runner.files, runner)
            expectFailure(
                try runner.run("export", "labs.geojson", "--crs", system), [system],
                files: runner.files, runner)
        }
    }

    /// Whether a process has a file open that has no name, as Linux's /proc tells.
    private func hasNamelessFile(_ process: Int32) -> Bool {
        let folder = "/proc/\(process)/fd"
        let open = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return open.contains {
            let target = try? FileManager.default.destinationOfSymbolicLink(
                atPath: "\(folder)/\($0)")
            return target?.contains("/#") == true
        }
    }

    @Test(arguments: [SIGTERM, SIGINT, SIGKILL])
    func `a run that is ended leaves nothing under the final name`(signal: Int32) throws {
        let runner = try CommandRunner()
        try runner.write("old", to: "kept.geojsonl")
        for name in ["new.geojsonl", "kept.geojsonl"] {
            let (process, input) = try runner.start(["export", "-", "-o", name])
            let feature = #"{"type":"Feature","properties":{},"geometry":null}"#
            try input.write(contentsOf: Data(String(repeating: feature + "\n", count: 2000).utf8))
            // A file without a name is open: writing has begun.
            let deadline = ContinuousClock.now + .seconds(20)
            while !hasNamelessFile(process.processIdentifier), process.isRunning,
                ContinuousClock.now < deadline
            { Thread.sleep(forTimeInterval: 0.01) }
            #expect(hasNamelessFile(process.processIdentifier))
            kill(process.processIdentifier, signal)
            process.waitUntilExit()
            try? input.close()
            #expect(process.terminationStatus != 0)
        }
        #expect(runner.files.allSatisfy { !$0.hasPrefix("new.") && !$0.contains("partial") })
        #expect(try runner.text(of: "kept.geojsonl") == "old")
        // Another run is not disturbed by what was left.
        #expect(try runner.run("export", "towns.geojson", "-o", "new.geojsonl").code == 0)
    }

    @Test func `a folder without a catalogue is refused by name`() throws {
        let runner = try CommandRunner()
        let files = runner.files
        for command in [["layers"], ["locate", "x"], ["export", "towns", "-o", "out.csv"]] {
            expectFailure(
                try runner.run(command + ["--data", "nowhere"]), ["nowhere", "datapackage.json"],
                files: files, runner)
            expectFailure(
                try runner.run(command, environment: ["CLUSTERATLAS_DATA": "nowhere"]),
                ["nowhere", "CLUSTERATLAS_DATA"], files: files, runner)
        }
        let found = try runner.run(
            ["layers"], environment: ["CLUSTERATLAS_DATA": "catalogue"])
        #expect(found.output.contains("new-towns"))
    }

    @Test func `the catalogue is found where a package installs it`() throws {
        let outcome = try CommandRunner().shell(
            """
            mkdir -p "설치 된/bin" "설치 된/share/clusteratlas" other
            cp "$atlas" "설치 된/bin/clusteratlas"
            cp -r catalogue "설치 된/share/clusteratlas/GeoData"
            cp -r catalogue other/GeoData
            rm other/GeoData/schools.geojson
            cd /
            "$OLDPWD/설치 된/bin/clusteratlas" locate haetnim --json | grep -c nt-haetnim
            CLUSTERATLAS_DATA="$OLDPWD/other/GeoData" \
                "$OLDPWD/설치 된/bin/clusteratlas" layers 2>&1 | grep -c schools.geojson
            "$OLDPWD/설치 된/bin/clusteratlas" layers --data "$OLDPWD/catalogue" | grep -c new-towns
            """)
        #expect(outcome.output == "1\n1\n1\n", "\(outcome.errors)")
    }
}
