import Catalogue
import Features
import Formats
import Studies

/// How a result is cited, and what it rests on.
struct Citation {
    let provenance: ResultProvenance
    let layers: [Layer]
    let publications: [Publication]

    /// A layer, and how many of its records the result rests on.
    struct Layer {
        let name: String
        let count: Int
        let of: Int

        var text: String {
            count == of ? "\(name) (all \(of))" : "\(name) (\(count) of \(of))"
        }
    }

    private func version(_ name: String) -> String {
        provenance.versions.first { $0.name == name }?.version ?? ""
    }

    private var title: String {
        let step = provenance.step.map { ", step \($0)" } ?? ""
        let study = provenance.study.map { " of the study \($0)\(step)" } ?? ""
        return "\(provenance.file): \(provenance.operation)\(study)"
    }

    private var software: String {
        "ClusterAtlas \(version("clusteratlas")), with PROJ \(version("proj")) and "
            + "GEOS \(version("geos"))"
    }

    private var data: String {
        version("catalogue").isEmpty
            ? "" : "Catalogue \(version("catalogue")) of ClusterAtlas, CC BY 4.0"
    }

    var text: String {
        var text = "\(title).\n\(software).\n"
        if !data.isEmpty { text += "\(data).\n" }
        if !layers.isEmpty { text += "Layers: \(layers.map(\.text).joined(separator: ", ")).\n" }
        if !publications.isEmpty { text += "Sources:\n" }
        for one in publications {
            let date = one.date.map { " (\($0))" } ?? ""
            text += "  \(one.publisher)\(date): \(one.title)"
            text += one.url.map { ". \($0)\n" } ?? "\n"
        }
        return text
    }

    /// BibTeX as biblatex reads it, `@software` and `@misc`.
    var bibTeX: String {
        func entry(_ kind: String, _ key: String, _ fields: [(String, String?)]) -> String {
            let lines = fields.compactMap { name, value in
                value.map { "  \(name) = {\(Self.escaped($0))}" }
            }
            return "@\(kind){\(key),\n\(lines.joined(separator: ",\n"))\n}\n"
        }
        var text = entry(
            "software", "clusteratlas",
            [("title", "ClusterAtlas"), ("version", version("clusteratlas")), ("note", title)])
        if !data.isEmpty {
            text += entry(
                "misc", "clusteratlas-catalogue",
                [("title", "The catalogue of ClusterAtlas"), ("version", version("catalogue"))])
        }
        for one in publications {
            text += entry(
                "misc", one.id,
                [
                    ("title", one.title), ("author", "{\(one.publisher)}"), ("date", one.date),
                    ("url", one.url),
                ])
        }
        return text
    }

    /// What TeX takes for its own is written so that it stands for itself; the braces around an
    /// office's name stay.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            if "&%$#_".contains(character) { result.append("\\") }
            result.append(character)
        }
        return result
    }

    /// CSL-JSON (https://docs.citationstyles.org).
    var csl: JSONValue {
        var items: [JSONValue] = [
            .object([
                "id": .string("clusteratlas"), "type": .string("software"),
                "title": .string("ClusterAtlas"), "version": .string(version("clusteratlas")),
                "note": .string(title),
            ])
        ]
        if !data.isEmpty {
            items.append(
                .object([
                    "id": .string("clusteratlas-catalogue"), "type": .string("dataset"),
                    "title": .string("The catalogue of ClusterAtlas"),
                    "version": .string(version("catalogue")),
                ]))
        }
        items += publications.map { one in
            let parts = (one.date ?? "").split(separator: "-").compactMap { Int64($0) }
            return .object([
                "id": .string(one.id), "type": .string("webpage"), "title": .string(one.title),
                "author": .array([.object(["literal": .string(one.publisher)])]),
                "issued": parts.isEmpty
                    ? nil
                    : .object(["date-parts": .array([.array(parts.map { .int($0) })])]),
                "URL": one.url.map { .string($0) },
            ])
        }
        return .array(items)
    }
}
