public import Features

extension EquityTally {
    /// The Lorenz curve as a table: what share of all scores the lowest shares of the demand have.
    ///
    /// Columns `demand_share`, `score_share` and `score`, the greatest score among that share. The
    /// features have no geometry.
    ///
    /// - Parameter steps: How many equal steps; at least 1.
    /// - Returns: One feature a step, from 0 to 1; none where nothing counts or all scores are 0.
    public func lorenz(steps: Int = 10) -> FeatureBatch {
        let scores = distribution()
        let curve = scores.lorenzCurve(steps: steps)
        var batch = FeatureBatch(geometry: GeometryColumn(curve.map { _ in nil }))
        batch.set("demand_share", .double(curve.map(\.demand)))
        batch.set("score_share", .double(curve.map(\.score)))
        batch.set(
            "score",
            .double(curve.map { $0.demand == 0 ? scores.least : scores.quantile($0.demand) }))
        return batch
    }

    /// The groups as a table.
    ///
    /// Columns `group`, `demand_count`, `demand_weight`, `demand_share`, `score_share`, `mean`,
    /// `median`, `least`, `greatest`, `gini`, `theil`. The features have no geometry.
    ///
    /// - Parameter groups: The groups.
    /// - Returns: One feature a group.
    public static func table(of groups: [Group]) -> FeatureBatch {
        let weight = groups.reduce(0) { $0 + $1.scores.weight }
        let sum = groups.reduce(0) { $0 + $1.scores.sum }
        var batch = FeatureBatch(geometry: GeometryColumn(groups.map { _ in nil }))
        batch.set("group", .string(groups.map(\.label)))
        batch.set("demand_count", .int(groups.map(\.count)))
        batch.set("demand_weight", .double(groups.map(\.scores.weight)))
        batch.set(
            "demand_share", .double(groups.map { weight > 0 ? $0.scores.weight / weight : nil }))
        batch.set("score_share", .double(groups.map { sum > 0 ? $0.scores.sum / sum : nil }))
        batch.set("mean", .double(groups.map(\.scores.mean)))
        batch.set("median", .double(groups.map(\.scores.median)))
        batch.set("least", .double(groups.map(\.scores.least)))
        batch.set("greatest", .double(groups.map(\.scores.greatest)))
        batch.set("gini", .double(groups.map(\.scores.gini)))
        batch.set("theil", .double(groups.map(\.scores.theil)))
        return batch
    }
}
