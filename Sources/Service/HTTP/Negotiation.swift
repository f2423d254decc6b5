import HTTPTypes

/// What a client would like to be sent.
enum Negotiation {
    /// The forms of an answer.
    enum Form: String, CaseIterable, Sendable {
        case json, html
    }

    /// The form that a client asks for: by `f=`, else by its `Accept`.
    ///
    /// - Parameters:
    ///   - named: What `f=` says.
    ///   - accept: The header field; JSON where there is none.
    /// - Returns: The form.
    /// - Throws: ``Problem`` (406) where neither form is accepted.
    static func form(named: String?, accept: String?) throws(Problem) -> Form {
        if let named, let form = Form(rawValue: named) { return form }
        guard let accept, !accept.isEmpty, accept != "*/*" else { return .json }
        var html = 0.0
        var json = 0.0
        for range in accept.split(separator: ",") {
            let parts = range.split(separator: ";")
            let type = trimmed(parts.first ?? "").lowercased()
            var weight = 1.0
            for part in parts.dropFirst() {
                let word = trimmed(part)
                if word.hasPrefix("q=") { weight = Double(word.dropFirst(2)) ?? 0 }
            }
            switch type {
            case "text/html", "application/xhtml+xml": html = max(html, weight)
            case "*/*":
                html = max(html, weight * 0.5)
                json = max(json, weight * 0.6)
            case "application/*": json = max(json, weight * 0.8)
            case "text/*": html = max(html, weight * 0.8)
            default: if type.hasSuffix("json") { json = max(json, weight) }
            }
        }
        guard html > 0 || json > 0 else {
            throw Problem(
                .notAcceptable, "not-acceptable",
                "This is answered as JSON or HTML, neither of which \"\(accept)\" accepts.")
        }
        return html > json ? .html : .json
    }

    /// Whether a client takes gzip.
    ///
    /// - Parameter header: `Accept-Encoding`.
    /// - Returns: Whether it is named with a weight above 0.
    static func takesGzip(_ header: String?) -> Bool {
        guard let header else { return false }
        return header.split(separator: ",").contains { coding in
            let parts = coding.split(separator: ";").map(trimmed)
            guard parts.first == "gzip" || parts.first == "*" else { return false }
            return !parts.dropFirst().contains {
                $0.hasPrefix("q=0") && Double($0.dropFirst(2)) == 0
            }
        }
    }

    /// Whether a tag is among those that a client holds, by weak comparison (RFC 9110, 8.8.3.2).
    ///
    /// - Parameters:
    ///   - tag: The tag of the answer.
    ///   - held: `If-None-Match`.
    /// - Returns: Whether it is.
    static func isHeld(_ tag: String, _ held: String?) -> Bool {
        guard let held else { return false }
        func plain(_ tag: Substring) -> Substring {
            let tag = trimmed(tag)
            return tag.hasPrefix("W/") ? tag.dropFirst(2) : tag
        }
        return held.split(separator: ",").contains {
            trimmed($0) == "*" || plain($0) == plain(tag[...])
        }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop { $0 == " " || $0 == "\t" }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return text
    }
}
