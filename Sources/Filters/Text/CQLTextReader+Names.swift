import Features
import Geometry

extension CQLTextReader {
    /// What begins with a name: a literal, a function, or an attribute.
    mutating func named(_ word: String, _ place: CQLPlace) throws(CQLError) -> CQLExpression {
        let name = word.uppercased()
        if CQLWords.geometries.contains(name) {
            // An attribute may be called so, too.
            var ahead = scanner
            try ahead.advance()
            let isGeometry =
                switch ahead.token {
                case .mark("("): true
                case .word(let next): ["Z", "M", "ZM", "EMPTY"].contains(next.uppercased())
                default: false
                }
            if isGeometry {
                let text = try scanner.wellKnownText()
                let shape: Shape
                do throws(GeometryError) {
                    shape = try Shape(wkt: text)
                } catch {
                    throw CQLError(at: place, error.problem, remedy: error.remedy)
                }
                return try builder.geometry(shape, place)
            }
        }
        try scanner.advance()
        switch name {
        case "TRUE": return try builder.make(.truth(true), place)
        case "FALSE": return try builder.make(.truth(false), place)
        default: break
        }
        guard scanner.token == .mark("(") else {
            if CQLWords.reserved.contains(name) {
                throw CQLError(
                    at: place, "expected an attribute or a value, found \(name)",
                    remedy: "an attribute of that name stands in double quotation marks")
            }
            return try builder.make(.property(word), place)
        }
        try scanner.advance()
        let made = try call(name, place)
        try expect(")")
        return made
    }

    /// What is in the parentheses behind a name.
    private mutating func call(
        _ name: String, _ place: CQLPlace
    ) throws(CQLError) -> CQLExpression {
        switch name {
        case "DATE": return try builder.date(try text("a day"), place)
        case "TIMESTAMP": return try builder.timestamp(try text("an instant"), place)
        case "INTERVAL":
            let start = try end()
            try expect(",")
            return try builder.make(.interval(start, try end()), place)
        case "CASEI": return try builder.make(.caseless(try disjunction()), place)
        case "BBOX":
            var sides: [Double] = []
            repeat {
                let at = scanner.place
                let part = try disjunction()
                switch part.kind {
                case .integer(let number): sides.append(Double(number))
                case .number(let number): sides.append(number)
                default: throw CQLError(at: at, "expected a number, found \(part.kind.words)")
                }
            } while try take(mark: ",")
            return try builder.box(sides, place)
        case "S_DWITHIN":
            let (a, b) = try pair()
            try expect(",")
            return try builder.make(.near(a, b, try disjunction()), place)
        default: break
        }
        if let relation = CQLSpatialRelation(rawValue: name.lowercased()) {
            let (a, b) = try pair()
            return try builder.make(.spatial(relation, a, b), place)
        }
        if let relation = CQLTemporalRelation(rawValue: name.lowercased()) {
            let (a, b) = try pair()
            return try builder.make(.temporal(relation, a, b), place)
        }
        throw CQLWords.unknown(name, place)
    }

    private mutating func pair() throws(CQLError) -> (CQLExpression, CQLExpression) {
        let first = try disjunction()
        try expect(",")
        return (first, try disjunction())
    }

    private mutating func text(_ what: String) throws(CQLError) -> String {
        guard case .text(let text) = scanner.token else {
            throw unexpected("\(what) in quotation marks")
        }
        try scanner.advance()
        return text
    }

    /// An end of an interval.
    private mutating func end() throws(CQLError) -> CQLExpression {
        let place = scanner.place
        guard case .text(let text) = scanner.token else { return try disjunction() }
        try scanner.advance()
        return try builder.end(text, place)
    }
}

/// The words of the language.
enum CQLWords {
    static let geometries: Set<String> = [
        "POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON",
        "GEOMETRYCOLLECTION",
    ]

    /// Words that are no attributes without quotation marks.
    static let reserved: Set<String> = [
        "AND", "OR", "NOT", "IS", "NULL", "BETWEEN", "LIKE", "IN", "DIV", "TRUE", "FALSE",
    ]

    /// The functions, as they are written in text.
    static let functions: [String] =
        CQLSpatialRelation.allCases.map { $0.rawValue.uppercased() }
        + CQLTemporalRelation.allCases.map { $0.rawValue.uppercased() }
        + ["CASEI", "DATE", "TIMESTAMP", "INTERVAL", "BBOX", "S_DWITHIN"]

    static func unknown(_ name: String, _ place: CQLPlace) -> CQLError {
        CQLError(
            at: place, "there is no function \"\(name.prefix(40))\"",
            remedy: Spelling.nearest(to: name, in: functions).map { "did you mean \($0)?" })
    }
}
