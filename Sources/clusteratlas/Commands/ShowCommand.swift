import ArgumentParser
import Catalogue
import Features
import Formats
import Geometry

struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Tells everything known of a place, with sources.",
        discussion: """
            ID is the identifier of a record, as `clusteratlas locate` prints it.

            Example:
              clusteratlas show ic-bitgaram
            """)

    @Argument(help: ArgumentHelp("The identifier of a record.", valueName: "id"))
    var id: String

    @Flag(help: "Print JSON: one object.")
    var json = false

    @Option(
        help: ArgumentHelp(
            "The folder of the catalogue, instead of the built-in one.", valueName: "folder"))
    var data: String?

    func run() throws {
        let catalogue = try PlaceCatalogue(folder: data)
        let place: Place
        do {
            place = try catalogue.place(id)
        } catch let error as CatalogueError where error.code == .unknownName {
            throw ValidationError(
                error.problem + (error.remedy.map { "\n  To fix: \($0)" } ?? ""))
        }
        let publications = try catalogue.publications()
        let report = PlaceReport(place, publications)
        Terminal.print(json ? report.json + "\n" : report.text)
    }
}
