public import Geometry

/// What is wrong in the text of a condition, and where.
public struct FilterError: ExplainedError, Hashable {
    /// The text as it was written.
    public let text: String
    /// The character at which it goes wrong, from 0.
    public let column: Int
    /// What was expected and what was found.
    public let reason: String
    /// What to do about it.
    public let remedy: String?

    /// Nothing but the text itself says where.
    public var place: String { "" }

    /// The reason, with the text below it and a caret under the place.
    public var problem: String {
        // Hangul takes two columns of a terminal.
        let before = text.prefix(column).unicodeScalars.reduce(0) {
            $0 + ((0x1100...0xFFDC).contains($1.value) && $1.value > 0x2E7F ? 2 : 1)
        }
        return "\(reason)\n  \(text)\n  \(String(repeating: " ", count: before))^"
    }
}
