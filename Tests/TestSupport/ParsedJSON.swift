internal import Foundation

/// JSON as Foundation reads it: a second opinion on what the program wrote.
public struct ParsedJSON {
    private let value: Any?

    /// Reads a text.
    ///
    /// - Parameter text: The JSON.
    /// - Throws: Where it is none.
    public init(_ text: String) throws {
        value = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
    }

    private init(value: Any?) { self.value = value }

    /// A member of an object.
    ///
    /// - Parameter name: Its name.
    public subscript(name: String) -> ParsedJSON {
        ParsedJSON(value: (value as? [String: Any])?[name])
    }

    /// An element of an array.
    ///
    /// - Parameter index: Its place from 0.
    public subscript(index: Int) -> ParsedJSON {
        let array = array
        return array.indices.contains(index) ? array[index] : ParsedJSON(value: nil)
    }

    /// The elements of an array; none of anything else.
    public var array: [ParsedJSON] { (value as? [Any] ?? []).map { ParsedJSON(value: $0) } }
    /// The names of an object's members.
    public var names: Set<String> { Set((value as? [String: Any] ?? [:]).keys) }
    /// The text.
    public var string: String? { value as? String }
    /// The number.
    public var number: Double? { value as? Double }
    /// The truth value.
    public var bool: Bool? { value as? Bool }
    /// Whether it is `null`.
    public var isNull: Bool { value is NSNull }
    /// Whether it is an array.
    public var isArray: Bool { value is [Any] }
    /// Whether there is no such member or element.
    public var isMissing: Bool { value == nil }
}
