/// Decimal digits to the nearest binary number, correctly rounded (ties to even).
///
/// Numbers of up to 19 digits are settled with one division: in floating point where digits and
/// power of ten are both exact (Clinger, doi:10.1145/93542.93557), else in whole numbers of
/// 128 bits. What remains goes to the standard library.
enum DecimalNumber {
    static let powers: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
        1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]

    static let wholePowers: [UInt64] = [
        1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
        10_000_000_000, 100_000_000_000, 1_000_000_000_000, 10_000_000_000_000,
        100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000,
        100_000_000_000_000_000, 1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
    ]

    /// `mantissa × 10^exponent`, or `nil` where the fast ways do not reach.
    @inline(__always)
    static func nearest(_ mantissa: UInt64, exponent: Int) -> Double? {
        if mantissa <= 1 << 53 {
            if exponent == 0 { return Double(mantissa) }
            if exponent < 0, exponent >= -22 { return Double(mantissa) / powers[-exponent] }
            if exponent > 0, exponent <= 22 { return Double(mantissa) * powers[exponent] }
        }
        guard exponent <= 0, exponent >= -19, mantissa != 0 else { return nil }
        return quotient(mantissa, wholePowers[-exponent])
    }

    /// The quotient of two whole numbers, correctly rounded.
    ///
    /// Both are shifted until their first bit is set, so that the quotient has at least 62 bits;
    /// the remainder only matters as "more than nothing", which the lowest bit then says.
    static func quotient(_ dividend: UInt64, _ divisor: UInt64) -> Double {
        let up = dividend.leadingZeroBitCount
        let down = divisor.leadingZeroBitCount
        let high = dividend << UInt64(up)
        var (quotient, remainder) = (divisor << UInt64(down)).dividingFullWidth(
            (high >> 1, high << 63))
        if remainder != 0 { quotient |= 1 }
        remainder = 0
        return Double(sign: .plus, exponent: down - up - 63, significand: Double(quotient))
    }

    /// The number that a text of JSON's (or CSV's) number grammar stands for; infinite where it is
    /// too great.
    static func slow(_ text: UnsafeBufferPointer<UInt8>) -> Double {
        Double(String(decoding: text, as: UTF8.self)) ?? .nan
    }
}
