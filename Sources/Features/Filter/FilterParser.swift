/// Reads a condition word by word; `or` binds least, then `and`, then `not`.
struct FilterParser {
    private let text: String
    private let tokens: [FilterToken]
    private var at = 0
    private(set) var names: [String: Int] = [:]

    private static let keywords: Set<String> = [
        "and", "or", "not", "in", "like", "ilike", "between", "is", "null", "true", "false",
    ]

    init(_ text: String) throws(FilterError) {
        self.text = text
        tokens = try FilterToken.all(in: text)
    }

    private var token: FilterToken { tokens[at] }

    mutating func whole() throws(FilterError) -> Filter.Condition {
        let condition = try either()
        guard token.kind == .end else { throw unexpected("and, or, or the end") }
        return condition
    }

    private func unexpected(_ expected: String) -> FilterError {
        FilterError(
            text: text, column: token.at, reason: "expected \(expected), found \(token.described)",
            remedy: "write it like \"name\" = 'text' and other >= 5")
    }

    private mutating func take(_ keyword: String) -> Bool {
        guard token.keyword == keyword else { return false }
        at += 1
        return true
    }

    private mutating func take(sign: String) -> Bool {
        guard token.kind == .sign(sign) else { return false }
        at += 1
        return true
    }

    private mutating func either() throws(FilterError) -> Filter.Condition {
        var condition = try both()
        while take("or") { condition = .or(condition, try both()) }
        return condition
    }

    private mutating func both() throws(FilterError) -> Filter.Condition {
        var condition = try negated()
        while take("and") { condition = .and(condition, try negated()) }
        return condition
    }

    private mutating func negated() throws(FilterError) -> Filter.Condition {
        if take("not") { return .not(try negated()) }
        if take(sign: "(") {
            let condition = try either()
            guard take(sign: ")") else { throw unexpected("\")\"") }
            return condition
        }
        return try predicate()
    }

    private mutating func predicate() throws(FilterError) -> Filter.Condition {
        let left = try operand("an attribute")
        if take("is") {
            let isNegated = take("not")
            guard take("null") else { throw unexpected("null") }
            return isNegated ? .not(.isNull(left)) : .isNull(left)
        }
        let isNegated = take("not")
        func result(_ condition: Filter.Condition) -> Filter.Condition {
            isNegated ? .not(condition) : condition
        }
        if take("in") {
            guard take(sign: "(") else { throw unexpected("\"(\"") }
            var list = [try operand("a value")]
            while take(sign: ",") { list.append(try operand("a value")) }
            guard take(sign: ")") else { throw unexpected("\",\" or \")\"") }
            return result(.among(left, list))
        }
        if take("between") {
            let low = try operand("a value")
            guard take("and") else { throw unexpected("and") }
            return result(.between(left, low, try operand("a value")))
        }
        for (word, ignoresCase) in [("like", false), ("ilike", true)] where take(word) {
            guard case .text(let pattern) = token.kind else {
                throw unexpected("a text in '' with % and _")
            }
            at += 1
            return result(
                .like(
                    left, LikePattern(ignoresCase ? LikePattern.folded(pattern) : pattern),
                    ignoresCase: ignoresCase))
        }
        if isNegated { throw unexpected("in, like or between") }
        if case .sign(let sign) = token.kind,
            let comparison = Filter.Comparison(
                rawValue: sign == "!=" ? "<>" : sign == "==" ? "=" : sign)
        {
            at += 1
            return .comparison(left, comparison, try operand("a value"))
        }
        if case .attribute = left, [.end, .sign(")")].contains(token.kind) || isConnective {
            return .truth(left)
        }
        throw unexpected("a comparison (=, <>, <, <=, >, >=, in, like, between, is null)")
    }

    private var isConnective: Bool { token.keyword == "and" || token.keyword == "or" }

    private mutating func operand(_ expected: String) throws(FilterError) -> Filter.Operand {
        let start = token.at
        switch token.kind {
        case .text(let text):
            at += 1
            return .value(.string(text))
        case .number(let number):
            at += 1
            return .value(.double(number))
        case .quotedName(let name):
            at += 1
            if names[name] == nil { names[name] = start }
            return .attribute(name)
        case .name(let name):
            switch name.lowercased() {
            case "true", "false":
                at += 1
                return .value(.bool(name.lowercased() == "true"))
            case let word where Self.keywords.contains(word): throw unexpected(expected)
            default:
                at += 1
                if names[name] == nil { names[name] = start }
                return .attribute(name)
            }
        default: throw unexpected(expected)
        }
    }
}
