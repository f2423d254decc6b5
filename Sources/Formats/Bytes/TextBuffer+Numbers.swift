import Features

extension TextBuffer {
    /// Appends a whole number.
    @inline(__always)
    mutating func append(int value: Int64) { append(value, decimals: 0) }

    /// Appends `value / 10^decimals` without zeros at its end.
    @inline(__always)
    mutating func append(_ value: Int64, decimals: Int) {
        reserve(48)
        advance(DecimalDigits.write(value, decimals: decimals, to: end))
    }

    /// Appends the shortest text that reads back as the same number, or `null` for infinities and
    /// NaN.
    mutating func append(number value: Double) {
        guard value.isFinite else { return append("null") }
        if value != 0 || value.sign == .plus {
            // Up to 15 digits name one number only, so that a decimal of so many digits that gives
            // the number back is, without the zeros at its end, the shortest one.
            let magnitude = value.magnitude
            if magnitude < 1e9, let scaled = Rounding.exact(value, decimals: 6) {
                return append(scaled, decimals: 6)
            }
            if magnitude < 10, magnitude >= 1e-3,
                let scaled = Rounding.exact(value, decimals: 14)
            {
                return append(scaled, decimals: 14)
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
        var whole = nearest(product)
        let difference = product - whole
        if difference.magnitude == 0.5 {
            let lost = (-product).addingProduct(value, scale)
            if difference > 0, lost > 0 { whole += 1 }
            if difference < 0, lost < 0 { whole -= 1 }
        }
        return Int64(whole)
    }

    /// The number times `10^decimals`, where that is a whole number of up to 15 digits which,
    /// divided again, gives the number back.
    @inline(__always)
    static func exact(_ value: Double, decimals: Int) -> Int64? {
        let scale = DecimalNumber.powers[decimals]
        let whole = nearest(value * scale)
        guard whole.magnitude < 1e15, whole / scale == value else { return nil }
        return Int64(whole)
    }

    /// The nearest whole number, the even one where there are two; for magnitudes below 2⁵³.
    ///
    /// From 2⁵² on numbers of 64 bits are whole, so that adding 2⁵² rounds.
    @inline(__always)
    static func nearest(_ value: Double) -> Double {
        let magnitude = value.magnitude
        guard magnitude < 4_503_599_627_370_496 else { return value.rounded(.toNearestOrEven) }
        let shift = 4_503_599_627_370_496.0
        return Double(signOf: value, magnitudeOf: (magnitude + shift) - shift)
    }
}
