import TestSupport
import Testing

/// Runs of the program on small files, whose whole output is kept in `Tests/Fixtures/commands`.
struct Session: CustomTestStringConvertible, Sendable {
    let name: String
    let runs: [[String]]
    var files: [String] = []
    var testDescription: String { name }

    init(_ name: String, _ runs: [String]..., files: [String] = []) {
        self.name = name
        self.runs = runs
        self.files = files
    }

    static let help = [
        "layers", "locate", "show", "check", "export", "convert", "info", "import", "proximity",
        "coverage", "catchment", "accessibility", "matrix",
    ]
    .map {
        Session("help-\($0)", [$0, "--help"])
    }

    static let groupHelp = [
        Session("help-sites", ["sites", "--help"]),
        Session("help-sites-select", ["sites", "select", "--help"]),
        Session("help-sites-curve", ["sites", "curve", "--help"]),
        Session("help-sites-score", ["sites", "score", "--help"]),
        Session("help-sites-verify", ["sites", "verify", "--help"]),
    ]

    static let all: [Session] =
        [Session("help", ["--help"])] + help + groupHelp + [
            Session(
                "layers", ["layers", "--data", "catalogue"],
                ["layers", "--data", "catalogue", "--json"]),
            Session(
                "locate", ["locate", "--data", "catalogue", "haetnim"],
                ["locate", "--data", "catalogue", "달님", "동지구", "--json"],
                ["locate", "--data", "catalogue", "ㄱㄹㄱㅎㅇ"],
                ["locate", "--data", "catalogue", "BNU", "--kind", "school"],
                ["locate", "--data", "catalogue", "qqqqq"],
                ["locate", "--data", "catalogue", "qqqqq", "--json"]),
            Session(
                "locate-at", ["locate", "--data", "catalogue", "--at", "127.4,36.385"],
                [
                    "locate", "--data", "catalogue", "--at", "127.4,36.385", "--limit", "2",
                    "--json",
                ],
                ["locate", "--data", "catalogue", "--at", "126.8,35", "--kind", "schools"]),
            Session(
                "show", ["show", "sc-byeol", "--data", "catalogue"],
                ["show", "sc-byeol", "--data", "catalogue", "--json"],
                ["show", "sc-byeoxl", "--data", "catalogue"],
                ["show", "nt-dallim-east", "--data", "catalogue"]),
            Session(
                "as-of", ["layers", "--data", "catalogue", "--as-of", "2012-04"],
                ["show", "nt-dallim-east", "--data", "catalogue", "--as-of", "2013"],
                ["show", "nt-dallim-east", "--data", "catalogue", "--as-of", "2010"],
                ["export", "new-towns", "--data", "catalogue", "--as-of", "2009"],
                ["locate", "gureum", "--data", "catalogue", "--as-of", "2002"],
                ["layers", "--as-of", "2012-13"]),
            Session(
                "check", ["check", "catalogue"], ["check", "catalogue", "--json"],
                ["check", "towns.geojson"]),
            Session(
                "export-drawn",
                ["export", "schools", "--data", "catalogue", "--footprint"],
                [
                    "export", "municipalities", "--data", "catalogue", "--outline", "-o",
                    "out.geojson",
                ],
                ["export", "schools", "--data", "catalogue", "--outline"],
                [
                    "export", "new-towns", "--data", "catalogue", "--listing", "whole", "-o",
                    "out.csv",
                ],
                files: ["out.geojson", "out.csv"]),
            Session(
                "export", ["export", "towns.geojson"], ["export", "labs.geojson", "--bbox"],
                ["export", "labs.geojson", "towns.geojson", "--precision", "1"],
                ["export", "shops.csv"],
                ["export", "schools", "--data", "catalogue", "--province", "대전"]),
            Session(
                "export-files", ["export", "towns.geojson", "-o", "out.csv"],
                ["export", "towns.geojson", "-o", "out.geojsonl"],
                ["export", "labs.geojson", "--crs", "EPSG:5186", "-o", "out.geojson"],
                files: ["out.csv", "out.geojsonl", "out.geojson"]),
            Session(
                "convert", ["convert", "towns.geojson", "labs.geojson", "out.csv"],
                [
                    "convert", "towns.geojson", "-", "--where",
                    "people > 30 and name not like 'Old%'", "--select", "people,name",
                ],
                [
                    "convert", "towns.geojson", "near.geojson", "--bbox", "127,36,127.2,36.1",
                    "--sort", "hilbert", "--style", "simplestyle",
                ],
                ["convert", "towns.geojson", "-", "--where", "peple > 30"],
                ["convert", "towns.geojson", "-", "--where", "people > 30 nor name = ''"],
                ["convert", "towns.geojson", "-", "--select", "nme"],
                ["convert", "towns.geojson"],
                ["convert", "towns.geojson", "out.ods"],
                files: ["out.csv", "near.geojson"]),
            Session(
                "info", ["info", "towns.geojson"], ["info", "shops.csv", "--json"],
                ["info", "island.geojson", "--quiet"], ["info", "nowhere.gpkg"]),
            Session(
                "proximity",
                ["proximity", "towns.geojson", "--to", "labs.geojson", "-k", "2"],
                [
                    "proximity", "towns.geojson", "--to", "labs.geojson", "shops.csv", "-o",
                    "out.csv",
                ],
                [
                    "proximity", "towns.geojson", "--to", "labs.geojson", "--within", "2km",
                    "--quiet",
                ],
                files: ["out.csv"]),
            Session(
                "proximity-pairs",
                [
                    "proximity", "towns.geojson", "--to", "labs.geojson", "--pairs", "-k", "2",
                    "--within", "20km",
                ]),
            Session(
                "coverage",
                [
                    "coverage", "towns.geojson", "--by", "labs.geojson", "--within", "5km,1500",
                    "--weight", "people", "-o", "out.csv", "--demand-output", "demand.geojson",
                ],
                ["coverage", "towns.geojson", "--by", "labs.geojson", "--within", "250 m"],
                files: ["out.csv", "demand.geojson"]),
            Session(
                "catchment",
                [
                    "catchment", "labs.geojson", "--demand", "towns.geojson", "--weight", "people",
                    "--boundary", "island.geojson", "-o", "out.geojson", "--demand-output",
                    "demand.csv",
                ],
                ["catchment", "labs.geojson", "--within", "3km", "-o", "out.csv"],
                files: ["out.geojson", "demand.csv", "out.csv"]),
            Session(
                "accessibility",
                [
                    "accessibility", "towns.geojson", "--to", "desks.csv", "--within", "12km",
                    "--weight", "people", "--supply", "desks", "-o", "out.geojson", "--loads",
                    "loads.csv",
                ],
                [
                    "accessibility", "towns.geojson", "--to", "desks.csv", "--method", "e2sfca",
                    "--decay", "steps:2km=1,9km=0.5", "--within", "9km", "-o", "out.csv",
                ],
                [
                    "accessibility", "towns.geojson", "--to", "desks.csv", "--method", "raam",
                    "--within", "12km", "--tau", "5km", "--weight", "people", "--supply", "desks",
                    "-o", "raam.csv", "--loads", "raam-loads.csv",
                ],
                ["accessibility", "towns.geojson", "--to", "labs.geojson", "--within", "100m"],
                files: ["out.geojson", "loads.csv", "out.csv", "raam.csv", "raam-loads.csv"]),
            Session(
                "accessibility-usage",
                ["accessibility", "towns.geojson", "--to", "desks.csv"],
                ["accessibility", "towns.geojson", "--to", "desks.csv", "--within", "0"],
                [
                    "accessibility", "towns.geojson", "--to", "desks.csv", "--within", "5km",
                    "--method", "4sfca",
                ],
                [
                    "accessibility", "towns.geojson", "--to", "desks.csv", "--within", "5km",
                    "--method", "gravity", "--decay", "gauss:3km",
                ],
                [
                    "accessibility", "towns.geojson", "--to", "desks.csv", "--within", "5km",
                    "--decay", "gaussian:3km",
                ],
                [
                    "accessibility", "towns.geojson", "--to", "desks.csv", "--within", "5km",
                    "--method", "raam",
                ],
                [
                    "accessibility", "towns.geojson", "--to", "desks.csv", "--within", "5km",
                    "--tau", "3km",
                ],
                [
                    "accessibility", "towns.geojson", "--to", "desks.csv", "--within", "5km",
                    "--weight", "name",
                ],
                [
                    "accessibility", "towns.geojson", "--to", "desks.csv", "--within", "5km",
                    "--supply", "desk",
                ],
                [
                    "accessibility", "towns.geojson", "--to", "desks.csv", "--within", "5km",
                    "--loads", "-",
                ]),
            Session(
                "matrix", ["matrix", "towns.geojson", "--to", "labs.geojson", "-o", "out.csv"],
                ["matrix", "towns.geojson", "--to", "shops.csv", "--within", "6km"],
                ["matrix", "towns.geojson", "--to", "labs.geojson", "-o", "out.xlsx"],
                files: ["out.csv"]),
            Session(
                "sites-select",
                [
                    "sites", "select", "--model", "p-median", "-p", "2", "--candidates",
                    "labs.geojson", "--demand", "towns.geojson", "--weight", "people", "-o",
                    "out.geojson", "--allocations", "lines.geojson",
                ],
                [
                    "sites", "select", "--model", "mclp", "-p", "1", "--within", "6km",
                    "--candidates", "labs.geojson", "--demand", "towns.geojson", "--weight",
                    "people", "--json",
                ],
                ["sites", "select", "--model", "p-center", "-p", "2", "--matrix", "costs.csv"],
                [
                    "sites", "select", "--model", "lscp", "--within", "5", "--matrix",
                    "costs.csv",
                ],
                [
                    "sites", "select", "--model", "p-median", "-p", "1", "--within", "6",
                    "--matrix", "costs.csv", "--json",
                ],
                [
                    "sites", "select", "--model", "lscp", "--within", "1", "--matrix",
                    "costs.csv",
                ],
                files: ["out.geojson", "lines.geojson"]),
            Session(
                "sites-score",
                [
                    "sites", "score", "plots.csv", "--criterion", "people:max:2", "--criterion",
                    "price:min", "-o", "out.csv",
                ],
                [
                    "sites", "score", "plots.csv", "--criterion", "people:max", "--criterion",
                    "price:min", "--criterion", "slope:min", "--compare", "people/price=3",
                    "--compare", "people/slope=5", "--compare", "price/slope=3", "--method",
                    "topsis", "-o", "topsis.csv",
                ],
                [
                    "sites", "score", "plots.csv", "--criterion", "people:max", "--criterion",
                    "price:min", "--weights", "critic", "--method", "promethee", "-o", "p.csv",
                ],
                ["sites", "score", "plots.csv", "--criterion", "people"],
                ["sites", "score", "plots.csv", "--criterion", "peple:max"],
                [
                    "sites", "score", "plots.csv", "--criterion", "people:max", "--criterion",
                    "price:min", "--criterion", "slope:min", "--compare", "people/price=3",
                ],
                files: ["out.csv", "topsis.csv"]),
            Session(
                "sites-curve",
                ["sites", "curve", "--model", "p-median", "--up-to", "3", "--matrix", "costs.csv"],
                [
                    "sites", "curve", "--model", "p-center", "--up-to", "2", "--within", "4",
                    "--matrix", "costs.csv", "--json",
                ],
                ["sites", "curve", "--model", "lscp", "--up-to", "2", "--matrix", "costs.csv"],
                ["sites", "curve", "--model", "mclp", "--up-to", "0", "--matrix", "costs.csv"]),
            Session(
                "sites-usage",
                ["sites", "select", "--model", "p-medain", "-p", "1", "--matrix", "costs.csv"],
                ["sites", "select", "--model", "p-median", "--matrix", "costs.csv"],
                ["sites", "select", "--model", "p-median", "-p", "4", "--matrix", "costs.csv"],
                ["sites", "select", "--model", "mclp", "-p", "1", "--matrix", "costs.csv"],
                ["sites", "select", "--model", "p-median", "-p", "1", "--matrix", "shops.csv"],
                [
                    "sites", "select", "--model", "p-median", "-p", "1", "--matrix", "costs.csv",
                    "--force", "north,nord",
                ],
                [
                    "sites", "select", "--model", "p-median", "-p", "1", "--matrix", "costs.csv",
                    "-o", "out.geojson",
                ],
                ["sites", "verify", "towns.geojson"]),
            Session(
                "usage", ["locate"], ["locate", "x", "--at", "127,36"], ["locate", "--at", "127"],
                ["locate", "--at", "36.5,127.4"], ["locate", "a", "--limit", "0"],
                ["layer"], ["export"], ["export", "towns.geojson", "--presicion", "3"],
                ["export", "towns.geojson", "--precision", "16"], ["export", "-", "-"],
                ["export", "new-town", "--data", "catalogue"],
                ["export", "schools", "--data", "catalogue", "--kind", "scool"],
                ["export", "schools", "--data", "catalogue", "--province", "Jeonam"],
                ["export", "towns.geojson", "--province", "전남"],
                ["proximity", "towns.geojson"],
                ["proximity", "towns.geojson", "--to", "labs.geojson", "-k", "0"],
                ["proximity", "-", "--to", "-"],
                ["coverage", "towns.geojson", "--by", "labs.geojson"],
                ["coverage", "towns.geojson", "--by", "labs.geojson", "--within", "5mi"],
                [
                    "coverage", "towns.geojson", "--by", "labs.geojson", "--within", "5km",
                    "--demand-output", "-",
                ],
                ["catchment", "labs.geojson", "--weight", "people"],
                ["catchment", "labs.geojson", "--threads", "0"]),
        ]
}

struct TranscriptTests {
    @Test(arguments: Session.all)
    func `all that a run shows and writes is as kept`(session: Session) throws {
        let runner = try CommandRunner()
        var transcript = Transcript()
        for arguments in session.runs {
            let before = Set(runner.files)
            let outcome = try runner.run(arguments)
            let written = session.files.filter { !before.contains($0) && runner.files.contains($0) }
            transcript.add(
                arguments, outcome,
                files: try written.map { (name: $0, text: try runner.text(of: $0)) })
        }
        let difference = try transcript.difference(from: session.name)
        #expect(difference == nil, "\(difference ?? "")")
    }

    @Test(arguments: Session.all.filter { $0.name.hasPrefix("help") })
    func `no line of help is longer than a terminal`(session: Session) throws {
        let runner = try CommandRunner()
        for arguments in session.runs {
            let text = try runner.run(arguments).output
            // ArgumentParser never breaks a line of usage.
            for line in text.split(separator: "\n") where !line.hasPrefix("USAGE:") {
                #expect(line.count <= 80)
            }
        }
    }
}
