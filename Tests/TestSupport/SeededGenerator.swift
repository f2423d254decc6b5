public import Geometry

/// Random numbers that are the same on every run and machine.
///
/// SplitMix64: Steele, Lea and Flood, 2014, https://doi.org/10.1145/2714064.2660195.
public struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    /// Creates a generator.
    ///
    /// - Parameter seed: Two generators of the same seed give the same numbers.
    public init(seed: UInt64) { state = seed }

    /// The next 64 random bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A random position in a box.
    ///
    /// - Parameters:
    ///   - longitudes: Degrees.
    ///   - latitudes: Degrees.
    /// - Returns: The position.
    public mutating func position(
        _ longitudes: ClosedRange<Double> = -180...180,
        _ latitudes: ClosedRange<Double> = -90...90
    ) -> Position {
        Position(.random(in: longitudes, using: &self), .random(in: latitudes, using: &self))
    }

    /// Random positions in South Korea's box.
    ///
    /// - Parameter count: How many.
    /// - Returns: The positions.
    public mutating func korea(_ count: Int) -> [Position] {
        (0..<count).map { _ in position(126...129.6, 34.3...38.3) }
    }
}
