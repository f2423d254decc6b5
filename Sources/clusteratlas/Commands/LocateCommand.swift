import ArgumentParser
import Catalogue
import Features
import Formats
import Geometry

struct LocateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "locate",
        abstract: "Finds places by name, or those around a position.",
        discussion: """
            TEXT is a Korean or English name, an abbreviation, initials (ㅋㅇㅅㅌ), any
            romanisation, with small errors. With --at the places nearest to a position are
            listed, and whether it lies within an indicative circle of their area.

            Example:
              clusteratlas locate daedok
              clusteratlas locate --at 127.37,36.37 --kind university
            """)

    @Argument(help: ArgumentHelp("What to look for.", valueName: "text"))
    var text: [String] = []

    @Option(
        help: ArgumentHelp(
            "A position: longitude,latitude in degrees.", valueName: "lon,lat"))
    var at: String?

    @Option(help: ArgumentHelp("Only this kind, for example university.", valueName: "kind"))
    var kind: String?

    @Option(help: ArgumentHelp("How many places at most.", valueName: "n"))
    var limit = 10

    @Flag(help: "Print JSON: an array of objects.")
    var json = false

    @OptionGroup var catalogue: CatalogueOptions

    func validate() throws {
        if text.isEmpty == (at == nil) {
            throw ValidationError("name a place, or give a position with --at lon,lat")
        }
        if limit < 1 { throw ValidationError("--limit takes a number of at least 1") }
    }

    func run() throws {
        let position = try at.map(Self.position)
        let options = catalogue
        let catalogue = try options.open()
        var layers = catalogue.layers
        if let kind {
            layers = try Selection.layers(ofKind: kind, in: catalogue)
        }
        if let position {
            // Where a position lies tells more than how far the middle of a province is.
            if kind == nil {
                layers.removeAll { ["province", "municipality"].contains($0.kind) }
                if !json, let around = try catalogue.municipality(at: position) {
                    Terminal.print(
                        "In \(around.nameKO) \(around.nameEN), \(around.province ?? "") "
                            + "(\(around.id))\n")
                }
            }
            let places = try layers.flatMap { try options.records(of: $0, in: catalogue) }
            show(try PlacesAround(places).find(position, limit: limit))
        } else {
            let places = try layers.flatMap { try options.headings(of: $0, in: catalogue) }
            let words = text.joined(separator: " ")
            let hits = PlaceSearch(places).find(words, limit: limit)
            if hits.isEmpty { Terminal.note("no place is called \"\(words)\" or nearly so") }
            show(hits)
        }
    }

    private static func position(_ text: String) throws -> Position {
        let numbers = text.split(separator: ",").map {
            Double($0.filter { !$0.isWhitespace })
        }
        guard numbers.count == 2, let x = numbers[0], let y = numbers[1] else {
            throw ValidationError(
                "--at takes longitude,latitude in degrees, for example 127.37,36.37; "
                    + "not \"\(text)\"")
        }
        let position = Position(x, y)
        guard position.isOnGlobe else {
            throw ValidationError("\(text) is not a position: \(position.swappedRemedy)")
        }
        return position
    }

    private func show(_ hits: [PlaceSearch.Hit]) {
        if json {
            printJSON(
                hits.map {
                    members($0.place) + [("score", .double(($0.score * 10).rounded() / 10))]
                })
            return
        }
        var table = Table([
            ("id", .whole), ("이름", .left), ("name", .left), ("lon", .right), ("lat", .right),
        ])
        for hit in hits {
            table.add([
                hit.place.id, hit.place.nameKO, hit.place.nameEN,
                hit.place.position.map { degrees($0.x) } ?? "",
                hit.place.position.map { degrees($0.y) } ?? "",
            ])
        }
        if !hits.isEmpty { Terminal.print(table.text) }
    }

    private func show(_ found: [PlacesAround.Nearby]) {
        if json {
            printJSON(
                found.map { near in
                    members(near.place.heading) + [
                        ("distance_m", .double((near.distance * 1e6).rounded() / 1e6)),
                        ("azimuth_deg", .double((near.azimuth * 1e6).rounded() / 1e6)),
                        ("inside_indicative", near.isInside.map { .bool($0) } ?? .null),
                    ]
                })
            return
        }
        var table = Table([
            ("id", .whole), ("이름", .left), ("name", .left), ("km", .right), ("bearing", .right),
            ("within area", .left),
        ])
        for near in found {
            table.add([
                near.place.id, near.place.nameKO, near.place.nameEN,
                Figures.number(near.distance / 1000, decimals: 2),
                Figures.number(near.azimuth) + "°",
                near.isInside.map { $0 ? "yes, about" : "no" } ?? "",
            ])
        }
        Terminal.print(table.text)
    }

    private func degrees(_ value: Double) -> String { Figures.number(value, decimals: 4) }

    private func members(_ place: PlaceHeading) -> [(String, Value)] {
        [
            ("id", .string(place.id)), ("kind", .string(place.kind)),
            ("name_ko", .string(place.nameKO)), ("name_en", .string(place.nameEN)),
            ("lon", place.position.map { .double($0.x) } ?? .null),
            ("lat", place.position.map { .double($0.y) } ?? .null),
            ("layer", .string(place.layer)),
            ("province", place.province.map { .string($0) } ?? .null),
            ("municipality", place.municipality.map { .string($0) } ?? .null),
            ("position_accuracy_m", place.accuracy.map { .double($0) } ?? .null),
        ]
    }

    private func printJSON(_ rows: [[(String, Value)]]) {
        let lines = rows.map { JSONLine.object($0) }
        Terminal.print(
            lines.isEmpty ? "[]\n" : "[\n" + lines.joined(separator: ",\n") + "\n]\n")
    }
}
