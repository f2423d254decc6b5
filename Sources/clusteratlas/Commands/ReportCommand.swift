import ArgumentParser
import Features
import Formats
import Reports
import Studies

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Writes a study's results as one page, to read and to print.",
        discussion: """
            The folder is one that `clusteratlas run` wrote. The page has the question,
            maps, tables and charts of the results, the method in words, sources and
            provenance, and what the study cannot tell. It is one file that needs no
            network; a browser prints it to PDF.

            Example:
              clusteratlas report cities --lang en -o cities.html
            """)

    @Argument(help: ArgumentHelp("The folder with the results of a study.", valueName: "folder"))
    var folder: String

    @Option(
        name: .customLong("lang"),
        help: ArgumentHelp(
            "The language: ko or en; that of the study's title by default.", valueName: "language"
        ))
    var language: Language?

    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp(
            "The file to write; report.html in the folder by default.", valueName: "file"))
    var output: String?

    @Flag(help: "Write errors only.")
    var quiet = false

    enum Language: String, CaseIterable, ExpressibleByArgument {
        case ko, en

        var value: ReportLanguage { self == .ko ? .korean : .english }
    }

    func run() throws {
        let report = try StudyReport(
            of: folder, operations: try DeclaredOperations(), language: language?.value)
        let path = output ?? "\(folder)/report.html"
        try TextFile.write(try report.html(), to: path)
        if !quiet { Terminal.print("→ \(path)\n") }
    }
}
