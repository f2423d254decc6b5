import ArgumentParser
import Catalogue
import Features
import Formats
import Studies

struct CiteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cite",
        abstract: "Tells how to cite a result, with the sources it rests on.",
        discussion: """
            The result is one of a study, or any GeoJSON that this program wrote. Named are
            the program, the catalogue, and the publications that the layers used take
            their facts from.

            Example:
              clusteratlas cite cities/partners.geojson --as bibtex
            """)

    @Argument(help: ArgumentHelp("The result.", valueName: "result"))
    var result: String

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp("The form: text, bibtex or csl (CSL-JSON).", valueName: "form"))
    var form = Form.text

    @OptionGroup var catalogue: CatalogueOptions

    enum Form: String, ExpressibleByArgument, CaseIterable {
        case text, bibtex, csl
    }

    func run() throws {
        let provenance = try ResultProvenance(of: result)
        let origins = Set(try ResultProvenance.origins(of: result))
        let places = try catalogue.open()
        var ids = Set<String>()
        var layers: [String] = []
        for layer in places.layers {
            let file = layer.files.compactMap { $0.split(separator: "/").last.map(String.init) }
            guard origins.contains(layer.name) || file.contains(where: origins.contains) else {
                continue
            }
            layers.append(layer.name)
            for record in try catalogue.records(of: layer, in: places) {
                ids.formUnion(record.sources)
            }
        }
        let publications = try places.publications()
        let citation = Citation(
            provenance: provenance, layers: layers,
            publications: ids.sorted().compactMap { publications[$0] })
        switch form {
        case .text: Terminal.print(citation.text)
        case .bibtex: Terminal.print(citation.bibTeX)
        case .csl: Terminal.print(citation.csl.indentedText)
        }
    }
}
