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

    @OptionGroup var catalogue: CatalogueOptions

    func run() throws {
        let options = catalogue
        let catalogue = try options.open()
        let place: Place
        do {
            place = try options.place(id, in: catalogue)
        } catch let error as CatalogueError where error.code == .unknownName {
            throw ValidationError(
                error.problem + (error.remedy.map { "\n  To fix: \($0)" } ?? ""))
        }
        let publications = try catalogue.publications()
        let report = PlaceReport(place, publications)
        Terminal.print(json ? report.json + "\n" : report.text)
    }
}
