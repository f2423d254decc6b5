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
            the program, the catalogue, and the publications that the records take their
            facts from which the result and those before it name; of a layer of which they
            name none, as of one that was only counted, all records.

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
        let named = try NamedRecords(in: result, origins)
        var ids = Set<String>()
        var layers: [Citation.Layer] = []
        for layer in places.layers {
            let file = layer.files.compactMap { $0.split(separator: "/").last.map(String.init) }
            guard origins.contains(layer.name) || file.contains(where: origins.contains) else {
                continue
            }
            let all = try catalogue.records(of: layer, in: places)
            let some = all.filter { named.ids.contains($0.id) }
            for record in some.isEmpty ? all : some { ids.formUnion(record.sources) }
            layers.append(
                .init(name: layer.name, count: some.isEmpty ? all.count : some.count, of: all.count)
            )
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
