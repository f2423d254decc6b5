/// A YAML value that knows where it stands in its file, for checks that name line and column.
///
/// Plain scalars are read by the core schema of YAML 1.2.2 (https://yaml.org/spec/1.2.2/, 10.3):
/// `null`, `true`, `false` and decimal numbers are what they say, and every other word is a text,
/// so that `no`, `12:30` and `5km` stay as they were written.
public struct LocatedYAML: Sendable {
    /// Where a value stands in its file.
    public struct Mark: Hashable, Sendable {
        /// The line, from 1.
        public let line: Int
        /// The character of the line, from 1.
        public let column: Int

        /// Creates a place.
        ///
        /// - Parameters:
        ///   - line: The line, from 1.
        ///   - column: The character of the line, from 1.
        public init(line: Int, column: Int) {
            self.line = line
            self.column = column
        }
    }

    /// Where the value begins.
    public let mark: Mark
    /// What stands there.
    public let content: Content

    /// What a value is.
    public enum Content: Sendable {
        /// A text, a number, true, false or null, and the words it was written with.
        case scalar(JSONValue, written: String)
        /// Values in order.
        case sequence([LocatedYAML])
        /// Named values in order; no name stands twice.
        case mapping([Member])
    }

    /// A named value.
    public struct Member: Sendable {
        /// The name.
        public let name: String
        /// Where the name stands.
        public let mark: Mark
        /// The value.
        public let value: LocatedYAML
    }

    /// The members of a mapping.
    public var members: [Member]? {
        if case .mapping(let members) = content { members } else { nil }
    }
    /// The values of a sequence.
    public var sequence: [LocatedYAML]? {
        if case .sequence(let values) = content { values } else { nil }
    }
    /// The text, number, truth value or null.
    public var scalar: JSONValue? {
        if case .scalar(let value, _) = content { value } else { nil }
    }
    /// A scalar's words as they were written, without quotation marks.
    public var written: String? {
        if case .scalar(_, let words) = content { words } else { nil }
    }

    /// The value of a member, or `nil` where this is no mapping or has no such member.
    ///
    /// - Parameter name: The member's name.
    public subscript(name: String) -> LocatedYAML? {
        members?.first { $0.name == name }?.value
    }

    /// The value without its places, as JSON has it.
    public var json: JSONValue {
        switch content {
        case .scalar(let value, _): value
        case .sequence(let values): .array(values.map(\.json))
        case .mapping(let members):
            .object(members.map { JSONValue.Member(name: $0.name, value: $0.value.json) })
        }
    }

    /// What kind of value this is, in words for an error.
    public var kindInWords: String {
        switch content {
        case .scalar(.null, _): "nothing"
        case .scalar(.string(let text), _): "the text \"\(text)\""
        case .scalar(_, let words): words
        case .sequence(let values): "a list of \(values.count)"
        case .mapping(let members): "a mapping of \(members.count)"
        }
    }
}

extension FormatError {
    /// Creates an error at a place of a YAML file whose content is not what is expected there.
    ///
    /// - Parameters:
    ///   - mark: The place.
    ///   - file: The file's name.
    ///   - problem: What was expected and found.
    ///   - remedy: What to do, as an instruction.
    public init(
        at mark: LocatedYAML.Mark, of file: String, _ problem: String, remedy: String?
    ) {
        self.init(
            .structure, at: "\(file), line \(mark.line), column \(mark.column)", problem,
            remedy: remedy)
    }
}
