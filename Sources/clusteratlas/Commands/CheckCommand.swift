import ArgumentParser
import Catalogue
import Features
import Formats

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Checks the catalogue, own records beside it, or any file.",
        discussion: """
            Checks schema, ids, references, dates, names, sources, whether places lie in
            the municipality they name, places entered twice, and totals against
            published ones. Prints what was counted and every fault with file and line;
            exits with 1 where there are faults.

            Of any other file: geometries that are invalid (with the place), rings that
            turn the wrong way, latitude before longitude, ids and features twice; worth
            a look are positions outside Korea, missing geometries, mixed kinds and
            types. With --repair what can be is repaired into another file, and each
            repair is listed.

            Example:
              clusteratlas check
              clusteratlas check parcels.shp --repair -o parcels.gpkg
            """)

    @Argument(
        help: ArgumentHelp(
            "A folder with a catalogue, one of its layers' files, or any file of features; the "
                + "built-in catalogue by default.",
            valueName: "folder-or-file"))
    var path: String?

    @Flag(help: "Print JSON: one object.")
    var json = false

    @Flag(help: "Write the features of a file as they should be, to the file named with -o.")
    var repair = false

    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp("The file for what is repaired.", valueName: "file"))
    var output: String?

    @OptionGroup var input: InputOptions

    func validate() throws {
        if repair, output == nil { throw ValidationError("--repair needs a file: -o FILE") }
        if !repair, output != nil { throw ValidationError("-o goes with --repair") }
        if repair, path == nil { throw ValidationError("name the file to repair") }
    }

    func run() throws {
        guard !repair, let report = try check() else { return try checkFile(path ?? "-") }
        Terminal.print(json ? CheckTable.json(report) : CheckTable.text(report))
        if !report.faults.isEmpty { throw ExitCode(1) }
    }

    private func checkFile(_ path: String) throws {
        let checked = try FileCheck.run(path, input, repairedTo: output)
        Terminal.print(json ? checked.json + "\n" : checked.text)
        if checked.check.hasFaults { throw ExitCode(1) }
    }

    /// The check of a catalogue; `nil` where the path names a file of features.
    private func check() throws -> CheckReport? {
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
        if path == "-" || FileFormat(path: path) != nil { return nil }
        throw ValidationError(
            "\(path) is neither a folder with a catalogue (\(CatalogueFolder.manifest)) "
                + "nor a file of features")
    }
}
