import Geometry

extension CQLExpression {
    /// Reads a filter written as CQL2 text (OGC 21-065r2, annex B).
    ///
    /// Words are read in any case. A name that is one of the language's words stands in double
    /// quotation marks.
    ///
    /// - Parameters:
    ///   - text: The filter: `level = 'university' AND S_INTERSECTS(geometry, BBOX(127,36,128,37))`.
    ///   - limits: How large it may be.
    /// - Throws: ``CQLError`` that names the column.
    public init(text: String, limits: CQLLimits = CQLLimits()) throws(CQLError) {
        var reader = try CQLTextReader(text, limits)
        self = try reader.whole()
    }
}

/// Reads CQL2 text.
struct CQLTextReader {
    var scanner: CQLScanner
    var builder: CQLBuilder
    private var nesting = 0

    init(_ text: String, _ limits: CQLLimits) throws(CQLError) {
        scanner = try CQLScanner(text)
        builder = CQLBuilder(limits)
    }

    mutating func whole() throws(CQLError) -> CQLExpression {
        let expression = try disjunction()
        guard scanner.token == .end else {
            throw unexpected("AND, OR, a comparison or the end")
        }
        guard CQLBuilder.mayHold(expression.kind) else {
            throw CQLError(
                at: expression.place, "expected a condition, found \(expression.kind.words)")
        }
        return expression
    }

    // MARK: Conditions

    mutating func disjunction() throws(CQLError) -> CQLExpression {
        nesting += 1
        defer { nesting -= 1 }
        guard nesting <= builder.limits.depth else { throw builder.tooDeep(scanner.place) }
        let place = scanner.place
        var parts = [try conjunction()]
        while try take("OR") { parts.append(try conjunction()) }
        return parts.count == 1 ? parts[0] : try builder.make(.or(parts), place)
    }

    private mutating func conjunction() throws(CQLError) -> CQLExpression {
        let place = scanner.place
        var parts = [try negation()]
        while try take("AND") { parts.append(try negation()) }
        return parts.count == 1 ? parts[0] : try builder.make(.and(parts), place)
    }

    private mutating func negation() throws(CQLError) -> CQLExpression {
        let place = scanner.place
        guard try take("NOT") else { return try predicate() }
        nesting += 1
        defer { nesting -= 1 }
        guard nesting <= builder.limits.depth else { throw builder.tooDeep(place) }
        return try builder.make(.not(try negation()), place)
    }

    private mutating func predicate() throws(CQLError) -> CQLExpression {
        let place = scanner.place
        let value = try sum()
        if case .mark(let mark) = scanner.token, let comparison = CQLComparison(rawValue: mark) {
            try scanner.advance()
            return try builder.make(.comparison(comparison, value, try sum()), place)
        }
        if try take("IS") {
            let isNot = try take("NOT")
            guard try take("NULL") else { throw unexpected("NULL") }
            return try negated(isNot, .isNull(value), place)
        }
        let isNot = try take("NOT")
        if try take("BETWEEN") {
            let low = try sum()
            guard try take("AND") else { throw unexpected("AND") }
            return try negated(isNot, .between(value, low, try sum()), place)
        }
        if try take("LIKE") { return try negated(isNot, .like(value, try pattern()), place) }
        if try take("IN") {
            try expect("(")
            var list = [try sum()]
            while try take(mark: ",") { list.append(try sum()) }
            try expect(")")
            return try negated(isNot, .among(value, list), place)
        }
        if isNot { throw unexpected("BETWEEN, LIKE or IN") }
        return value
    }

    private mutating func pattern() throws(CQLError) -> CQLExpression {
        let pattern = try primary()
        var part = pattern
        while case .caseless(let inner) = part.kind { part = inner }
        guard case .text = part.kind else {
            throw CQLError(
                at: part.place, "expected a pattern in quotation marks, found \(part.kind.words)")
        }
        return pattern
    }

    private mutating func negated(
        _ isNot: Bool, _ kind: CQLExpression.Kind, _ place: CQLPlace
    ) throws(CQLError) -> CQLExpression {
        let condition = try builder.make(kind, place)
        return isNot ? try builder.make(.not(condition), place) : condition
    }

    // MARK: Values

    private mutating func sum() throws(CQLError) -> CQLExpression {
        let place = scanner.place
        var value = try product()
        while case .mark(let mark) = scanner.token, mark == "+" || mark == "-",
            let operation = CQLArithmetic(rawValue: mark)
        {
            try scanner.advance()
            value = try builder.make(.arithmetic(operation, value, try product()), place)
        }
        return value
    }

    private mutating func product() throws(CQLError) -> CQLExpression {
        let place = scanner.place
        var value = try power()
        while true {
            var operation: CQLArithmetic?
            if case .mark(let mark) = scanner.token, ["*", "/", "%"].contains(mark) {
                operation = CQLArithmetic(rawValue: mark)
                try scanner.advance()
            } else if try take("DIV") {
                operation = .whole
            }
            guard let operation else { return value }
            value = try builder.make(.arithmetic(operation, value, try power()), place)
        }
    }

    private mutating func power() throws(CQLError) -> CQLExpression {
        let place = scanner.place
        let value = try primary()
        guard try take(mark: "^") else { return value }
        return try builder.make(.arithmetic(.power, value, try primary()), place)
    }

    private mutating func primary() throws(CQLError) -> CQLExpression {
        let place = scanner.place
        switch scanner.token {
        case .text(let text):
            try scanner.advance()
            return try builder.make(.text(text), place)
        case .number(let value, let whole):
            try scanner.advance()
            if let whole { return try builder.make(.integer(whole), place) }
            return try builder.number(value, place)
        case .mark("-"), .mark("+"):
            return try signed()
        case .mark("("):
            try scanner.advance()
            let inner = try disjunction()
            try expect(")")
            return inner
        case .quoted(let name):
            try scanner.advance()
            return try builder.make(.property(name), place)
        case .word(let word):
            return try named(word, place)
        default: throw unexpected("an attribute, a value or a condition")
        }
    }

    mutating func signed() throws(CQLError) -> CQLExpression {
        let place = scanner.place
        let isMinus = scanner.token == .mark("-")
        try scanner.advance()
        guard case .number(let value, let whole) = scanner.token else {
            throw unexpected("a number behind the sign")
        }
        try scanner.advance()
        if let whole { return try builder.make(.integer(isMinus ? -whole : whole), place) }
        return try builder.number(isMinus ? -value : value, place)
    }

    // MARK: Tokens

    /// Takes a word of the language, in any case.
    mutating func take(_ word: String) throws(CQLError) -> Bool {
        guard case .word(let found) = scanner.token, found.uppercased() == word else {
            return false
        }
        try scanner.advance()
        return true
    }

    mutating func take(mark: String) throws(CQLError) -> Bool {
        guard scanner.token == .mark(mark) else { return false }
        try scanner.advance()
        return true
    }

    mutating func expect(_ mark: String) throws(CQLError) {
        guard try take(mark: mark) else { throw unexpected("\"\(mark)\"") }
    }

    func unexpected(_ what: String) -> CQLError {
        CQLError(at: scanner.place, "expected \(what), found \(scanner.token.words)")
    }
}
