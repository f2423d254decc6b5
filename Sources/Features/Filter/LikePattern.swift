/// A pattern of LIKE: `%` stands for any letters, `_` for one, and an escape, where there is one,
/// makes the next letter stand for itself.
package struct LikePattern: Hashable, Sendable {
    private enum Part: Hashable {
        case any, one
        case letter(Character)
    }

    private let parts: [Part]

    /// Reads a pattern.
    ///
    /// - Parameters:
    ///   - pattern: The pattern.
    ///   - escape: The escape; it stands for itself at the end of a pattern.
    package init(_ pattern: String, escape: Character? = nil) {
        var parts: [Part] = []
        var escaped: Character?
        for letter in pattern {
            if escaped != nil {
                parts.append(.letter(letter))
                escaped = nil
            } else if letter == escape {
                escaped = letter
            } else if letter == "%" {
                if parts.last != .any { parts.append(.any) }
            } else {
                parts.append(letter == "_" ? .one : .letter(letter))
            }
        }
        if let escaped { parts.append(.letter(escaped)) }
        self.parts = parts
    }

    /// A text for comparing without regard to case.
    package static func folded(_ text: String) -> String { text.lowercased() }

    /// Whether the whole of a text matches.
    ///
    /// - Complexity: O(m n) at worst for m letters and a pattern of n.
    package func matches(_ text: String) -> Bool {
        let text = Array(text)
        var (t, p) = (0, 0)
        var star: (t: Int, p: Int)?
        while t < text.count {
            if p < parts.count, parts[p] == .any {
                star = (t, p)
                p += 1
            } else if p < parts.count, parts[p] == .one || parts[p] == .letter(text[t]) {
                t += 1
                p += 1
            } else if let back = star {
                star = (back.t + 1, back.p)
                t = back.t + 1
                p = back.p + 1
            } else {
                return false
            }
        }
        return parts[p...].allSatisfy { $0 == .any }
    }
}
