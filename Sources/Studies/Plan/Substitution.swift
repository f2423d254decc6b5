/// A text of a plan with its `${name}` found; `$${` stands for `${` itself.
struct Template {
    enum Piece: Hashable {
        case text(String)
        case name(String)
    }

    var pieces: [Piece] = []
    /// Whether a `${` has no `}`.
    private(set) var isUnclosed = false

    init(_ text: String) {
        var rest = text[...]
        var plain = ""
        while let dollar = rest.firstIndex(of: "$") {
            plain += rest[..<dollar]
            rest = rest[dollar...]
            if rest.hasPrefix("$${") {
                plain += "${"
                rest = rest.dropFirst(3)
            } else if rest.hasPrefix("${") {
                guard let end = rest.firstIndex(of: "}") else {
                    isUnclosed = true
                    break
                }
                if !plain.isEmpty { pieces.append(.text(plain)) }
                plain = ""
                pieces.append(.name(String(rest[rest.index(rest.startIndex, offsetBy: 2)..<end])))
                rest = rest[rest.index(after: end)...]
            } else {
                plain.append("$")
                rest = rest.dropFirst()
            }
        }
        plain += rest
        if !plain.isEmpty || pieces.isEmpty { pieces.append(.text(plain)) }
    }

    /// The only name, where the text is nothing else.
    var soleName: String? {
        if pieces.count == 1, case .name(let name) = pieces[0] { name } else { nil }
    }
}
