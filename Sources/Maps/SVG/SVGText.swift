/// Numbers and words as SVG writes them.
package enum SVGText {
    package static let fonts =
        "'Noto Sans KR','Noto Sans CJK KR','Apple SD Gothic Neo','Malgun Gothic',NanumGothic,"
        + "'Noto Sans',sans-serif"

    /// A coordinate, to a tenth of a pixel.
    package static func number(_ value: Double) -> String {
        let tenths = Int((min(max(value, -1e7), 1e7) * 10).rounded())
        let text =
            tenths % 10 == 0
            ? String(tenths.magnitude / 10) : "\(tenths.magnitude / 10).\(tenths.magnitude % 10)"
        return tenths < 0 ? "-" + text : text
    }

    /// A text element.
    static func words(
        _ x: Double, _ y: Double, _ text: String, _ size: Double, _ fill: String = MapPalette.ink,
        weight: Int? = nil, anchor: String? = nil
    ) -> String {
        "<text x=\"\(number(x))\" y=\"\(number(y))\" font-size=\"\(number(size))\" fill=\"\(fill)\""
            + (weight.map { " font-weight=\"\($0)\"" } ?? "")
            + (anchor.map { " text-anchor=\"\($0)\"" } ?? "") + ">\(escaped(text))</text>"
    }

    /// A text in which nothing is read as markup; control characters, which XML has no way to
    /// hold, are left out.
    package static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n", "\r", "\t": result += " "
            default:
                let isCharacter =
                    scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
                if isCharacter { result.unicodeScalars.append(scalar) }
            }
        }
        return result
    }

    /// How wide a text is at least, in pixels: whole squares for Hangul.
    package static func width(_ text: some StringProtocol, _ size: Double) -> Double {
        text.unicodeScalars.reduce(0) { $0 + ($1.value > 0x2E7F ? 0.95 : 0.56) * size }
    }

    /// A text in lines that are no wider than given, broken between words where that is possible.
    package static func wrapped(_ text: String, width: Double, size: Double) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            let joined = line.isEmpty ? String(word) : line + " " + word
            if self.width(joined, size) <= width {
                line = joined
                continue
            }
            if !line.isEmpty { lines.append(line) }
            line = String(word)
            while self.width(line, size) > width, line.count > 1 {
                var head = line
                while self.width(head, size) > width, head.count > 1 { head.removeLast() }
                lines.append(head)
                line = String(line.dropFirst(head.count))
            }
        }
        if !line.isEmpty { lines.append(line) }
        return lines
    }
}
