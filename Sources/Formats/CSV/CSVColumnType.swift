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

    /// The type of one field that is not empty: a number as JSON writes it, with its value, or a
    /// text.
    @inline(__always)
    static func number(
        _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int
    ) -> (type: CSVColumnType, value: JSONScanner.Number) {
        let first = bytes[start]
        let isNegative = first == UInt8(ascii: "-")
        let none = (CSVColumnType.text, JSONScanner.Number.int(0))
        guard first &- 0x30 < 10 || isNegative else { return none }
        var scanner = JSONScanner(bytes, from: start, to: end)
        guard let number = try? scanner.number(), scanner.at == end else { return none }
        switch number {
        case .int(let value):
            let digits = end - start - (isNegative ? 1 : 0)
            if value == 0, isNegative { return none }
            return (digits <= 15 ? .int : digits <= 18 ? .long : .text, number)
        case .double:
            // Whole numbers of more digits than 64 bits hold are codes.
            let isWhole = !bytes[start..<end].contains {
                $0 | 0x20 == UInt8(ascii: "e") || $0 == UInt8(ascii: ".")
            }
            return (isWhole ? .text : .double, number)
        }
    }
}
