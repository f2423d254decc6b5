/// A condition on the attributes of features, in the manner of SQL: `인구 >= 1000 and name like '대%'`.
///
/// Comparisons `=`, `<>` (or `!=`), `<`, `<=`, `>`, `>=`; `in (…)`, `between … and …`, `like` with `%`
/// and `_` (`ilike` without regard to case), `is null`; `not` before any of them; `and`, `or`, `not` and
/// parentheses. Texts stand in `''`; names of attributes stand as they are, or in `""` where they hold
/// signs or are keywords. As in SQL, a comparison with null is neither true nor false, and only what
/// is true is taken. Numbers and texts are compared as what the attribute is: a text of digits equals
/// the number it writes.
public struct Filter: Hashable, Sendable {
    /// The condition as it was written.
    public let text: String
    let condition: Condition
    /// The names of attributes in it, with the character at which each first stands.
    let names: [String: Int]

    /// One side of a comparison.
    indirect enum Operand: Hashable, Sendable {
        case attribute(String)
        case value(Value)
    }

    enum Comparison: String, Hashable, Sendable {
        case equal = "="
        case unequal = "<>"
        case less = "<"
        case atMost = "<="
        case more = ">"
        case atLeast = ">="
    }

    indirect enum Condition: Hashable, Sendable {
        case comparison(Operand, Comparison, Operand)
        case among(Operand, [Operand])
        case between(Operand, Operand, Operand)
        case like(Operand, LikePattern, ignoresCase: Bool)
        case isNull(Operand)
        case truth(Operand)
        case not(Condition)
        case and(Condition, Condition)
        case or(Condition, Condition)
    }

    /// Reads a condition.
    ///
    /// - Parameter text: The condition.
    /// - Throws: ``FilterError`` that points at the place.
    public init(_ text: String) throws(FilterError) {
        var parser = try FilterParser(text)
        self.text = text
        condition = try parser.whole()
        names = parser.names
    }
}
