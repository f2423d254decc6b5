/// Moran's I: whether near features have like values, for a whole layer and for each feature.
///
/// P. A. P. Moran, 1950, https://doi.org/10.1093/biomet/37.1-2.17.
public struct MoranStatistic: Sendable {
    /// Moran's I of the whole layer.
    public let value: Double
    /// What is expected of values without any pattern: −1/(n − 1).
    public let expected: Double
    /// How many standard deviations I lies from that, for values in random order (Cliff and Ord).
    public let score: Double
    /// The two-sided probability of that score.
    public let probability: Double
    /// The pseudo-significance by permutations; `nil` where none were asked for.
    public let significance: Double?
    /// What each feature contributes.
    ///
    /// L. Anselin, Local indicators of spatial association, 1995,
    /// https://doi.org/10.1111/j.1538-4632.1995.tb00338.x.
    public let local: [Local]

    /// The local statistic of a feature.
    public struct Local: Hashable, Sendable {
        /// The local Moran's I.
        public let value: Double
        /// Whether the value and its surroundings are high or low; `nil` without neighbours.
        public let quadrant: Quadrant?
        /// The pseudo-significance by conditional permutations; `nil` where none were asked for, or
        /// without neighbours.
        public let significance: Double?
    }

    /// A value beside those of its neighbours, against the mean.
    public enum Quadrant: String, Hashable, Sendable {
        /// High among high: a hot spot.
        case highHigh = "high-high"
        /// Low among high.
        case lowHigh = "low-high"
        /// Low among low: a cold spot.
        case lowLow = "low-low"
        /// High among low.
        case highLow = "high-low"
    }

    /// Measures a layer.
    ///
    /// - Parameters:
    ///   - values: The values, one a feature.
    ///   - weights: The neighbours of the features.
    ///   - permutations: How many permutations are drawn, 0 for none.
    ///   - seed: The same seed gives the same significances.
    ///   - tasks: How many features are worked on at once; changes nothing but the time.
    /// - Throws: ``AnalysisError`` (`badArgument`) for fewer than four features, values that are all the
    ///   same, or features of which none has a neighbour: there is no statistic then.
    /// - Complexity: O(m) for m neighbours, for each permutation.
    public init(
        of values: [Double], _ weights: SpatialWeights, permutations: Int = 999, seed: UInt64 = 1,
        tasks: Int = 1
    ) async throws {
        precondition(values.count == weights.count, "one value a feature")
        let z = try Self.centred(values, weights)
        let n = Double(values.count)
        let (s0, s1, s2) = weights.sums
        let square = z.reduce(0) { $0 + $1 * $1 }
        let lags = values.indices.map { weights.lag(of: z, at: $0) }
        let observed = n / s0 * zip(z, lags).reduce(0) { $0 + $1.0 * $1.1 } / square
        value = observed
        expected = -1 / (n - 1)
        let kurtosis = (z.reduce(0) { $0 + $1 * $1 * $1 * $1 } / n) / (square / n * (square / n))
        let first = n * ((n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0 * s0)
        let second = kurtosis * ((n * n - n) * s1 - 2 * n * s2 + 6 * s0 * s0)
        let third = (n - 1) * (n - 2) * (n - 3) * s0 * s0
        let variance = (first - second) / third - expected * expected
        score = (observed - expected) / variance.squareRoot()
        probability = PermutationTest.twoSided(score)
        // Less than any difference of values that means something.
        let tolerance = 1e-11 * (z.map(\.magnitude).max() ?? 0)
        if permutations > 0 {
            let rounds = await PermutationTest.rows(permutations, tasks: tasks) { round in
                var random = SplitMix64(seed: seed, stream: round)
                var shuffled = z
                random.shuffle(&shuffled)
                let sum = shuffled.indices.reduce(0) {
                    $0 + shuffled[$1] * weights.lag(of: shuffled, at: $1)
                }
                return n / s0 * sum / square
            }
            var tally = PermutationTest.Tally(observed: observed, tolerance: 1e-11)
            for value in rounds { tally.add(value) }
            significance = tally.significance
        } else {
            significance = nil
        }
        local = await PermutationTest.rows(values.count, tasks: tasks) { row in
            let scale = (n - 1) / square
            let isHigh = z[row] > 0
            let isHighAround = lags[row] > 0
            let quadrant: Quadrant =
                isHigh
                ? isHighAround ? .highHigh : .highLow : isHighAround ? .lowHigh : .lowLow
            return Local(
                value: scale * z[row] * lags[row],
                quadrant: weights.entries(of: row).isEmpty ? nil : quadrant,
                significance: Self.significance(
                    of: row, z, lags[row], tolerance, weights, permutations, seed))
        }
    }

    /// The values less their mean.
    static func centred(_ values: [Double], _ weights: SpatialWeights) throws -> [Double] {
        func none(_ problem: String, _ remedy: String) -> AnalysisError {
            AnalysisError(.badArgument, at: "", problem, remedy: remedy)
        }
        guard values.count >= 4 else {
            throw none(
                "\(values.count) features with a place and a value are too few for this statistic",
                "choose a layer of at least 4")
        }
        guard values.contains(where: { $0 != values[0] }) else {
            throw none("all features have the same value", "choose a field whose values differ")
        }
        guard !weights.neighbours.isEmpty else {
            throw none("no feature has a neighbour", "choose a greater distance, or --nearest")
        }
        let mean = values.reduce(0, +) / Double(values.count)
        return values.map { $0 - mean }
    }

    /// The significance of a feature's surroundings among as many others drawn at random.
    private static func significance(
        of row: Int, _ z: [Double], _ lag: Double, _ tolerance: Double, _ weights: SpatialWeights,
        _ permutations: Int, _ seed: UInt64
    ) -> Double? {
        let entries = weights.entries(of: row)
        guard permutations > 0, !entries.isEmpty else { return nil }
        var random = SplitMix64(seed: seed, stream: Int.min + row)
        var drawer = SubsetDrawer(count: z.count - 1)
        var tally = PermutationTest.Tally(observed: lag, tolerance: tolerance)
        for _ in 0..<permutations {
            let drawn = drawer.draw(entries.count, &random)
            let sum = zip(entries, drawn).reduce(0) { sum, pair in
                sum + weights.weights[pair.0] * z[pair.1 < row ? pair.1 : pair.1 + 1]
            }
            tally.add(sum)
        }
        return tally.significance
    }
}
