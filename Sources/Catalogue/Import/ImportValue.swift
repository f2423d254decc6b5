internal import Features
internal import Formats

/// What cells of official tables mean.
enum ImportValue {
    /// A number, also one written with commas between thousands.
    static func number(_ value: Value) -> Double? {
        let value = value.plain
        if let number = value.number { return number.isFinite ? number : nil }
        guard let text = value.text else { return nil }
        let plain = text.filter { $0 != "," && !$0.isWhitespace }
        guard let first = plain.first, first.isNumber || "-+.".contains(first),
            !plain.lowercased().hasPrefix("0x")
        else { return nil }
        return Double(plain)
    }

    /// A text without space around it; numbers as they are written.
    static func text(_ value: Value) -> String? {
        let value = value.plain
        if value.isNull { return nil }
        let text = value.text ?? value.number.map(JSONText.number) ?? "\(value)"
        let words = text.split { $0.isWhitespace }.joined(separator: " ")
        return words.isEmpty || words == "-" ? nil : words
    }

    /// A date: `2007-03-07`, `20070307`, `2007.3.7`, `2007년 3월` or a year.
    static func date(_ value: Value) -> String? {
        guard let text = text(value) else { return nil }
        var parts = text.split { !$0.isNumber || !$0.isASCII }.map(String.init)
        if parts.count == 1, let digits = parts.first, digits.count == 8 || digits.count == 6 {
            let tail = digits.dropFirst(4)
            parts = [String(digits.prefix(4)), String(tail.prefix(2))]
            if digits.count == 8 { parts.append(String(tail.suffix(2))) }
        }
        guard let year = parts.first, year.count == 4 else { return nil }
        let rest = parts.dropFirst().prefix(2).map { $0.count == 1 ? "0" + $0 : $0 }
        // What no calendar has is cut to what it surely says.
        for length in stride(from: rest.count, through: 0, by: -1) {
            let date = ([year] + rest.prefix(length)).joined(separator: "-")
            if PartialDate(date) != nil { return date }
        }
        return nil
    }

    private static let words: [ImportField: [(String, String)]] = [
        .type: [
            ("국가", "national"), ("도시첨단", "urban-high-tech"), ("일반", "general"),
            ("농공", "agro-industrial"), ("지방", "general"), ("전문대", "junior-college"),
            ("기능대", "polytechnic"), ("교육대", "university-of-education"),
            ("대학원", "graduate-university"), ("대학", "university"),
        ],
        .ownership: [
            ("국립대법인", "national-corporation"), ("국립", "national"), ("공립", "public"),
            ("사립", "private"), ("특별법", "special-act"),
        ],
        .status: [
            ("조성중", "under-construction"), ("공사중", "under-construction"),
            ("미개발", "designated"), ("미조성", "designated"), ("완료", "operating"),
            ("준공", "operating"), ("운영", "operating"), ("기존", "operating"),
            ("폐교", "closed"), ("폐지", "closed"), ("해제", "lifted"),
            ("completed", "operating"), ("underconstruction", "under-construction"),
            ("notstarted", "designated"),
        ],
    ]

    /// A word of the catalogue for what a table calls otherwise; the text itself where there is none.
    static func word(_ text: String, for field: ImportField) -> String {
        let key = text.lowercased().filter { $0.isLetter }
        return words[field]?.first { key.hasPrefix($0.0) || key.contains($0.0) }?.1 ?? text
    }
}
