import ArgumentParser
import Catalogue
import Features
import Formats

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Checks the catalogue, or own records beside it.",
        discussion: """
            Checks schema, ids, references, dates, names, sources, whether places lie in the
            municipality they name, places entered twice, and totals against published ones.
            Prints what was counted and every fault with file and line; exits with 1 where
            there are faults.

            Example:
              clusteratlas check
            """)

    @Argument(
        help: ArgumentHelp(
            "A folder with a catalogue, or one of its layers' files; the built-in one by default.",
            valueName: "folder-or-file"))
    var path: String?

    @Flag(help: "Print JSON: one object.")
    var json = false

    func run() throws {
        let report = try check()
        Terminal.print(json ? CheckTable.json(report) : CheckTable.text(report))
        if !report.faults.isEmpty { throw ExitCode(1) }
    }

    private func check() throws -> CheckReport {
        guard let path else { return try CatalogueCheck.run(try PlaceCatalogue()) }
        var folder = path
        while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
        if CatalogueFolder.holdsManifest(folder) {
            return try CatalogueCheck.run(try PlaceCatalogue(folder: folder))
        }
        let parent = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        if CatalogueFolder.holdsManifest(parent) {
            let catalogue = try PlaceCatalogue(folder: parent)
            let name = path.split(separator: "/").last.map(String.init) ?? path
            let file = parent + "/" + name
            if catalogue.layers.contains(where: { $0.files.contains(file) }) {
                return try CatalogueCheck.run(catalogue, file: file)
            }
        }
        throw ValidationError(
            "\(path) is neither a folder with a catalogue (\(CatalogueFolder.manifest)) "
                + "nor the file of a layer of one")
    }
}
