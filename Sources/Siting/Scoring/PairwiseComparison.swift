/// Weights from comparing criteria two by two: the analytic hierarchy process.
///
/// T. L. Saaty, 1977, https://doi.org/10.1016/0022-2496(77)90033-5.
public struct PairwiseComparison: Hashable, Sendable {
    /// How much each criterion counts, adding up to 1: the principal eigenvector.
    public let weights: [Double]
    /// The principal eigenvalue; the number of criteria where all comparisons agree.
    public let eigenvalue: Double
    /// The consistency ratio; above 0.1 the comparisons contradict each other too much.
    public let consistencyRatio: Double

    /// Saaty's mean consistency index of random comparisons, by the number of criteria.
    private static let randomIndex = [
        0, 0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59,
    ]

    /// Works out the weights.
    ///
    /// - Parameter ratios: How many times as important each criterion is as each other; a row a
    ///   criterion, with 1 on the diagonal.
    /// - Throws: ``SitingError`` (`badWeight`) where a ratio is not above 0, or is not one divided by
    ///   the opposite one.
    /// - Complexity: O(n²) a step, some dozens of steps.
    public init(_ ratios: [[Double]]) throws {
        let count = ratios.count
        for i in 0..<count {
            precondition(ratios[i].count == count)
            for j in 0..<count {
                let product = ratios[i][j] * ratios[j][i]
                guard ratios[i][j] > 0, (product - 1).magnitude < 1e-9 else {
                    throw SitingError(
                        .badWeight, at: "criteria \(i + 1) and \(j + 1)",
                        "the comparison is \(ratios[i][j]) one way and \(ratios[j][i]) the other",
                        remedy: "give each pair one ratio above 0; the other way is 1 divided by it"
                    )
                }
            }
        }
        var weights = [Double](repeating: 1 / Double(max(1, count)), count: count)
        var eigenvalue = Double(count)
        for _ in 0..<10_000 {
            let product = ratios.map { row in zip(row, weights).reduce(0) { $0 + $1.0 * $1.1 } }
            eigenvalue = product.reduce(0, +)
            let next = product.map { $0 / eigenvalue }
            let change = zip(next, weights).reduce(0) { max($0, ($1.0 - $1.1).magnitude) }
            weights = next
            if change < 1e-15 { break }
        }
        self.weights = weights
        self.eigenvalue = eigenvalue
        let index = Self.randomIndex[min(count, Self.randomIndex.count - 1)]
        consistencyRatio =
            index > 0 ? max(0, (eigenvalue - Double(count)) / Double(count - 1) / index) : 0
    }
}
