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
    private var sources: [String] { place.sources }

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
        for former in place.formerNames {
            lines += wrapped(
                "until \(former.until): \(former.nameKO)  \(former.nameEN) "
                    + mark(former.sources, nil))
        }
        let around = [place.province, place.municipality].compactMap { $0 }
        if !around.isEmpty { lines.append(around.joined(separator: " ")) }
        for former in place.formerProvinces {
            lines.append("until \(former.until): \(former.province) " + mark(former.sources, nil))
        }
        if let position = place.position {
            let accuracy = place.accuracy.map { ", within about \(Figures.number($0)) m" } ?? ""
            let basis = place.basis.map { " (\($0))" } ?? ""
            lines.append(
                "\(Figures.number(position.x, decimals: 4))° E, "
                    + "\(Figures.number(position.y, decimals: 4))° N\(accuracy)\(basis) "
                    + mark(place.positionSources, nil))
        }
        if let status = place.status { lines.append("status: \(status)") }
        lines.append("")
        for fact in place.facts {
            for value in fact.earlier + [fact] {
                let date = value.date.map { " (\($0))" } ?? ""
                lines += wrapped(
                    "\(fact.name): \(Self.value(value.value))\(date)  "
                        + mark(value.sources, value.confidence))
            }
        }
        for event in place.events {
            let actor = event.actor.map { ", \($0)" } ?? ""
            lines += wrapped(
                "\(event.date) \(event.name)\(actor)  " + mark(event.sources, event.confidence))
        }
        for link in place.links { lines.append("\(link.relation) \(link.target)") }
        for note in [place.noteKO, place.noteEN].compactMap({ $0 }) {
            lines += [""] + wrapped(note)
        }
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

    private func wrapped(_ text: String) -> [String] { text.wrappedLines() }
}
