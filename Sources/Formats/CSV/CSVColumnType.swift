/// What kind of values a column of CSV has held so far; it only widens.
enum CSVColumnType: Hashable, Sendable {
    /// No value yet.
    case none
    /// Whole numbers of up to 15 digits, which are exact as numbers too.
    case int
    /// Whole numbers, some of 16 to 18 digits.
    case long
    /// Numbers.
    case double
    /// Texts, among them codes with leading zeros.
    case text

    func widened(by other: CSVColumnType) -> CSVColumnType {
        switch (self, other) {
        case (.none, _): other
        case (_, .none): self
        case let (a, b) where a == b: a
        case (.int, .long), (.long, .int): .long
        case (.int, .double), (.double, .int): .double
        default: .text
        }
    }

    /// The type of one value: a number as JSON writes it, or a text.
    @inline(__always)
    static func of(_ bytes: UnsafeBufferPointer<UInt8>) -> CSVColumnType {
        guard let first = bytes.first else { return .none }
        guard first &- 0x30 < 10 || first == UInt8(ascii: "-") else { return .text }
        var scanner = JSONScanner(bytes)
        guard let number = try? scanner.number(), scanner.at == bytes.count else { return .text }
        guard case .int(let value) = number else {
            // Whole numbers of more digits than 64 bits hold are codes.
            return bytes.contains { $0 | 0x20 == UInt8(ascii: "e") || $0 == UInt8(ascii: ".") }
                ? .double : .text
        }
        let digits = bytes.count - (first == UInt8(ascii: "-") ? 1 : 0)
        if value == 0, first == UInt8(ascii: "-") { return .text }
        return digits <= 15 ? .int : digits <= 18 ? .long : .text
    }
}
