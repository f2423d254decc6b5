/// Random numbers that are the same on every run and machine, for draws with a seed.
///
/// SplitMix64: G. L. Steele, D. Lea and C. H. Flood, 2014, https://doi.org/10.1145/2714064.2660195.
package struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    /// A generator of its own for each of many draws, so that they may be made in any order.
    package init(seed: UInt64, stream: Int) {
        var first = SplitMix(seed: seed)
        state = first.next() ^ (UInt64(truncatingIfNeeded: stream) &* 0xD1B5_4A32_D192_ED03)
        _ = next()
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A number of at least 0 and below 1.
    package mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// A whole number of at least 0 and below a bound of at least 1, without bias worth the name.
    package mutating func below(_ bound: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// Shuffles in a way that does not depend on the standard library's.
    package mutating func shuffle<Element>(_ items: inout [Element]) {
        for i in items.indices.dropFirst().reversed() { items.swapAt(i, below(i + 1)) }
    }
}
