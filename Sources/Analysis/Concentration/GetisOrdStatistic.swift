/// Getis–Ord Gi*: where high or low values lie together.
///
/// J. K. Ord and A. Getis, Local spatial autocorrelation statistics, 1995,
/// https://doi.org/10.1111/j.1538-4632.1995.tb00912.x: the sum of a feature's own value and its
/// neighbours', each counting one, as a standard score against values in random order.
public struct GetisOrdStatistic: Sendable {
    /// The score of each feature: above 0 where high values lie together, below 0 where low ones do.
    public let scores: [Double]
    /// The one-sided probability of each score by the normal distribution.
    public let probabilities: [Double]
    /// The pseudo-significance of each by conditional permutations; `nil` where none were asked for.
    public let significances: [Double?]

    /// Measures a layer.
    ///
    /// - Parameters:
    ///   - values: The values, one a feature.
    ///   - weights: The neighbours of the features; how much each counts does not matter.
    ///   - permutations: How many permutations are drawn, 0 for none.
    ///   - seed: The same seed gives the same significances.
    ///   - tasks: How many features are worked on at once; changes nothing but the time.
    /// - Throws: ``AnalysisError`` (`badArgument`) where there is no statistic, as ``MoranStatistic``.
    /// - Complexity: O(m) for m neighbours, for each permutation.
    public init(
        of values: [Double], _ weights: SpatialWeights, permutations: Int = 999, seed: UInt64 = 1,
        tasks: Int = 1
    ) async throws {
        precondition(values.count == weights.count, "one value a feature")
        let z = try MoranStatistic.centred(values, weights)
        let n = Double(values.count)
        let deviation = (z.reduce(0) { $0 + $1 * $1 } / n).squareRoot()
        let tolerance = 1e-9 * (z.map(\.magnitude).max() ?? 0)
        let found = await PermutationTest.rows(values.count, tasks: tasks) {
            row -> (score: Double, significance: Double?) in
            let entries = weights.entries(of: row)
            let around = entries.reduce(0) { $0 + z[weights.neighbours[$1]] }
            // Itself and its neighbours.
            let size = Double(entries.count + 1)
            let spread = deviation * ((n * size - size * size) / (n - 1)).squareRoot()
            let score = spread > 0 ? (z[row] + around) / spread : 0
            guard permutations > 0, !entries.isEmpty else { return (score, nil) }
            var random = SplitMix64(seed: seed, stream: Int.min + row)
            var drawer = SubsetDrawer(count: z.count - 1)
            var tally = PermutationTest.Tally(observed: around, tolerance: tolerance)
            for _ in 0..<permutations {
                tally.add(
                    drawer.draw(entries.count, &random).reduce(0) {
                        $0 + z[$1 < row ? $1 : $1 + 1]
                    })
            }
            return (score, tally.significance)
        }
        scores = found.map(\.score)
        probabilities = found.map { PermutationTest.oneSided($0.score) }
        significances = found.map(\.significance)
    }
}
