import ArgumentParser
import Catalogue
import Features
import Formats

struct LayersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "layers",
        abstract: "Lists what the catalogue holds.",
        discussion: """
            Example:
              clusteratlas layers
            """)

    @Flag(help: "Print JSON: an array of objects.")
    var json = false

    @OptionGroup var catalogue: CatalogueOptions

    func run() throws {
        let options = catalogue
        let catalogue = try options.open()
        let counts = try catalogue.layers.map { layer in
            (layer, try options.headings(of: layer, in: catalogue))
        }
        if json {
            let rows = counts.map { layer, records in
                JSONLine.object([
                    ("name", .string(layer.name)), ("kind", .string(layer.kind)),
                    ("title_ko", .string(layer.titleKO)), ("title_en", .string(layer.titleEN)),
                    ("count", .int(Int64(records.filter { $0.listing == .main }.count))),
                    ("records", .int(Int64(records.count))),
                    ("description", .string(layer.description)),
                ])
            }
            Terminal.print("[\n" + rows.joined(separator: ",\n") + "\n]\n")
            return
        }
        var table = Table([
            ("layer", .whole), ("places", .right), ("other", .right), ("이름", .left),
            ("title", .left),
        ])
        for (layer, records) in counts {
            let main = records.filter { $0.listing == .main }.count
            let other = records.count - main
            table.add([
                layer.name, String(main), other == 0 ? "" : "+\(other)", layer.titleKO,
                layer.titleEN,
            ])
        }
        for group in catalogue.groups {
            let sum = counts.filter { group.layers.contains($0.0.name) }.reduce(0) {
                $0 + $1.1.filter { $0.listing == .main }.count
            }
            table.add([group.name, String(sum), "", group.titleKO, group.titleEN])
        }
        Terminal.print(table.text)
    }
}
