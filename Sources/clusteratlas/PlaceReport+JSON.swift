import Catalogue
import Features
import Formats
import Geometry

extension PlaceReport {
    /// The record as one JSON object, its sources in full.
    var json: String {
        func text(_ value: String?) -> Value { value.map { .string($0) } ?? .null }
        func list(_ texts: [String]) -> Value {
            .json("[" + texts.map { JSONText.of(.string($0)) }.joined(separator: ", ") + "]")
        }
        func objects(_ rows: [[(String, Value)]]) -> Value {
            .json("[" + rows.map { JSONLine.object($0) }.joined(separator: ", ") + "]")
        }
        return JSONLine.object([
            ("id", .string(place.id)), ("kind", .string(place.kind)),
            ("name_ko", .string(place.nameKO)), ("name_en", .string(place.nameEN)),
            ("aliases", list(place.aliases)), ("lon", .double(place.position.x)),
            ("lat", .double(place.position.y)),
            ("position_accuracy_m", place.accuracy.map { .double($0) } ?? .null),
            ("position_basis", text(place.basis)),
            ("position_sources", list(place.positionSources)),
            ("listing", .string(place.listing.rawValue)), ("status", text(place.status)),
            ("province", text(place.province)), ("municipality", text(place.municipality)),
            ("municipality_code", text(place.municipalityCode)),
            (
                "facts",
                objects(
                    place.facts.map { fact in
                        [
                            ("name", .string(fact.name)),
                            ("value", Self.cell(fact.value)), ("date", text(fact.date)),
                            ("confidence", text(fact.confidence)), ("sources", list(fact.sources)),
                        ]
                    })
            ),
            (
                "events",
                objects(
                    place.events.map { event in
                        [
                            ("event", .string(event.name)), ("date", .string(event.date)),
                            ("confidence", text(event.confidence)),
                            ("sources", list(event.sources)),
                        ]
                    })
            ),
            (
                "links",
                objects(
                    place.links.map {
                        [("to", .string($0.target)), ("relation", .string($0.relation))]
                    })
            ),
            (
                "sources",
                objects(
                    sources.compactMap { publications[$0] }.map { source in
                        [
                            ("id", .string(source.id)), ("publisher", .string(source.publisher)),
                            ("title", .string(source.title)), ("date", text(source.date)),
                            ("url", text(source.url)), ("licence", text(source.licence)),
                        ]
                    })
            ),
        ])
    }

    private static func cell(_ json: JSONValue) -> Value {
        if let text = json.string { return .string(text) }
        if let whole = json.int { return .int(Int64(whole)) }
        if let number = json.number { return .double(number) }
        if let flag = json.bool { return .bool(flag) }
        guard let array = json.array else { return .null }
        return .json("[" + array.map { JSONText.of(cell($0)) }.joined(separator: ", ") + "]")
    }
}
