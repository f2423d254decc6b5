import Features
import Geometry

extension CQLExpression {
    /// The filter as CQL2 text.
    ///
    /// - Throws: ``CQLError`` for a text with a backslash before a quotation mark or the end, which
    ///   the language cannot write.
    public func text() throws(CQLError) -> String {
        func list(_ parts: [CQLExpression]) throws(CQLError) -> String {
            var texts: [String] = []
            for part in parts { texts.append(try part.text()) }
            return texts.joined(separator: ",")
        }
        func inner(_ part: CQLExpression) throws(CQLError) -> String {
            switch part.kind {
            case .and, .or, .not, .arithmetic: "(\(try part.text()))"
            default: try part.text()
            }
        }
        func joined(_ parts: [CQLExpression], _ word: String) throws(CQLError) -> String {
            var texts: [String] = []
            for part in parts { texts.append(try inner(part)) }
            return texts.joined(separator: " \(word) ")
        }
        switch kind {
        case .property(let name):
            return Self.isPlain(name) ? name : "\"\(name.replacing("\"", with: "\"\""))\""
        case .text(let text): return try quoted(text)
        case .integer(let number): return String(number)
        case .number(let number): return JSONText.number(number)
        case .truth(let isTrue): return isTrue ? "TRUE" : "FALSE"
        case .date(let text): return "DATE('\(text)')"
        case .timestamp(let text): return "TIMESTAMP('\(text)')"
        case .open: return "'..'"
        case .interval(let a, let b):
            func end(_ end: CQLExpression) throws(CQLError) -> String {
                switch end.kind {
                case .date(let text), .timestamp(let text): "'\(text)'"
                default: try end.text()
                }
            }
            return "INTERVAL(\(try end(a)),\(try end(b)))"
        case .geometry(let shape): return shape.wkt()
        case .box(let sides):
            return "BBOX(\(sides.map(JSONText.number).joined(separator: ",")))"
        case .arithmetic(let operation, let a, let b):
            return "\(try inner(a)) \(operation.rawValue) \(try inner(b))"
        case .caseless(let part): return "CASEI(\(try part.text()))"
        case .and(let parts): return try joined(parts, "AND")
        case .or(let parts): return try joined(parts, "OR")
        case .not(let part): return "NOT (\(try part.text()))"
        case .comparison(let comparison, let a, let b):
            return "\(try inner(a)) \(comparison.rawValue) \(try inner(b))"
        case .between(let value, let low, let high):
            return "\(try inner(value)) BETWEEN \(try inner(low)) AND \(try inner(high))"
        case .like(let value, let pattern):
            return "\(try inner(value)) LIKE \(try pattern.text())"
        case .among(let value, let items):
            return "\(try inner(value)) IN (\(try list(items)))"
        case .isNull(let part): return "\(try inner(part)) IS NULL"
        case .spatial(let relation, let a, let b):
            return "\(relation.rawValue.uppercased())(\(try list([a, b])))"
        case .near(let a, let b, let metres): return "S_DWITHIN(\(try list([a, b, metres])))"
        case .temporal(let relation, let a, let b):
            return "\(relation.rawValue.uppercased())(\(try list([a, b])))"
        }
    }

    private func quoted(_ text: String) throws(CQLError) -> String {
        if text.hasSuffix("\\") || text.contains("\\'") {
            throw CQLError(
                at: place, "a text has a backslash before a quotation mark or its end",
                remedy: "write the filter as JSON")
        }
        return "'\(text.replacing("'", with: "''"))'"
    }

    /// Whether a name is one without quotation marks.
    private static func isPlain(_ name: String) -> Bool {
        guard let first = name.unicodeScalars.first, CQLScanner.begins(first),
            name.unicodeScalars.allSatisfy(CQLScanner.goesOn)
        else { return false }
        return !CQLWords.reserved.contains(name.uppercased())
            && !CQLWords.geometries.contains(name.uppercased())
    }
}
