/// Eight bytes of text at once as decimal digits, the first of them in the lowest byte of a word.
///
/// The value is found in three multiplications, each of which joins neighbours (D. Lemire, Number
/// Parsing at a Gigabyte per Second, doi:10.1002/spe.2984, section 6).
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
}
