/// A JSON value as a tree, for documents small enough to be read whole.
///
/// Members keep their order; of members with the same name the last one counts.
public enum JSONValue: Hashable, Sendable {
    /// No value.
    case null
    /// True or false.
    case bool(Bool)
    /// A whole number that fits into 64 bits.
    case int(Int64)
    /// Any other number.
    case double(Double)
    /// A text.
    case string(String)
    /// Values in order.
    case array([JSONValue])
    /// Named values in order.
    case object([Member])

    /// A named value of an object.
    public struct Member: Hashable, Sendable {
        /// The name.
        public var name: String
        /// The value.
        public var value: JSONValue

        /// Creates a member.
        ///
        /// - Parameters:
        ///   - name: The name.
        ///   - value: The value.
        public init(name: String, value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// Reads a JSON text (RFC 8259).
    ///
    /// - Parameters:
    ///   - bytes: The text as UTF-8, with or without a byte order mark.
    ///   - file: The name of the file for errors.
    ///   - omitted: Names of members whose values are stepped over, wherever they stand.
    /// - Returns: The value.
    /// - Throws: ``FormatError`` naming line and byte.
    public static func parse(
        _ bytes: some Collection<UInt8>, file: String = "JSON", omitting omitted: Set<String> = []
    ) throws(FormatError) -> JSONValue {
        try JSONScanner.whole(bytes as? [UInt8] ?? Array(bytes), file: file) {
            scanner throws(Fault) in
            try scanner.value(depth: 0, omitting: omitted)
        }
    }

    /// Reads a file of JSON.
    ///
    /// - Parameter path: The file, `-` for standard input.
    /// - Returns: The value.
    /// - Throws: ``FormatError`` naming the file, line and byte.
    public static func read(_ path: String) throws(FormatError) -> JSONValue {
        try parse(try FileBytes.read(path), file: path == "-" ? "standard input" : path)
    }

    /// The value of a member, or `nil` where this is no object or has no such member.
    ///
    /// - Parameter name: The member's name.
    public subscript(name: String) -> JSONValue? {
        members?.last { $0.name == name }?.value
    }

    /// The value at a place of an array, or `nil` where this is no array or there is none.
    ///
    /// - Parameter index: The place, from 0.
    public subscript(index: Int) -> JSONValue? {
        guard case .array(let values) = self, values.indices.contains(index) else { return nil }
        return values[index]
    }

    /// The members of an object in their order.
    public var members: [Member]? { if case .object(let members) = self { members } else { nil } }
    /// The values of an array.
    public var array: [JSONValue]? { if case .array(let values) = self { values } else { nil } }
    /// The text of a string.
    public var string: String? { if case .string(let text) = self { text } else { nil } }
    /// The truth value.
    public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    /// The whole number, also of a number written with a fraction of zero.
    public var int: Int? {
        switch self {
        case .int(let value): Int(exactly: value)
        case .double(let value): Int(exactly: value)
        default: nil
        }
    }
    /// The number.
    public var number: Double? {
        switch self {
        case .int(let value): Double(value)
        case .double(let value): value
        default: nil
        }
    }
    /// Whether this is `null`.
    public var isNull: Bool { self == .null }
}

extension JSONScanner {
    /// Reads a value of any kind as a tree.
    mutating func value(depth: Int, omitting omitted: Set<String> = []) throws(Fault) -> JSONValue {
        let byte = try peek()
        if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "["), depth >= Self.depthLimit {
            throw Fault(
                .tooDeep, at: at, "arrays and objects nest deeper than \(Self.depthLimit)")
        }
        switch byte {
        case UInt8(ascii: "{"):
            var members: [JSONValue.Member] = []
            guard try enterObject() else { return .object(members) }
            repeat {
                let name = text(try key())
                if omitted.contains(name) {
                    try skipValue(depth: depth + 1)
                } else {
                    let value = try value(depth: depth + 1, omitting: omitted)
                    members.append(.init(name: name, value: value))
                }
            } while try anotherMember()
            return .object(members)
        case UInt8(ascii: "["):
            var values: [JSONValue] = []
            guard try enterArray("an array") else { return .array(values) }
            repeat {
                values.append(try value(depth: depth + 1, omitting: omitted))
            } while try anotherElement()
            return .array(values)
        case UInt8(ascii: "\""):
            return .string(text(try string()))
        case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"):
            return try word().map { .bool($0) } ?? .null
        default:
            switch try number() {
            case .int(let value): return .int(value)
            case .double(let value): return .double(value)
            }
        }
    }
}
