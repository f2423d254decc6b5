/// A length on the ground.
///
/// Written by people as `5km`, `250 m` or a bare number of metres.
public struct Distance: Hashable, Comparable, Sendable {
    /// The length in metres.
    public var metres: Double

    /// Creates a length from metres.
    ///
    /// - Parameter metres: The length in metres.
    public init(metres: Double) { self.metres = metres }

    /// A length in metres.
    ///
    /// - Parameter value: How many metres.
    /// - Returns: The length.
    public static func metres(_ value: Double) -> Distance { Distance(metres: value) }

    /// A length in kilometres.
    ///
    /// - Parameter value: How many kilometres.
    /// - Returns: The length.
    public static func kilometres(_ value: Double) -> Distance { Distance(metres: value * 1000) }

    /// Reads a length as people write it: `5km`, `2.5 km`, `250m`, `250`; `nil` for other text.
    ///
    /// - Parameter text: A number of at least 0, then `m`, `km` or nothing (metres).
    public init?(_ text: some StringProtocol) {
        var rest = text.lowercased().filter { $0 != "_" }[...]
        func trim() {
            rest = rest.drop { $0 == " " }
            while rest.last == " " { rest.removeLast() }
        }
        trim()
        var scale = 1.0
        if rest.hasSuffix("km") {
            scale = 1000
            rest = rest.dropLast(2)
        } else if rest.hasSuffix("m") {
            rest = rest.dropLast()
        }
        trim()
        guard rest.allSatisfy({ $0.isNumber || $0 == "." || $0 == "e" || $0 == "+" || $0 == "-" }),
            let value = Double(rest), value.isFinite, value >= 0
        else { return nil }
        metres = value * scale
    }

    /// Orders lengths from short to long.
    public static func < (a: Distance, b: Distance) -> Bool { a.metres < b.metres }

    /// A short name fit for a column: `5km`, `250m`, `1.5km`.
    public var label: String {
        func short(_ value: Double) -> String {
            value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
        }
        let (plain, kilometres) = (short(metres), short(metres / 1000))
        // Dividing by a thousand may leave a tail of digits: 9.019378000000001km.
        return metres >= 1000 && kilometres.count <= plain.count + 2
            ? kilometres + "km" : plain + "m"
    }
}

extension Distance: CustomStringConvertible {
    /// The short name: `5km`, `250m`.
    public var description: String { label }
}
