#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Significance by seeded permutations, and by the normal distribution.
enum PermutationTest {
    /// How many permutations are at least as large as what was observed, and at least as small.
    struct Tally {
        private let observed: Double
        /// Sums in another order end in other digits: values this near count as equal.
        private let tolerance: Double
        private var larger = 0
        private var smaller = 0
        private var count = 0

        init(observed: Double, tolerance: Double) {
            self.observed = observed
            self.tolerance = tolerance
        }

        mutating func add(_ value: Double) {
            count += 1
            if value >= observed - tolerance { larger += 1 }
            if value <= observed + tolerance { smaller += 1 }
        }

        /// The pseudo-significance: the share of permutations that are as extreme, to the side where
        /// there are fewer.
        ///
        /// As esda has it, but that a permutation which is equal counts on both sides; so what is the
        /// same in all of them has a significance of 1. `nil` for no permutations.
        var significance: Double? {
            count == 0 ? nil : Double(min(larger, smaller) + 1) / Double(count + 1)
        }
    }

    /// The two-sided probability of a standard normal score.
    static func twoSided(_ score: Double) -> Double { erfc(score.magnitude / 2.squareRoot()) }

    /// The one-sided probability of a standard normal score.
    static func oneSided(_ score: Double) -> Double { erfc(score.magnitude / 2.squareRoot()) / 2 }

    /// Works on rows on several tasks; the number of tasks changes nothing but the time.
    static func rows<Result: Sendable>(
        _ count: Int, tasks: Int, _ body: @escaping @Sendable (Int) -> Result
    ) async -> [Result] {
        let size = max(1, (count + max(1, tasks) - 1) / max(1, tasks))
        let parts = stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
        let work = parts.map { part in Task.detached { part.map(body) } }
        var results: [Result] = []
        for task in work { results += await task.value }
        return results
    }
}

/// Draws some of many numbers at random, none of them twice.
struct SubsetDrawer {
    private var numbers: [Int]
    private var swaps: [Int] = []

    /// Prepares the numbers from 0 to a count.
    init(count: Int) { numbers = Array(0..<count) }

    /// Draws numbers.
    ///
    /// - Returns: The numbers, in the order in which they were drawn.
    mutating func draw(_ wanted: Int, _ random: inout SplitMix64) -> ArraySlice<Int> {
        // What was swapped for the last draw is put back, so that draws do not depend on each other.
        for (i, j) in swaps.enumerated().reversed() { numbers.swapAt(i, j) }
        swaps.removeAll(keepingCapacity: true)
        for i in 0..<wanted {
            let j = i + random.below(numbers.count - i)
            numbers.swapAt(i, j)
            swaps.append(j)
        }
        return numbers[0..<wanted]
    }
}
