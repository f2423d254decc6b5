import Catalogue
import Features
import Formats
import Geometry

/// A place with everything known of it, for reading or for scripts.
struct PlaceReport {
    let place: Place
    let publications: [String: Publication]

    init(_ place: Place, _ publications: [String: Publication]) {
        self.place = place
        self.publications = publications
    }

    /// The sources in the order in which facts name them.
    var sources: [String] {
        var seen: Set<String> = []
        let named =
            place.positionSources + place.facts.flatMap(\.sources) + place.events.flatMap(\.sources)
        return named.filter { seen.insert($0).inserted }
    }

    private func mark(_ names: [String], _ confidence: String?) -> String {
        let numbers = names.compactMap { sources.firstIndex(of: $0) }.map { "[\($0 + 1)]" }
        return ([confidence ?? ""] + [numbers.joined()]).filter { !$0.isEmpty }
            .joined(separator: " ")
    }

    private static func value(_ json: JSONValue) -> String {
        if let text = json.string { return text }
        if let whole = json.int { return String(whole) }
        if let number = json.number { return JSONText.number(number) }
        if let flag = json.bool { return flag ? "yes" : "no" }
        return json.array?.map(value).joined(separator: "; ") ?? ""
    }

    /// The record as lines of at most the width of a terminal, sources numbered at the end.
    var text: String {
        var lines = ["\(place.nameKO)  \(place.nameEN)", "\(place.id), \(place.kind)"]
        if !place.aliases.isEmpty {
            lines += wrapped("also: " + place.aliases.joined(separator: "; "))
        }
        lines.append([place.province, place.municipality].compactMap { $0 }.joined(separator: " "))
        let accuracy = place.accuracy.map { ", within about \(Figures.number($0)) m" } ?? ""
        let basis = place.basis.map { " (\($0))" } ?? ""
        lines.append(
            "\(Figures.number(place.position.x, decimals: 4))° E, "
                + "\(Figures.number(place.position.y, decimals: 4))° N\(accuracy)\(basis) "
                + mark(place.positionSources, nil))
        lines.append("")
        for fact in place.facts {
            let date = fact.date.map { " (\($0))" } ?? ""
            lines += wrapped(
                "\(fact.name): \(Self.value(fact.value))\(date)  "
                    + mark(fact.sources, fact.confidence))
        }
        for event in place.events {
            lines += wrapped(
                "\(event.date) \(event.name)  " + mark(event.sources, event.confidence))
        }
        for link in place.links { lines.append("\(link.relation) \(link.target)") }
        lines += ["", "Sources"]
        for (number, id) in sources.enumerated() {
            let source = publications[id]
            let date = source?.date.map { ", \($0)" } ?? ""
            lines += wrapped(
                "[\(number + 1)] \(source.map { "\($0.publisher), \($0.title)\(date)" } ?? id)")
            if let url = source?.url, !url.isEmpty { lines.append("    \(url)") }
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private func wrapped(_ text: String) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            let longer = line.isEmpty ? String(word) : line + " " + word
            if Table.columns(longer) > Table.width, !line.isEmpty {
                lines.append(line)
                line = "    " + word
            } else {
                line = longer
            }
        }
        return lines + [line]
    }
}
