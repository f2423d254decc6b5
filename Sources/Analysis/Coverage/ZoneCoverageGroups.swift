public import Features
public import Geometry

/// Which share of zones is covered, group by group: of the towns of each province, say.
public struct ZoneCoverageGroups: Sendable {
    /// The zones' field that tells groups apart.
    public let field: String
    /// The distances of the coverage, ascending.
    public let distances: [Distance]
    private let nothing: ZoneCoverageTally
    private var tallies: [String?: ZoneCoverageTally] = [:]

    /// Starts at nothing.
    ///
    /// - Parameters:
    ///   - zones: The operation whose results are added up.
    ///   - field: The zones' field that tells groups apart.
    public init(of zones: ZoneCoverage, by field: String) {
        self.field = field
        distances = zones.coverage.distances
        nothing = ZoneCoverageTally(of: zones)
    }

    /// Adds a measured batch.
    ///
    /// - Parameters:
    ///   - measured: The batch that follows those added before.
    ///   - layer: The zones' layer, for messages.
    /// - Throws: ``AnalysisError`` (`badField`) where there is no such field.
    public mutating func add(_ measured: ZoneCoverage.Measured, layer: String) throws {
        let labels = try LabelField.labels(field, of: measured.batch, layer: layer)
        for (row, label) in labels.enumerated() {
            tallies[label, default: nothing].add(row, of: measured)
        }
    }

    /// The cross table of groups and distances.
    ///
    /// Columns `group`, `zone_count`, `zone_km2`, `demand_weight`, and for each distance
    /// `covered_km2_<distance>`, `covered_share_<distance>`, `covered_weight_<distance>` and
    /// `covered_weight_share_<distance>`. The features have no geometry.
    ///
    /// - Returns: One feature a group with an area, by the labels, zones without one last.
    public func table() -> FeatureBatch {
        let groups = tallies.filter { $0.value.zoneCount > 0 }.sorted {
            guard let a = $0.key else { return false }
            guard let b = $1.key else { return true }
            return a < b
        }
        let sums = groups.map(\.value)
        var batch = FeatureBatch(geometry: GeometryColumn(groups.map { _ in nil }))
        batch.set("group", .string(groups.map(\.key)))
        batch.set("zone_count", .int(sums.map(\.zoneCount)))
        batch.set("zone_km2", .double(sums.map(\.zoneArea.toSquareKilometres)))
        batch.set("demand_weight", .double(sums.map { $0.demandWeight }))
        for (i, distance) in distances.enumerated() {
            let label = distance.label
            batch.set(
                "covered_km2_\(label)", .double(sums.map { $0.coveredAreas[i].toSquareKilometres }))
            batch.set("covered_share_\(label)", .double(sums.map { $0.coveredShare(i) }))
            batch.set("covered_weight_\(label)", .double(sums.map { $0.coveredWeights[i] }))
            batch.set(
                "covered_weight_share_\(label)", .double(sums.map { $0.coveredWeightShare(i) }))
        }
        return batch
    }
}
