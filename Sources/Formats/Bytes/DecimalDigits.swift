/// Eight bytes of text at once as decimal digits, the first of them in the lowest byte of a word.
///
/// The value is found in three multiplications, each of which joins neighbours (D. Lemire, Number
/// Parsing at a Gigabyte per Second, doi:10.1002/spe.2984, section 6); the digits of a value, the
/// other way round, in three that each part neighbours.
enum DecimalDigits {
    /// How many digits stand at the beginning of the word, 0 to 8.
    @inline(__always)
    static func count(_ word: UInt64) -> Int {
        // A byte above '9' overflows in the sum, one below '0' in the difference; what that does to
        // the bytes behind it does not matter, as only the first one counts.
        let others =
            ((word &+ 0x4646_4646_4646_4646) | (word &- 0x3030_3030_3030_3030))
            & 0x8080_8080_8080_8080
        return others == 0 ? 8 : others.trailingZeroBitCount >> 3
    }

    /// The value of the first `count` digits.
    @inline(__always)
    static func value(_ word: UInt64, count: Int) -> UInt64 {
        // The digits move to the end; what fills up the front is 0. A shift of all 64 bits is 0.
        var value = (word << UInt64(64 - 8 * count)) & 0x0F0F_0F0F_0F0F_0F0F
        value = (value &* 2561) >> 8 & 0x00FF_00FF_00FF_00FF
        value = (value &* 6_553_601) >> 16 & 0x0000_FFFF_0000_FFFF
        return (value &* 42_949_672_960_001) >> 32
    }

    /// The digits of a number below 10⁸, one a byte and with zeros in front.
    @inline(__always)
    static func digits(_ value: UInt64) -> UInt64 {
        // Two numbers below 10⁴, four below 10², eight below 10: each quotient by a multiplication
        // that is exact in its range.
        let high = value / 10_000
        let two = high | (value &- high &* 10_000) << 32
        let hundreds = ((two &* 10_486) >> 20) & 0x0000_007F_0000_007F
        let four = hundreds | (two &- hundreds &* 100) << 16
        let tens = ((four &* 103) >> 10) & 0x000F_000F_000F_000F
        return tens | (four &- tens &* 10) << 8
    }

    private static let zeros: UInt64 = 0x3030_3030_3030_3030

    /// Writes `value / 10^decimals` without zeros at its end where there is room for 48 bytes, and
    /// says how many it took.
    @inline(__always)
    static func write(
        _ value: Int64, decimals: Int, to out: UnsafeMutablePointer<UInt8>
    ) -> Int {
        let magnitude = value.magnitude
        var at = out
        at.pointee = UInt8(ascii: "-")
        at += value < 0 ? 1 : 0
        let whole: UInt64
        var fraction: UInt64
        switch decimals {
        case 0:
            whole = magnitude
            fraction = 0
        case 6:
            whole = magnitude / 1_000_000
            fraction = (magnitude &- whole &* 1_000_000) &* 100
        case 7:
            whole = magnitude / 10_000_000
            fraction = (magnitude &- whole &* 10_000_000) &* 10
        case 1...8:
            let power = DecimalNumber.wholePowers[decimals]
            whole = magnitude / power
            fraction = (magnitude &- whole &* power) &* DecimalNumber.wholePowers[8 - decimals]
        default: return writeSlowly(value, decimals: decimals, to: out)
        }
        guard whole < 100_000_000 else { return writeSlowly(value, decimals: decimals, to: out) }
        let digits = digits(whole)
        // The zeros in front go; a last digit stays.
        let leading = digits == 0 ? 7 : digits.trailingZeroBitCount >> 3
        store((digits | zeros) >> UInt64(8 * leading), to: at)
        at += 8 - leading
        guard fraction != 0 else { return at - out }
        at.pointee = UInt8(ascii: ".")
        at += 1
        fraction = Self.digits(fraction)
        store(fraction | zeros, to: at)
        at += 8 - fraction.leadingZeroBitCount >> 3
        return at - out
    }

    @inline(__always)
    private static func store(_ word: UInt64, to out: UnsafeMutablePointer<UInt8>) {
        UnsafeMutableRawPointer(out).storeBytes(of: word.littleEndian, as: UInt64.self)
    }

    /// The same digit by digit, for numbers of any size.
    static func writeSlowly(
        _ value: Int64, decimals: Int, to out: UnsafeMutablePointer<UInt8>
    ) -> Int {
        var rest = value.magnitude
        var decimals = decimals
        while decimals > 0, rest % 10 == 0 {
            rest /= 10
            decimals -= 1
        }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 48) { digits in
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
            if value < 0 {
                at -= 1
                digits[at] = UInt8(ascii: "-")
            }
            for i in at..<digits.count { out[i - at] = digits[i] }
            return digits.count - at
        }
    }
}
