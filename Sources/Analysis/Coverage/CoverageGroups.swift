public import Features
public import Geometry

/// Coverage group by group of the demand: a province, a kind of household.
///
/// The distances to the nearest facility are held in memory, some 20 bytes each.
public struct CoverageGroups: Sendable {
    /// The distances to the nearest facility in metres, by group.
    public private(set) var distancesToNearest = EquityTally()
    /// The distances of the coverage, ascending.
    public let distances: [Distance]
    private var rows: [String?: Row] = [:]

    /// What is covered of one group.
    private struct Row {
        var counts: [Int]
        var weights: [Double]
    }

    /// Starts at nothing.
    ///
    /// - Parameter coverage: The operation whose results are added up; it must have a group field.
    public init(of coverage: Coverage) {
        precondition(coverage.groupField != nil, "the coverage has no groups")
        distances = coverage.distances
    }

    /// Adds a measured batch.
    ///
    /// - Parameter measured: The batch that follows those added before.
    public mutating func add(_ measured: Coverage.Measured) {
        let none = Row(
            counts: distances.map { _ in 0 }, weights: distances.map { _ in 0 })
        for (row, covering) in measured.covering.enumerated() where covering >= 0 {
            let weight = measured.weights.values[row]
            let group = measured.groups[row]
            // Farther than all others where none is reached.
            let nearest = measured.nearest[row]
            distancesToNearest.add(nearest.isNaN ? .infinity : nearest, weight, group)
            for i in covering..<distances.count {
                rows[group, default: none].counts[i] += 1
                rows[group, default: none].weights[i] += weight
            }
        }
    }

    /// The cross table of groups and distances.
    ///
    /// Columns `group`, `demand_count`, `demand_weight`, `mean_distance_m`, `median_distance_m`
    /// (weighted, to the nearest facility; null where the metric reaches none from too many), and for
    /// each distance `covered_count_<distance>`,
    /// `covered_share_<distance>`, `covered_weight_<distance>` and
    /// `covered_weight_share_<distance>`. The features have no geometry.
    ///
    /// - Returns: One feature a group, by the labels, those without one last.
    public func table() -> FeatureBatch {
        let groups = distancesToNearest.groups()
        var batch = FeatureBatch(geometry: GeometryColumn(groups.map { _ in nil }))
        batch.set("group", .string(groups.map(\.label)))
        batch.set("demand_count", .int(groups.map(\.count)))
        batch.set("demand_weight", .double(groups.map(\.scores.weight)))
        func metres(_ value: Double?) -> Double? {
            value.flatMap { $0.isFinite ? $0.toMicrometre : nil }
        }
        batch.set("mean_distance_m", .double(groups.map { metres($0.scores.mean) }))
        batch.set("median_distance_m", .double(groups.map { metres($0.scores.median) }))
        for (i, distance) in distances.enumerated() {
            let counts = groups.map { rows[$0.label]?.counts[i] ?? 0 }
            let weights = groups.map { rows[$0.label]?.weights[i] ?? 0 }
            batch.set("covered_count_\(distance.label)", .int(counts))
            batch.set(
                "covered_share_\(distance.label)",
                .double(zip(groups, counts).map { Double($1) / Double($0.count) }))
            batch.set("covered_weight_\(distance.label)", .double(weights))
            batch.set(
                "covered_weight_share_\(distance.label)",
                .double(
                    zip(groups, weights).map { $0.scores.weight > 0 ? $1 / $0.scores.weight : nil }
                ))
        }
        return batch
    }
}
