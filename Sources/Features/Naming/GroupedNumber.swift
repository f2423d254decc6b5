/// Numbers as people read them in tables and legends.
package enum GroupedNumber {
    /// A number with so many decimals and commas between thousands.
    ///
    /// - Parameters:
    ///   - value: The number; finite.
    ///   - decimals: Digits behind the point; rounded half away from zero.
    ///   - minus: What stands before a number below 0.
    /// - Returns: The number; one of more than fifteen digits as Swift writes it.
    package static func text(_ value: Double, decimals: Int, minus: String = "-") -> String {
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let scaled = (value.magnitude * scale).rounded()
        guard scaled < 9e15 else { return "\(value)" }
        let digits = String(Int(scaled))
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        let whole = padded.dropLast(decimals)
        var text = ""
        for (i, digit) in whole.enumerated() {
            if i > 0, (whole.count - i) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        if decimals > 0 { text += "." + padded.suffix(decimals) }
        return (value < 0 && scaled > 0 ? minus : "") + text
    }
}
