/// A table for a terminal of 80 columns, in which Hangul takes two columns a syllable.
struct Table {
    enum Alignment {
        case left, right
        /// To the left and never cut: identifiers, which people copy.
        case whole
    }

    private let headers: [String]
    private let alignments: [Alignment]
    private var rows: [[String]] = []

    /// The greatest width of a line.
    static let width = 80

    init(_ columns: [(header: String, alignment: Alignment)]) {
        headers = columns.map(\.header)
        alignments = columns.map(\.alignment)
    }

    mutating func add(_ cells: [String]) { rows.append(cells) }

    /// The table as text; the widest texts are cut where a line would be too long.
    var text: String {
        var widths = headers.indices.map { column in
            ([headers] + rows).map { Self.columns($0[column]) }.max() ?? 0
        }
        // Of the texts the widest gives way first, a column at a time.
        while widths.reduce(0, +) + 2 * (widths.count - 1) > Self.width {
            let candidates = widths.indices.filter { alignments[$0] == .left && widths[$0] > 8 }
            guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
        }
        let lines = ([headers] + rows).map { cells in
            cells.indices.map { column in
                let cell = Self.cut(cells[column], to: widths[column])
                let space = String(repeating: " ", count: widths[column] - Self.columns(cell))
                return alignments[column] == .right ? space + cell : cell + space
            }.joined(separator: "  ").trimmedAtEnd
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// The number of terminal columns that a text takes.
    static func columns(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + width(of: $1) }
    }

    /// Wide characters as in the Unicode Standard's annex 11, as far as Korean text needs them.
    private static func width(of scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0x300...0x36F, 0x1160...0x11FF: 0
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F:
            2
        default: 1
        }
    }

    /// A text that takes no more columns than given, with an ellipsis where it was longer.
    static func cut(_ text: String, to width: Int) -> String {
        guard columns(text) > width else { return text }
        var result = ""
        var used = 0
        for scalar in text.unicodeScalars {
            let next = self.width(of: scalar)
            if used + next > width - 1 { break }
            result.unicodeScalars.append(scalar)
            used += next
        }
        return result + "…"
    }
}

extension String {
    fileprivate var trimmedAtEnd: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
