extension Scores {
    /// How far one weight may change, the others keeping their proportions, before a weighted sum has
    /// another winner.
    ///
    /// - Parameters:
    ///   - table: The candidates and criteria.
    ///   - criterion: The criterion, by its place.
    /// - Returns: The weights, within 0 to 1, with which the first candidate of the highest score keeps
    ///   it.
    /// - Complexity: O(n m).
    public static func stableWeights(
        of table: CriteriaTable, _ criterion: Int
    ) -> ClosedRange<Double> {
        let scores = Scores(of: table, by: .weightedSum)
        guard let winner = scores.ranks.firstIndex(of: 1) else { return 0...1 }
        let weight = table.criteria[criterion].weight
        let own = table.scaled(criterion)
        // The score is w · own + (1 − w) · rest: a straight line in w.
        let rest = scores.values.indices.map { row in
            weight < 1 ? (scores.values[row] - weight * own[row]) / (1 - weight) : 0
        }
        var (low, high) = (0.0, 1.0)
        for row in scores.values.indices where row != winner {
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
}
