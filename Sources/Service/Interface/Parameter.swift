import Formats
import HTTPTypes

/// A parameter of a route: declared once, which describes it to clients and checks what they send.
struct Parameter: Sendable {
    /// Where it stands.
    enum Place: String, Sendable {
        case path, query
    }

    /// What it holds.
    enum Kind: Sendable {
        /// A whole number of at least something; what is above the greatest counts as that.
        case count(ClosedRange<Int>, usual: Int)
        /// One of some words.
        case choice([String])
        /// Any text.
        case text
        /// Text of a pattern (ECMA 262), with which a function agrees.
        case pattern(String, @Sendable (String) -> Bool)
        /// Four or six numbers.
        case box
        /// An instant or an interval (RFC 3339).
        case time
        /// A number.
        case number
        /// A whole number.
        case integer
        /// true or false.
        case flag
    }

    let name: String
    let place: Place
    let kind: Kind
    /// What it does.
    let summary: String
    /// Whether it must be given.
    var isRequired: Bool { place == .path }

    init(_ name: String, _ place: Place = .query, _ kind: Kind, _ summary: String) {
        self.name = name
        self.place = place
        self.kind = kind
        self.summary = summary
    }

    /// Checks a value as it was sent.
    ///
    /// - Parameter text: The value, decoded.
    /// - Throws: ``Problem`` (400) that says what the parameter holds.
    func check(_ text: String) throws(Problem) {
        let isRight =
            switch kind {
            case .count(let range, _): Self.count(text).map { $0 >= range.lowerBound } ?? false
            case .choice(let words): words.contains(text)
            case .text: true
            case .pattern(_, let agrees): agrees(text)
            case .box: BoxParameter.numbers(text) != nil
            case .time: TimeInterval(text) != nil
            case .number: Self.number(text) != nil
            case .integer: Int64(text) != nil
            case .flag: text == "true" || text == "false"
            }
        if !isRight { throw wrong(text) }
    }

    func wrong(_ text: String) -> Problem {
        let shown = text.count > 80 ? text.prefix(80) + "…" : text[...]
        return Problem(
            .badRequest, "bad-parameter",
            "\(name) takes \(expectation), not \"\(shown)\".", parameter: name)
    }

    /// A whole number; one that is too large to count with is the greatest of all.
    static func count(_ text: String) -> Int? {
        if let number = Int(text) { return number }
        return !text.isEmpty && text.utf8.allSatisfy({ (48...57).contains($0) }) ? .max : nil
    }

    /// A finite number in the form of JSON.
    static func number(_ text: String) -> Double? {
        guard !text.isEmpty, text.utf8.allSatisfy({ numerals.contains($0) }),
            let number = Double(text), number.isFinite
        else { return nil }
        return number
    }

    private static let numerals = Set("0123456789+-.eE".utf8)

    private var expectation: String {
        switch kind {
        case .count(let range, _): "a whole number of at least \(range.lowerBound)"
        case .choice(let words):
            words.count > 12
                ? "one of \(words.count) words, as \(words[0])" : words.joined(separator: " or ")
        case .text: "a text"
        case .pattern(let pattern, _): "a text like \(pattern)"
        case .box: "four or six numbers: west,south,east,north"
        case .time: "a date or an interval of dates: 2019-06-30, 2010-01-01/2012-12-31, ../2015"
        case .number: "a number"
        case .integer: "a whole number"
        case .flag: "true or false"
        }
    }

    // MARK: Description

    /// The schema of its values.
    private var schema: JSONValue {
        switch kind {
        case .count(let range, let usual):
            .object([
                "type": .string("integer"), "minimum": .int(Int64(range.lowerBound)),
                "maximum": .int(Int64(range.upperBound)), "default": .int(Int64(usual)),
            ])
        case .choice(let words):
            .object(["type": .string("string"), "enum": .array(words.map(JSONValue.string))])
        case .text: .object(["type": .string("string")])
        case .pattern(let pattern, _):
            .object(["type": .string("string"), "pattern": .string(pattern)])
        case .box:
            .object([
                "type": .string("array"), "minItems": .int(4), "maxItems": .int(6),
                "items": .object(["type": .string("number")]),
            ])
        case .time: .object(["type": .string("string"), "pattern": .string(TimeInterval.pattern)])
        case .number: .object(["type": .string("number")])
        case .integer: .object(["type": .string("integer"), "format": .string("int64")])
        case .flag: .object(["type": .string("boolean")])
        }
    }

    /// The parameter as OpenAPI describes it.
    var description: JSONValue {
        let isBox = if case .box = kind { true } else { false }
        return .object([
            "name": .string(name), "in": .string(place.rawValue),
            "description": .string(summary), "required": .bool(isRequired),
            "schema": schema,
            "style": isBox ? .string("form") : nil, "explode": isBox ? .bool(false) : nil,
        ])
    }
}
