/// One cell of a column.
public enum Value: Hashable, Sendable {
    /// No value.
    case null
    /// True or false.
    case bool(Bool)
    /// A whole number.
    case int(Int64)
    /// A number; infinite and NaN are written as null where a format has no word for them.
    case double(Double)
    /// A text.
    case string(String)
    /// An array, an object or values of mixed kinds, as JSON text.
    case json(String)

    /// The number in this cell, for whole and other numbers.
    public var number: Double? {
        switch self {
        case .int(let value): Double(value)
        case .double(let value): value
        default: nil
        }
    }

    /// The text in this cell, for texts.
    public var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The cell itself, where a column of mixed kinds holds a single value as JSON text: the text
    /// without quotation marks, the number, the truth value.
    public var plain: Value {
        if case .json(let text) = self { JSONText.plain(text) } else { self }
    }

    /// Whether there is no value.
    public var isNull: Bool { self == .null }
}

extension Value: CustomStringConvertible {
    /// The cell as a person would write it; empty for null.
    public var description: String {
        switch self {
        case .null: ""
        case .bool(let value): String(value)
        case .int(let value): String(value)
        case .double(let value): String(value)
        case .string(let text), .json(let text): text
        }
    }
}
