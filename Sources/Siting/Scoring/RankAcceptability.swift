internal import Analysis

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// How often each candidate has each rank when nothing is known of the weights: stochastic
/// multicriteria acceptability analysis.
///
/// Weights are drawn evenly from all that are at least 0 and add up to 1, and candidates are ranked by
/// the method: R. Lahdelma, P. Salminen, 2001, SMAA-2, https://doi.org/10.1287/opre.49.3.444.11220, for
/// weighted sums, and in the same way S. Corrente, J. R. Figueira, S. Greco, 2014, for PROMETHEE,
/// https://doi.org/10.1016/j.ejor.2014.05.026.
public struct RankAcceptability: Hashable, Sendable {
    /// The share of the draws in which each candidate is first; those of equal scores all are.
    public let first: [Double]
    /// The share in which each candidate is among the first three.
    public let firstThree: [Double]
    /// The mean of each candidate's ranks.
    public let meanRank: [Double]
    /// The mean of the weights with which each candidate is first; `nil` for one that never is.
    public let centralWeights: [[Double]?]
    /// How many weights were drawn.
    public let draws: Int
    /// The seed of the draws.
    public let seed: UInt64

    /// Draws weights and ranks.
    ///
    /// - Parameters:
    ///   - table: The candidates and criteria; their own weights have no part in it.
    ///   - method: How criteria are brought together.
    ///   - orness: Of the ordered average: from 0, where the worst value decides, to 1, where the best
    ///     does.
    ///   - draws: How many weights are drawn; shares are right to about 1/√draws.
    ///   - seed: The seed; the same one gives the same numbers.
    /// - Throws: ``SitingError`` (`badNumber`) for fewer than 1 draw.
    /// - Complexity: O(d n (m + log n)) for d draws, n candidates and m criteria.
    public init(
        of table: CriteriaTable, by method: Scores.Method = .weightedSum, orness: Double = 0.5,
        draws: Int = 10_000, seed: UInt64 = 1
    ) throws {
        guard draws >= 1 else {
            throw SitingError(
                .badNumber, at: "", "\(draws) weights cannot be drawn", remedy: "draw at least 1")
        }
        self.draws = draws
        self.seed = seed
        let rule = ScoringRule(of: table, by: method, orness: orness)
        let (count, criteria) = (table.values.count, table.criteria.count)
        var firsts = [Int](repeating: 0, count: count)
        var threes = firsts
        var ranks = firsts
        var central = [[Double]](repeating: Array(repeating: 0, count: criteria), count: count)
        var generator = SplitMix64(seed: seed)
        for _ in 0..<draws {
            let weights = Self.weights(criteria, &generator)
            let own = Scores.ranks(rule.values(weights), isLessBetter: rule.isLessBetter)
            for row in 0..<count {
                ranks[row] += own[row]
                if own[row] <= 3 { threes[row] += 1 }
                guard own[row] == 1 else { continue }
                firsts[row] += 1
                for criterion in 0..<criteria { central[row][criterion] += weights[criterion] }
            }
        }
        first = firsts.map { Double($0) / Double(draws) }
        firstThree = threes.map { Double($0) / Double(draws) }
        meanRank = ranks.map { Double($0) / Double(draws) }
        centralWeights = zip(central, firsts).map { sums, times in
            times > 0 ? sums.map { $0 / Double(times) } : nil
        }
    }

    /// Weights drawn evenly from the simplex: exponential numbers divided by their sum.
    private static func weights(_ count: Int, _ generator: inout SplitMix64) -> [Double] {
        let drawn = (0..<count).map { _ in -log(1 - generator.unit()) }
        let sum = drawn.reduce(0, +)
        return sum > 0
            ? drawn.map { $0 / sum } : Array(repeating: 1 / Double(count), count: count)
    }
}
