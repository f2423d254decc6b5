extension Scores {
    /// How far one weight may change, the others keeping their proportions, before another candidate is
    /// better than the winner.
    ///
    /// Of the weighted sum and of PROMETHEE II, which are straight lines in the weight, the limits are
    /// those of the lines' crossings. Of the other methods the first of 256 equal steps at which the winner
    /// is beaten is halved until the limit is found: one that is beaten only between two steps is not seen.
    ///
    /// - Parameters:
    ///   - table: The candidates and criteria.
    ///   - criterion: The criterion, by its place.
    ///   - method: How criteria are brought together.
    ///   - orness: Of the ordered average: from 0, where the worst value decides, to 1, where the best
    ///     does.
    /// - Returns: The weights, within 0 to 1, with which the first candidate of the best score keeps it.
    /// - Complexity: O(n m) for n candidates and m criteria, of the other methods 300 times at most.
    public static func stableWeights(
        of table: CriteriaTable, _ criterion: Int, by method: Method = .weightedSum,
        orness: Double = 0.5
    ) -> ClosedRange<Double> {
        let rule = ScoringRule(of: table, by: method, orness: orness)
        let weights = table.criteria.map(\.weight)
        let values = rule.values(weights)
        let ranks = Self.ranks(values, isLessBetter: rule.isLessBetter)
        guard let winner = ranks.firstIndex(of: 1) else { return 0...1 }
        if let columns = rule.linear {
            return lines(values, columns[criterion], weights[criterion], winner)
        }
        if table.isBest(winner) { return 0...1 }
        let rest = 1 - weights[criterion]
        return steps(around: weights[criterion]) { weight in
            var changed = weights.map { rest > 0 ? $0 / rest * (1 - weight) : 0 }
            changed[criterion] = weight
            let values = rule.values(changed)
            let best = rule.isLessBetter ? values.min() : values.max()
            return (values[winner] - (best ?? 0)).magnitude <= rounding
        }
    }

    /// The weights for which a straight line lies above the others.
    private static func lines(
        _ values: [Double], _ own: [Double], _ weight: Double, _ winner: Int
    ) -> ClosedRange<Double> {
        // The score is w · own + (1 − w) · rest: a straight line in w.
        let rest = values.indices.map { row in
            weight < 1 ? (values[row] - weight * own[row]) / (1 - weight) : 0
        }
        var (low, high) = (0.0, 1.0)
        for row in values.indices where row != winner {
            let atNone = rest[winner] - rest[row]
            let atAll = own[winner] - own[row]
            let slope = atAll - atNone
            if slope == 0 { continue }
            let crossing = -atNone / slope
            if slope > 0 { low = max(low, crossing) } else { high = min(high, crossing) }
        }
        // Rounding must not put the weight itself outside.
        return min(low, weight)...max(high, weight)
    }

    /// The range around a weight in which something holds, as far as steps tell.
    private static func steps(
        around weight: Double, holds: (Double) -> Bool
    ) -> ClosedRange<Double> {
        func end(towards end: Double) -> Double {
            var last = weight
            let step: Double = end > weight ? 1.0 / 256 : -1.0 / 256
            while last != end {
                let next = step > 0 ? min(end, last + step) : max(end, last + step)
                if holds(next) {
                    last = next
                    continue
                }
                var beyond = next
                for _ in 0..<40 {
                    let middle = (last + beyond) / 2
                    if holds(middle) { last = middle } else { beyond = middle }
                }
                return last
            }
            return end
        }
        return end(towards: 0)...end(towards: 1)
    }
}

extension CriteriaTable {
    /// Whether no candidate is better than one by any criterion.
    fileprivate func isBest(_ row: Int) -> Bool {
        criteria.indices.allSatisfy { criterion in
            let column = column(criterion)
            let best = criteria[criterion].goal == .max ? column.max() : column.min()
            return column[row] == best
        }
    }
}
