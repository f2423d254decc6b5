import Features

extension TextBuffer {
    /// Appends a whole number.
    @inline(__always)
    mutating func append(int value: Int64) { append(value, decimals: 0) }

    /// Appends `value / 10^decimals` without zeros at its end.
    mutating func append(_ value: Int64, decimals: Int) {
        if value < 0 { append(UInt8(ascii: "-")) }
        var rest = value.magnitude
        var decimals = decimals
        while decimals > 0, rest % 10 == 0 {
            rest /= 10
            decimals -= 1
        }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 48) { digits in
            var at = digits.count
            var written = 0
            while rest > 0 || written <= decimals {
                if written == decimals, decimals > 0 {
                    at -= 1
                    digits[at] = UInt8(ascii: ".")
                }
                let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
                rest = quotient
                at -= 1
                digits[at] = 0x30 + UInt8(truncatingIfNeeded: digit)
                written += 1
            }
            append(UnsafeBufferPointer(rebasing: UnsafeBufferPointer(digits)[at...]))
        }
    }

    /// Appends the shortest text that reads back as the same number, or `null` for infinities and
    /// NaN.
    mutating func append(number value: Double) {
        guard value.isFinite else { return append("null") }
        // Up to 15 digits name one number only, so the first scale that gives it back is right.
        if value.magnitude < 1e9, value != 0 {
            for decimals in 0...6 {
                let scaled = (value * DecimalNumber.powers[decimals]).rounded()
                if scaled / DecimalNumber.powers[decimals] == value {
                    return append(Int64(scaled), decimals: decimals)
                }
            }
        }
        append(text: JSONText.number(value))
    }

    /// Appends a coordinate with at most so many decimals; -0 is written as 0.
    mutating func append(coordinate value: Double, decimals: Int) {
        if let scaled = Rounding.scaled(value, decimals: decimals) {
            append(scaled, decimals: decimals)
        } else {
            append(text: JSONText.number(value))
        }
    }
}

/// Rounding to decimals.
enum Rounding {
    /// The number times `10^decimals`, rounded to the nearest whole number; `nil` where it has more
    /// than 15 digits or is not finite.
    ///
    /// What is rounded is the exact value that the bits stand for; should that lie exactly half-way,
    /// the even neighbour is taken. The product is rounded once before, so the half-way case asks
    /// the part that was lost (a fused multiplication gives it exactly).
    @inline(__always)
    static func scaled(_ value: Double, decimals: Int) -> Int64? {
        let scale = DecimalNumber.powers[decimals]
        let product = value * scale
        guard product.magnitude < 9_007_199_254_740_992 else { return nil }
        var whole = product.rounded(.toNearestOrEven)
        let difference = product - whole
        if difference.magnitude == 0.5 {
            let lost = (-product).addingProduct(value, scale)
            if difference > 0, lost > 0 { whole += 1 }
            if difference < 0, lost < 0 { whole -= 1 }
        }
        return Int64(whole)
    }
}
