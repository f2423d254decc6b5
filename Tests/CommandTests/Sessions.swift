import Testing

/// Runs of the program on small files, whose whole output is kept in `Tests/Fixtures/commands`.
struct Session: CustomTestStringConvertible, Sendable {
    let name: String
    let runs: [[String]]
    var files: [String] = []
    var needsLeaflet = false
    var testDescription: String { name }

    init(
        _ name: String, _ runs: [String]..., files: [String] = [], needsLeaflet: Bool = false
    ) {
        self.name = name
        self.needsLeaflet = needsLeaflet
        self.runs = runs
        self.files = files
    }

    static let help =
        [
            "layers", "locate", "show", "check", "export", "convert", "info", "import", "proximity",
            "coverage", "catchment", "accessibility", "equity", "pattern", "matrix", "convergence",
            "profile", "linkages", "hinterland", "allocate", "huff", "concentration", "run",
            "replay", "blame",
            "cite", "map", "report", "serve",
        ]
        .map {
            Session("help-\($0)", [$0, "--help"])
        } + [
            Session(
                "help-concentration-measures",
                ["concentration", "quotient", "--help"], ["concentration", "moran", "--help"],
                ["concentration", "hotspots", "--help"], ["concentration", "groups", "--help"],
                ["concentration", "density", "--help"])
        ]

    static let groupHelp = [
        Session("help-sites", ["sites", "--help"]),
        Session("help-sites-select", ["sites", "select", "--help"]),
        Session("help-sites-curve", ["sites", "curve", "--help"]),
        Session("help-sites-score", ["sites", "score", "--help"]),
        Session("help-sites-screen", ["sites", "screen", "--help"]),
        Session("help-sites-grid", ["sites", "grid", "--help"]),
        Session("help-sites-points", ["sites", "points", "--help"]),
        Session("help-sites-verify", ["sites", "verify", "--help"]),
    ]

    static let all =
        [Session("help", ["--help"])] + help + groupHelp + catalogueAndFiles + analyses
        + sitesAndMaps
}
