import Catalogue
import Features
import Formats
import Geometry

/// The members of a JSON object in order.
private typealias Members = [(String, Value)]

extension PlaceReport {
    /// The record as one JSON object, its sources in full.
    var json: String {
        let members: Members = heading + history + citations
        return JSONLine.object(members)
    }

    private var heading: Members {
        [
            ("id", .string(place.id)), ("kind", .string(place.kind)),
            ("name_ko", .string(place.nameKO)), ("name_en", .string(place.nameEN)),
            ("aliases", list(place.aliases)),
            ("lon", place.position.map { .double($0.x) } ?? .null),
            ("lat", place.position.map { .double($0.y) } ?? .null),
            ("position_accuracy_m", place.accuracy.map { .double($0) } ?? .null),
            ("position_basis", text(place.basis)),
            ("position_sources", list(place.positionSources)),
            ("listing", .string(place.listing.rawValue)), ("status", text(place.status)),
            ("province", text(place.province)), ("municipality", text(place.municipality)),
            ("municipality_code", text(place.municipalityCode)),
        ]
    }

    private var history: Members {
        [
            ("facts", objects(place.facts.map(members))),
            (
                "events",
                objects(
                    place.events.map { event in
                        [
                            ("event", .string(event.name)), ("date", .string(event.date)),
                            ("by", text(event.actor)), ("confidence", text(event.confidence)),
                            ("sources", list(event.sources)),
                        ]
                    })
            ),
            (
                "former_names",
                objects(
                    place.formerNames.map { former in
                        [
                            ("until", .string(former.until)), ("name_ko", .string(former.nameKO)),
                            ("name_en", .string(former.nameEN)),
                            ("sources", list(former.sources)),
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
            ("note_ko", text(place.noteKO)), ("note_en", text(place.noteEN)),
        ]
    }

    private var citations: Members {
        let cited = place.sources.compactMap { publications[$0] }
        return [
            (
                "sources",
                objects(
                    cited.map { source in
                        [
                            ("id", .string(source.id)), ("publisher", .string(source.publisher)),
                            ("title", .string(source.title)), ("date", text(source.date)),
                            ("url", text(source.url)), ("licence", text(source.licence)),
                        ]
                    })
            )
        ]
    }

    private func members(_ fact: Place.Fact) -> Members {
        let members: Members = [
            ("name", .string(fact.name)), ("value", Self.cell(fact.value)),
            ("date", text(fact.date)), ("confidence", text(fact.confidence)),
            ("sources", list(fact.sources)),
        ]
        guard !fact.earlier.isEmpty else { return members }
        return members + [("earlier", objects(fact.earlier.map(self.members)))]
    }

    private func text(_ value: String?) -> Value { value.map { .string($0) } ?? .null }

    private func list(_ texts: [String]) -> Value {
        .json("[" + texts.map { JSONText.of(.string($0)) }.joined(separator: ", ") + "]")
    }

    private func objects(_ rows: [Members]) -> Value {
        .json("[" + rows.map { JSONLine.object($0) }.joined(separator: ", ") + "]")
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
