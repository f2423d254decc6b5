/// How the definition of a coordinate reference system is written.
enum DefinitionForm: Hashable {
    /// `EPSG:5179`
    case code
    /// `urn:ogc:def:crs:EPSG::5179` or `http://www.opengis.net/def/crs/EPSG/0/5179`
    case resource
    /// `PROJCS["…`, `PROJCRS["…`, `{"type": "ProjectedCRS", …`
    case document
    /// `+proj=utm +zone=52`
    case parameters
    /// `Korea 2000 / Unified CS`
    case name

    /// Tells the form of a definition; `nil` for what has none.
    init?(_ definition: String) {
        let text = definition[...]
        let lower = definition.lowercased()
        if text.first == "{" || text.contains("[") || lower.hasPrefix("projcs(") {
            self = .document
            if text.first != "{", !Self.isWellKnownText(text) { return nil }
        } else if text.contains("+proj=") || text.contains("+init=") || lower.hasPrefix("proj=") {
            self = .parameters
        } else if lower.hasPrefix("urn:") || lower.hasPrefix("http") {
            self = .resource
            if !Self.isResource(lower[...]) { return nil }
        } else if text.contains(":") {
            self = .code
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, parts.allSatisfy(Self.isWord) else { return nil }
        } else {
            self = .name
            guard text.utf8.count <= 200, text.contains(where: \.isLetter) else { return nil }
        }
    }

    private static func isWord(_ text: Substring) -> Bool {
        !text.isEmpty
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_.-".contains($0)) }
    }

    /// Whether a keyword and a bracket come first.
    private static func isWellKnownText(_ text: Substring) -> Bool {
        let keyword = text.prefix { $0 != "[" && $0 != "(" }
        return isWord(keyword.prefix { !$0.isWhitespace })
            && keyword.allSatisfy { $0.isASCII && ($0.isLetter || $0 == "_" || $0.isWhitespace) }
    }

    /// Whether an OGC URN or URL names an authority, a version or none, and a code.
    private static func isResource(_ text: Substring) -> Bool {
        for (start, separator) in [
            ("urn:ogc:def:crs:", Character(":")), ("urn:x-ogc:def:crs:", ":"),
            ("http://www.opengis.net/def/crs/", "/"), ("https://www.opengis.net/def/crs/", "/"),
        ] where text.hasPrefix(start) {
            let parts = text.dropFirst(start.count).split(
                separator: separator, omittingEmptySubsequences: false)
            return parts.count == 3 && isWord(parts[0]) && isWord(parts[2])
                && (parts[1].isEmpty || isWord(parts[1]))
        }
        return false
    }
}
