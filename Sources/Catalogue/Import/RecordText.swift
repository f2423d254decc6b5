internal import Features
internal import Formats
internal import Geometry

/// Writes records as the catalogue keeps them: one property and one fact a line.
enum RecordText {
    /// A record to be written.
    struct Draft {
        var id: String
        var kind: String
        var nameKO: String
        var nameEN: String
        var aliases: [String] = []
        var status: String
        var province: String?
        var municipality: String?
        var municipalityCode: String?
        var position: Position?
        var accuracy: Double = 0
        var basis = ""
        var facts: [(name: String, value: Value)] = []
        var events: [(date: String, name: String)] = []
        var noteEN: String?
        var noteKO: String?
    }

    /// A layer's file.
    ///
    /// - Parameters:
    ///   - name: The layer's name.
    ///   - records: Its records, sorted by identifier.
    ///   - source: The source of all their facts.
    ///   - date: The date of all their figures.
    /// - Returns: The text of a GeoJSON file.
    static func layer(
        _ name: String, _ records: [Draft], source: String, date: String?
    ) -> String {
        let cited = citation(source, date)
        let features = records.map { feature($0, source: source, cited: cited) }
        return "{\n  \"type\": \"FeatureCollection\",\n  \"name\": \(quoted(name)),\n"
            + "  \"features\": [\n" + features.joined(separator: ",\n") + "\n  ]\n}\n"
    }

    static func quoted(_ text: String) -> String { JSONText.of(.string(text)) }

    private static func citation(_ source: String, _ date: String?) -> String {
        "\"source\": \(quoted(source)), "
            + (date.map { "\"date\": \(quoted($0)), " } ?? "") + "\"confidence\": \"medium\""
    }

    private static func feature(_ record: Draft, source: String, cited: String) -> String {
        var properties: [String] = []
        func add(_ name: String, _ json: String?) {
            if let json { properties.append("        \"\(name)\": \(json)") }
        }
        func text(_ name: String, _ value: String?) { add(name, value.map(quoted)) }
        func lines(_ values: [String], _ open: String, _ close: String) -> String {
            guard !values.isEmpty else { return open + close }
            return open + "\n" + values.map { "          " + $0 }.joined(separator: ",\n")
                + "\n        " + close
        }
        text("kind", record.kind)
        text("name_ko", record.nameKO)
        text("name_en", record.nameEN)
        add("aliases", "[" + record.aliases.map(quoted).joined(separator: ", ") + "]")
        text("listing", "main")
        text("status", record.status)
        text("province", record.province)
        text("municipality", record.municipality)
        text("municipality_code", record.municipalityCode)
        if record.position != nil {
            add(
                "position",
                "{ \"accuracy_m\": \(Int(record.accuracy.rounded(.up))), "
                    + "\"basis\": \(quoted(record.basis)), " + cited + " }")
        }
        add(
            "facts",
            lines(
                record.facts.map {
                    "\(quoted($0.name)): { \"value\": \(JSONText.of($0.value)), \(cited) }"
                },
                "{", "}"))
        add(
            "events",
            lines(
                record.events.sorted { $0.date < $1.date }.map {
                    "{ \"date\": \(quoted($0.date)), \"event\": \(quoted($0.name)), "
                        + "\"source\": \(quoted(source)), \"confidence\": \"medium\" }"
                }, "[", "]"))
        add("links", "[]")
        text("note_en", record.noteEN)
        text("note_ko", record.noteKO)
        let geometry =
            record.position.map {
                "{ \"type\": \"Point\", \"coordinates\": [\(degrees($0.x)), \(degrees($0.y))] }"
            } ?? "null"
        return "    {\n      \"type\": \"Feature\",\n      \"id\": \(quoted(record.id)),\n"
            + "      \"geometry\": \(geometry),\n      \"properties\": {\n"
            + properties.joined(separator: ",\n") + "\n      }\n    }"
    }

    /// Five decimals of a degree, about a metre, without zeros at the end.
    private static func degrees(_ value: Double) -> String {
        JSONText.number((value * 1e5).rounded() / 1e5)
    }
}
