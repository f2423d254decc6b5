import Catalogue
import Features
import Formats
import Geometry
import HTTPTypes

/// All that is known of a place of the catalogue, each fact with its sources.
struct Knowledge {
    /// One line of it.
    struct Line {
        let korean: String?
        let english: String
        let value: String
        let date: String?
        let sources: [String]
    }

    private let place: Place
    private let lines: [Line]
    private let sources: [Publication]

    init(_ place: Place, publications: [String: Publication]) {
        self.place = place
        var lines: [Line] = []
        func add(_ field: String, _ value: String?, _ date: String? = nil, _ sources: [String] = [])
        {
            guard let value, !value.isEmpty else { return }
            let name = FieldWords.text(field)
            lines.append(
                Line(
                    korean: name.korean, english: name.english, value: value, date: date,
                    sources: sources))
        }
        add("aliases", place.aliases.joined(separator: "; "))
        add("status", place.status)
        add("province", place.province)
        add("municipality", place.municipality)
        for fact in place.facts {
            add(fact.name, Self.text(fact.value), fact.date, fact.sources)
            for earlier in fact.earlier.reversed() {
                add(fact.name, Self.text(earlier.value), earlier.date, earlier.sources)
            }
        }
        for event in place.events {
            add(
                event.name, event.date + (event.actor.map { " (\($0))" } ?? ""), nil, event.sources)
        }
        if let position = place.position {
            let accuracy =
                place.accuracy.map { " ± \(GroupedNumber.text($0, decimals: 0)) m" } ?? ""
            lines.append(
                Line(
                    korean: "위치", english: "position",
                    value: "\(position.x), \(position.y)\(accuracy)", date: nil,
                    sources: place.positionSources))
        }
        if let note = place.noteKO ?? place.noteEN { add("note", note) }
        self.lines = lines
        sources = place.sources.compactMap { publications[$0] }
    }

    private static func text(_ value: JSONValue) -> String {
        if let text = value.string { return text }
        if let values = value.array { return values.map(text).joined(separator: "; ") }
        if let number = value.number {
            return value.int.map(String.init) ?? "\(number)"
        }
        return value.isNull ? "" : value.text
    }

    private func number(of source: String) -> Int? { sources.firstIndex { $0.id == source } }

    /// The lines as a table, and the sources below.
    var html: String {
        let rows = lines.map { line in
            let name =
                line.korean.map {
                    "\(Page.escaped($0)) <span lang=\"en\">\(Page.escaped(line.english))</span>"
                } ?? Page.escaped(line.english)
            let marks = line.sources.compactMap(number).map {
                "<sup><a href=\"#source-\($0 + 1)\">\($0 + 1)</a></sup>"
            }
            let date = line.date.map { " <small>\(Page.escaped($0))</small>" } ?? ""
            return "<tr><th scope=\"row\">\(name)</th>"
                + "<td>\(Page.escaped(line.value))\(date)\(marks.joined(separator: "<sup>, </sup>"))</td></tr>"
        }
        let list = sources.enumerated().map { number, source in
            let title =
                source.url.map {
                    Self.isWeb($0) ? Page.link(source.title, $0) : Page.escaped(source.title)
                } ?? Page.escaped(source.title)
            return "<li id=\"source-\(number + 1)\">\(Page.escaped(source.publisher)): \(title)"
                + (source.date.map { ", \(Page.escaped($0))" } ?? "") + "</li>"
        }
        return "<table><tbody>\(rows.joined(separator: "\n"))</tbody></table>"
            + (list.isEmpty ? "" : "<h2>출처 · Sources</h2><ol>\(list.joined(separator: "\n"))</ol>")
    }

    private static func isWeb(_ address: String) -> Bool {
        address.hasPrefix("https://") || address.hasPrefix("http://")
    }

    /// The lines and the sources for scripts.
    var json: JSONValue {
        .object([
            "id": .string(place.id), "name_ko": .string(place.nameKO),
            "name_en": .string(place.nameEN),
            "lines": .array(
                lines.map { line in
                    .object([
                        "ko": line.korean.map(JSONValue.string), "en": .string(line.english),
                        "value": .string(line.value), "date": line.date.map(JSONValue.string),
                        "sources": .array(
                            line.sources.compactMap(number).map { .int(Int64($0 + 1)) }),
                    ])
                }),
            "sources": .array(
                sources.map { source in
                    .object([
                        "publisher": .string(source.publisher), "title": .string(source.title),
                        "date": source.date.map(JSONValue.string),
                        "url": source.url.flatMap { Self.isWeb($0) ? .string($0) : nil },
                    ])
                }),
        ])
    }
}

extension AtlasService {
    /// What is known of a place of the catalogue; `nil` for a feature of a file.
    func knowledge(
        of id: String, in collection: ServedCollection, _ days: TimeInterval?
    ) throws -> Knowledge? {
        guard let layer = collection.layer else { return nil }
        var found = try catalogue.records(of: layer).first { $0.id == id }
        if let days {
            let names = try catalogue.namesOfPlaces()
            found = found?.during(
                from: days.start, to: days.end, names: names, beginning: layer.beginning)
        }
        return try found.map { Knowledge($0, publications: try catalogue.publications()) }
    }

    /// All that is known of a place, for the map.
    func facts(_ call: Call) async throws -> ServiceResponse {
        let collection = try shelf.collection(call.word("collectionId"))
        let id = call.word("featureId")
        guard let knowledge = try knowledge(of: id, in: collection, nil) else {
            throw Problem(
                .notFound, "no-such-feature",
                "The catalogue knows nothing of \"\(id.prefix(80))\" in \(collection.id).")
        }
        return ServiceResponse(type: MediaType.json, text: knowledge.json.text + "\n")
    }

    /// Places by name.
    func search(_ call: Call) async throws -> ServiceResponse {
        let words = call["q"] ?? ""
        let search = try names.get { PlaceSearch(try catalogue.layers.flatMap(catalogue.headings)) }
        let hits = words.isEmpty ? [] : search.find(words, limit: call.count("limit"))
        return Self.json([
            "places": .array(
                hits.map { hit in
                    .object([
                        "id": .string(hit.place.id), "collection": .string(hit.place.layer),
                        "kind": .string(hit.place.kind), "name_ko": .string(hit.place.nameKO),
                        "name_en": .string(hit.place.nameEN), "score": .double(hit.score),
                        "position": hit.place.position.map {
                            .array([.double($0.x), .double($0.y)])
                        },
                    ])
                })
        ])
    }
}
