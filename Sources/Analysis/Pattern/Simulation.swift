/// Random numbers that are the same on every run, machine and number of tasks.
///
/// SplitMix64: G. L. Steele, D. Lea and C. H. Flood, 2014, https://doi.org/10.1145/2714064.2660195.
package struct SplitMix64 {
    private var state: UInt64

    /// Creates the generator of one simulation of many.
    package init(seed: UInt64, simulation: Int = 0) {
        state = seed
        // Of each seed simulations start far from each other.
        let start = next() ^ (UInt64(truncatingIfNeeded: simulation) &* 0xD134_2543_DE82_EF95)
        state = start
    }

    /// The next 64 random bits.
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A number from 0 to below 1.
    package mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// A whole number from 0 to below a bound.
    package mutating func below(_ bound: Int) -> Int {
        // The multiple of 2⁶⁴ that a bound divides: what is left over is drawn again.
        let bound = UInt64(bound)
        let rest = (UInt64.max % bound + 1) % bound
        var bits = next()
        while bits > UInt64.max - rest { bits = next() }
        return Int(bits % bound)
    }
}

/// Simulations of what chance alone would do.
enum Simulation {
    /// Runs simulations on several tasks.
    ///
    /// - Parameters:
    ///   - count: How many.
    ///   - tasks: How many are worked on at once.
    ///   - body: Runs some of them, by their numbers.
    /// - Returns: What comes of each, in their order.
    /// - Throws: What `body` throws.
    static func run<Result: Sendable>(
        _ count: Int, tasks: Int, _ body: @escaping @Sendable (Range<Int>) throws -> [Result]
    ) async throws -> [Result] {
        let pieces = max(1, min(tasks, count))
        return try await withThrowingTaskGroup(of: (Int, [Result]).self) { group in
            for piece in 0..<pieces {
                let range = count * piece / pieces..<count * (piece + 1) / pieces
                group.addTask { (piece, try body(range)) }
            }
            var parts: [Int: [Result]] = [:]
            for try await (piece, part) in group { parts[piece] = part }
            return (0..<pieces).flatMap { parts[$0] ?? [] }
        }
    }
}
