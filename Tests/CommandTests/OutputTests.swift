import Geometry
import TestSupport
import Testing

struct OutputTests {
    private static let proximity = ["proximity", "towns.geojson", "--to", "labs.geojson"]
    private static let coverage = [
        "coverage", "towns.geojson", "--by", "labs.geojson", "--within", "2km",
    ]
    private static let catchment = ["catchment", "labs.geojson", "--demand", "towns.geojson"]

    @Test(arguments: [proximity, coverage, catchment])
    func `the table goes where the result does not`(arguments: [String]) throws {
        let runner = try CommandRunner()
        let shown = try runner.run(arguments)
        #expect(try ParsedJSON(shown.output)["type"].string == "FeatureCollection")
        #expect(shown.errors.contains("labs") || shown.errors.contains("lab-a"))
        let saved = try runner.run(arguments + ["-o", "out.geojson"])
        #expect(saved.output.hasSuffix("→ out.geojson\n"))
        #expect(try runner.text(of: "out.geojson") == shown.output)
    }

    @Test(arguments: [proximity, coverage, catchment, ["export", "towns.geojson"]])
    func `quiet means quiet`(arguments: [String]) throws {
        let runner = try CommandRunner()
        #expect(try runner.run(arguments + ["--quiet"]).errors.isEmpty)
        let saved = try runner.run(arguments + ["--quiet", "-o", "out.geojson"])
        #expect(saved.errors.isEmpty && saved.output.isEmpty)
        #expect(runner.files.contains("out.geojson"))
    }

    @Test(arguments: [
        "export universities", "layers --data catalogue", "locate --data catalogue 햇님 --json",
        "--help",
    ])
    func `a reader that goes away is no error`(arguments: String) throws {
        let outcome = try CommandRunner().shell(
            """
            "$atlas" \(arguments) | head -1 >/dev/null; echo "${PIPESTATUS[0]}"
            "$atlas" \(arguments) | true; echo "${PIPESTATUS[0]}"
            """)
        #expect(outcome.output == "0\n0\n")
        #expect(outcome.errors.isEmpty)
    }

    @Test func `a file is replaced whole and nothing is left beside it`() throws {
        let runner = try CommandRunner()
        let before = runner.files
        try runner.write("old", to: "out.geojson")
        #expect(try runner.run("export", "towns.geojson", "-o", "out.geojson").code == 0)
        #expect(runner.files == (before + ["out.geojson"]).sorted())
        #expect(try ParsedJSON(try runner.text(of: "out.geojson"))["features"].isArray)
    }

    @Test func `a layer can be written over the file it was read from`() throws {
        let runner = try CommandRunner()
        #expect(try runner.run("export", "labs.geojson", "-o", "labs.geojson").code == 0)
        #expect(try runner.run("export", "labs.geojson").features.count == 3)
    }

    @Test func `a second run gives the same bytes, on any number of threads`() throws {
        let runner = try CommandRunner()
        // Two batches of rows: what one thread does after the other, two do together.
        var random = SeededGenerator(seed: 3)
        var text = "id,lon,lat,people\n"
        for row in 0..<66_000 {
            let position = random.position(126...129.5, 34.5...38)
            text += "r\(row),\(position.x),\(position.y),\(row % 7)\n"
        }
        try runner.write(text, to: "many.csv")
        var results: [String] = []
        for (number, threads) in ["1", "2", "8", "2"].enumerated() {
            let outcome = try runner.run(
                "coverage", "many.csv", "--by", "labs.geojson", "--within", "20km", "--weight",
                "people", "--threads", threads, "-o", "areas.geojson", "--demand-output",
                "demand-\(number).csv")
            #expect(outcome.code == 0)
            let files = ["areas.geojson", "demand-\(number).csv"]
            let texts = try files.map { try runner.text(of: $0) }.joined()
            #expect(texts.split(separator: "\n").count > 66_000)
            results.append(
                outcome.output.replacing("demand-\(number)", with: "demand") + texts)
        }
        #expect(results.allSatisfy { $0 == results[0] })
    }

    @Test(arguments: ["proximity", "coverage", "catchment"])
    func `the built-in layers give the same bytes twice`(command: String) throws {
        let runner = try CommandRunner()
        let arguments = [
            "proximity": ["biz-parks", "--to", "research-zones", "-k", "2"],
            "coverage": ["research-zones", "--by", "biz-parks", "--within", "20km"],
            "catchment": ["digital-districts", "--demand", "research-zones"],
        ]
        let runs = try ["1", "2", "8"].map {
            try runner.run([command] + (arguments[command] ?? []) + ["--threads", $0])
        }
        #expect(runs[0].code == 0)
        for run in runs {
            #expect(run.output == runs[0].output)
            #expect(run.errors == runs[0].errors)
        }
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `a shell is given completions`(shell: String) throws {
        let runner = try CommandRunner()
        let outcome = try runner.run("--generate-completion-script", shell)
        #expect(outcome.code == 0)
        for word in ["clusteratlas", "proximity", "assume-crs"] {
            #expect(outcome.output.contains(word))
        }
        guard let program = SharedData.tool(shell) else { return }
        try runner.write(outcome.output, to: "completions")
        let check = try SharedData.run(program, ["-n", "completions"], in: runner.folder)
        #expect(check.code == 0, "\(check.errors)")
    }

    /// The commands that help shows as examples, lines that go on joined.
    private static func examples(_ help: String) -> [String] {
        help.replacing("\\\n", with: " ").split(separator: "\n")
            .filter { $0.hasPrefix("  clusteratlas ") }
            .map {
                $0.dropFirst("  clusteratlas ".count).split(separator: " ").joined(separator: " ")
            }
    }

    @Test(arguments: [
        [], ["layers"], ["locate"], ["export"], ["proximity"], ["coverage"], ["catchment"],
    ])
    func `every example in the help works`(command: [String]) throws {
        let runner = try CommandRunner()
        let examples = Self.examples(try runner.run(command + ["--help"]).output)
        #expect(!examples.isEmpty)
        for example in examples {
            let outcome = try runner.shell("\"$atlas\" \(example)")
            #expect(outcome.code == 0, "\(example): \(outcome.errors)")
            #expect(!outcome.output.isEmpty)
        }
    }
}
