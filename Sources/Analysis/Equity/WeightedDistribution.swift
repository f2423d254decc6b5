#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Scores with weights, in order: what their middle, their spread and their inequality come from.
///
/// Every score counts with its weight, so that the figures are those of the people and not of the
/// places.
public struct WeightedDistribution: Sendable {
    /// The scores above a weight of 0, ascending.
    private let sorted: [(value: Double, weight: Double)]
    /// The sum of the weights.
    public let weight: Double
    /// The sum of weight times score.
    public let sum: Double

    /// Puts scores in order.
    ///
    /// - Parameters:
    ///   - values: The scores, finite; those whose weight is 0 do not count.
    ///   - weights: How much each counts, as many as scores.
    /// - Complexity: O(n log n).
    public init(_ values: [Double], weights: [Double]) {
        precondition(values.count == weights.count, "one weight a score")
        sorted = zip(values, weights).filter { $0.1 > 0 }.map { (value: $0.0, weight: $0.1) }
            .sorted { $0.value < $1.value }
        weight = sorted.reduce(0) { $0 + $1.weight }
        sum = sorted.reduce(0) { $0 + $1.value * $1.weight }
    }

    /// Whether nothing counts.
    public var isEmpty: Bool { sorted.isEmpty }
    /// The mean; `nil` where nothing counts.
    public var mean: Double? { isEmpty ? nil : sum / weight }
    /// The least score.
    public var least: Double? { sorted.first?.value }
    /// The greatest score.
    public var greatest: Double? { sorted.last?.value }
    /// The median; the middle between two where half of the weight ends at one of them.
    public var median: Double? { quantile(0.5) }

    /// The score below which a share of the weight lies.
    ///
    /// - Parameter share: From 0 to 1.
    /// - Returns: The score; the middle between two where that share ends at one of them; `nil` where
    ///   nothing counts.
    public func quantile(_ share: Double) -> Double? {
        var passed = 0.0
        for (at, score) in sorted.enumerated() {
            passed += score.weight
            if passed < weight * share { continue }
            let isMiddle = passed == weight * share && at + 1 < sorted.count
            return isMiddle ? (score.value + sorted[at + 1].value) / 2 : score.value
        }
        return greatest
    }

    /// Gini's coefficient: 0 where all have the same, towards 1 where one has all.
    ///
    /// Half the mean difference between two, over the mean (C. Gini, 1912); `nil` where all have 0
    /// or a score is below 0.
    public var gini: Double? {
        guard hasShares else { return nil }
        // Twice the area under the Lorenz curve, by trapezoids.
        var area = 0.0
        var reached = 0.0
        for score in sorted {
            let next = reached + score.value * score.weight
            area += score.weight * (reached + next)
            reached = next
        }
        return max(0, 1 - area / (weight * sum))
    }

    /// Theil's T: 0 where all have the same, ln n where one of n has all.
    ///
    /// The mean of y/µ ln(y/µ) for scores y of mean µ (H. Theil, Economics and Information Theory,
    /// 1967); a score of 0 adds nothing. `nil` as for ``gini``.
    public var theil: Double? {
        guard hasShares, let mean else { return nil }
        let total = sorted.reduce(0) { total, score in
            let ratio = score.value / mean
            return ratio > 0 ? total + score.weight * ratio * log(ratio) : total
        }
        return max(0, total / weight)
    }

    /// Hoover's index: the share of all scores that would have to change hands for all to have the
    /// same.
    ///
    /// Half the mean deviation from the mean, over the mean (E. M. Hoover, 1936,
    /// https://doi.org/10.2307/1927875). `nil` as for ``gini``.
    public var hoover: Double? {
        guard hasShares, let mean else { return nil }
        return sorted.reduce(0) { $0 + $1.weight * ($1.value - mean).magnitude } / (2 * sum)
    }

    /// What share of all scores the lowest share of the weight has: a point of the Lorenz curve.
    ///
    /// M. O. Lorenz, 1905, https://doi.org/10.2307/2276207. Between scores the curve is straight.
    ///
    /// - Parameter share: The share of the weight, from 0 to 1.
    /// - Returns: From 0 to 1; `nil` as for ``gini``.
    /// - Complexity: O(n).
    public func lorenz(_ share: Double) -> Double? {
        guard hasShares else { return nil }
        if share >= 1 { return 1 }
        var rest = max(0, share) * weight
        var reached = 0.0
        for score in sorted {
            if rest <= score.weight { return (reached + rest * score.value) / sum }
            rest -= score.weight
            reached += score.value * score.weight
        }
        return 1
    }

    /// Points of the Lorenz curve at equal steps of the demand.
    ///
    /// - Parameter steps: How many steps; at least 1.
    /// - Returns: Shares of the weight and of all scores, from 0 to 1; none where there is no curve.
    /// - Complexity: O(n · steps).
    public func lorenzCurve(steps: Int) -> [(demand: Double, score: Double)] {
        (0...max(1, steps)).compactMap { step in
            let share = Double(step) / Double(max(1, steps))
            return lorenz(share).map { (share, $0) }
        }
    }

    private var hasShares: Bool { sum > 0 && (least ?? 0) >= 0 }
}
