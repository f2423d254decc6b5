/// Random numbers that are the same on every run, machine and number of tasks.
///
/// SplitMix64: G. L. Steele, D. Lea and C. H. Flood, 2014, https://doi.org/10.1145/2714064.2660195.
package struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    /// Creates the generator of a seed.
    package init(seed: UInt64) { state = seed }

    /// Creates one of many generators of a seed, so that draws may be made in any order.
    package init(seed: UInt64, stream: Int) {
        var first = SplitMix64(seed: seed)
        // Streams of one seed start far from each other.
        state = first.next() ^ (UInt64(truncatingIfNeeded: stream) &* 0xD1B5_4A32_D192_ED03)
        _ = next()
    }

    /// The next 64 random bits.
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A number of at least 0 and below 1.
    package mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// A whole number of at least 0 and below a bound of at least 1, each as likely as the others.
    ///
    /// D. Lemire, 2019, https://doi.org/10.1145/3230636.
    package mutating func below(_ bound: Int) -> Int {
        let bound = UInt64(bound)
        var product = next().multipliedFullWidth(by: bound)
        // So many of the lowest products would make some numbers likelier.
        let surplus = (0 &- bound) % bound
        while product.low < surplus { product = next().multipliedFullWidth(by: bound) }
        return Int(product.high)
    }

    /// Shuffles in a way that does not depend on the standard library's.
    package mutating func shuffle<Element>(_ items: inout [Element]) {
        for i in items.indices.dropFirst().reversed() { items.swapAt(i, below(i + 1)) }
    }
}
