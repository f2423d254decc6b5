/// A pattern of LIKE: `%` stands for any letters, `_` for one, and a backslash makes the next
/// letter stand for itself.
struct LikePattern {
    private enum Part: Equatable {
        case any, one
        case letter(Character)
    }

    private let parts: [Part]

    init(_ pattern: String) {
        var parts: [Part] = []
        var isEscaped = false
        for letter in pattern {
            if isEscaped {
                parts.append(.letter(letter))
                isEscaped = false
            } else if letter == "\\" {
                isEscaped = true
            } else if letter == "%" {
                if parts.last != .any { parts.append(.any) }
            } else {
                parts.append(letter == "_" ? .one : .letter(letter))
            }
        }
        if isEscaped { parts.append(.letter("\\")) }
        self.parts = parts
    }

    /// A text for comparing without regard to case.
    static func folded(_ text: String) -> String { text.lowercased() }

    /// Whether the whole of a text matches.
    ///
    /// - Complexity: O(m n) at worst for m letters and a pattern of n.
    func matches(_ text: String) -> Bool {
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
