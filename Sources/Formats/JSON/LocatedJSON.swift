/// A JSON value that knows on which line of its text it begins, for checks that name the line.
public struct LocatedJSON: Sendable {
    /// The line, from 1.
    public let line: Int
    /// What stands there.
    public let content: Content

    /// What a value is.
    public enum Content: Sendable {
        /// A text, a number, true, false or null.
        case scalar(JSONValue)
        /// Values in order.
        case array([LocatedJSON])
        /// Named values in order.
        case object([Member])
    }

    /// A named value, and the line on which the name stands.
    public struct Member: Sendable {
        /// The name.
        public let name: String
        /// The line of the name, from 1.
        public let line: Int
        /// The value.
        public let value: LocatedJSON
    }

    /// Reads a file of JSON (RFC 8259).
    ///
    /// - Parameter path: The file.
    /// - Returns: The value.
    /// - Throws: ``FormatError`` naming the file, line and byte.
    public static func read(_ path: String) throws(FormatError) -> LocatedJSON {
        try JSONScanner.whole(try FileBytes.read(path), file: path) { scanner throws(Fault) in
            var reader = Reader(scanner)
            defer { scanner = reader.scanner }
            return try reader.value(depth: 0)
        }
    }

    /// The members of an object.
    public var members: [Member]? {
        if case .object(let members) = content { members } else { nil }
    }
    /// The values of an array.
    public var array: [LocatedJSON]? {
        if case .array(let values) = content { values } else { nil }
    }
    /// The text, number, truth value or null.
    public var scalar: JSONValue? {
        if case .scalar(let value) = content { value } else { nil }
    }
    /// The text of a string.
    public var string: String? { scalar?.string }
    /// The number.
    public var number: Double? { scalar?.number }
    /// Whether this is `null`.
    public var isNull: Bool { scalar?.isNull == true }

    /// The value of a member, or `nil` where this is no object or has no such member.
    ///
    /// - Parameter name: The member's name.
    public subscript(name: String) -> LocatedJSON? {
        members?.last { $0.name == name }?.value
    }

    /// Reads values and counts lines on the way.
    private struct Reader {
        var scanner: JSONScanner
        private var counted = 0
        private var lines = 1

        init(_ scanner: JSONScanner) { self.scanner = scanner }

        /// The line of a byte, which lies at or after the last one asked for.
        private mutating func line(of at: Int) -> Int {
            while counted < at {
                if scanner.bytes[counted] == 0x0A { lines += 1 }
                counted += 1
            }
            return lines
        }

        mutating func value(depth: Int) throws(Fault) -> LocatedJSON {
            let byte = try scanner.peek()
            let line = line(of: scanner.at)
            guard depth < JSONScanner.depthLimit else {
                throw Fault(
                    .tooDeep, at: scanner.at,
                    "arrays and objects nest deeper than \(JSONScanner.depthLimit)")
            }
            switch byte {
            case UInt8(ascii: "{"):
                var members: [Member] = []
                if try scanner.enterObject() {
                    repeat {
                        _ = try scanner.peek()
                        let line = self.line(of: scanner.at)
                        let name = scanner.text(try scanner.key())
                        let value = try value(depth: depth + 1)
                        members.append(Member(name: name, line: line, value: value))
                    } while try scanner.anotherMember()
                }
                return LocatedJSON(line: line, content: .object(members))
            case UInt8(ascii: "["):
                var values: [LocatedJSON] = []
                if try scanner.enterArray("an array") {
                    repeat {
                        values.append(try value(depth: depth + 1))
                    } while try scanner.anotherElement()
                }
                return LocatedJSON(line: line, content: .array(values))
            default:
                return LocatedJSON(
                    line: line, content: .scalar(try scanner.value(depth: depth)))
            }
        }
    }
}
