import Foundation
import TestSupport
import Testing

struct ClusterCommandTests {
    /// They take no number of threads; what could differ from run to run is the order of sets.
    @Test(arguments: [
        ["concentration", "groups", "digital-districts", "--least", "3"],
        [
            "concentration", "quotient", "research-zones", "techno-parks", "--by", "province",
            "--permutations", "49", "--json",
        ],
        ["linkages", "clusters", "--within", "30km"],
        ["convergence", "clusters", "--json"],
        ["profile", "nc-daegu", "--json"],
    ])
    func `a second run writes the same bytes`(words: [String]) throws {
        let runner = try CommandRunner()
        let results = try (0..<2).map { _ in try runner.run(words) }
        #expect(results[0].code == 0, "\(results[0].errors)")
        #expect(results[0].output.count > 500)
        #expect(results[1].output == results[0].output)
    }

    @Test func `a page of a real cluster fits a terminal, now and then`() throws {
        let runner = try CommandRunner()
        for words in [["nc-daegu", "rz-daedeok", "un-kaist"], ["rz-daedeok", "--as-of", "2012"]] {
            let page = try runner.run(["profile"] + words)
            #expect(page.code == 0, "\(page.errors)")
            for line in page.output.split(separator: "\n") {
                let columns = line.unicodeScalars.reduce(0) {
                    $0 + ((0x2E80...0xD7A3).contains($1.value) ? 2 : 1)
                }
                #expect(columns <= 80, "\(line)")
            }
        }
    }

    @Test func `a layer without places has an answer or an error, never a crash`() throws {
        let runner = try CommandRunner()
        let empty = #"{"type":"FeatureCollection","features":[]}"#
        let nowhere = """
            {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"v":1},\
            "geometry":null}]}
            """
        for (name, text) in [("empty.geojson", empty), ("nowhere.geojson", nowhere)] {
            try Data(text.utf8).write(to: runner.folder.appending(path: name))
            for words in [
                ["convergence", name], ["convergence", name, "--json"], ["linkages", name],
                ["concentration", "groups", name],
                ["concentration", "groups", name, "--within", "1km"],
                ["concentration", "density", name, "--bandwidth", "1km"],
                ["profile", "nc-dal", "--data", "clusters", "--layers", name],
            ] {
                let run = try runner.run(words)
                #expect(run.code == 0, "\(words): \(run.errors)")
            }
            for measure in ["moran", "hotspots"] {
                let run = try runner.run(["concentration", measure, name, "--value", "v"])
                #expect(run.code == 1)
                #expect(run.errors.contains("too few for this statistic"), "\(run.errors)")
            }
        }
    }
}
