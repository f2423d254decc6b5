public import Features
internal import Geometry

/// What each facility covers, and what no other facility does: what would be lost if it closed.
///
/// Sums run over the features in their order, so that cutting the flow into other batches changes no
/// bit of them.
public struct CoverageByFacility: Sendable {
    private let coverage: Coverage
    /// For each distance and facility.
    private var covered: [[Share]]
    private var alone: [[Share]]

    private struct Share: Sendable {
        var count = 0
        var weight = 0.0

        mutating func add(_ more: Double) {
            count += 1
            weight += more
        }
    }

    /// Starts at nothing.
    ///
    /// - Parameter coverage: The operation whose results are added up.
    public init(of coverage: Coverage) {
        self.coverage = coverage
        covered = coverage.distances.map { _ in
            Array(repeating: Share(), count: coverage.facilities.count)
        }
        alone = covered
    }

    /// A batch of demand with the facilities within each distance.
    public struct Part: Sendable {
        fileprivate let rows: [NeighbourRows]
        fileprivate let weights: [Double]
    }

    /// Finds the facilities that cover each feature.
    ///
    /// - Parameter measured: A measured batch.
    /// - Returns: What is added to the sums; batches may be asked on several tasks.
    /// - Throws: An error of the metric.
    /// - Complexity: O(n log m + r) on average for n features, m facilities and r pairs.
    public func part(of measured: Coverage.Measured) throws -> Part {
        let rows = try coverage.distances.map { distance in
            var all = NeighbourRows()
            try CostMatrix(to: coverage.facilities, within: distance).forEachBlock(
                of: measured.places
            ) { _, rows in all.append(contentsOf: rows) }
            return all
        }
        return Part(rows: rows, weights: measured.weights.values)
    }

    /// Adds the batch that follows those added before.
    ///
    /// - Parameter part: What ``part(of:)`` found.
    public mutating func add(_ part: Part) {
        for (distance, rows) in part.rows.enumerated() {
            for (row, weight) in part.weights.enumerated() {
                let entries = rows.entries(of: row)
                for entry in entries {
                    let facility = Int(rows.indices[entry])
                    covered[distance][facility].add(weight)
                    if entries.count == 1 { alone[distance][facility].add(weight) }
                }
            }
        }
    }

    /// The area around each facility with what it covers.
    ///
    /// Each feature carries `facility_id`, `facility_name`, `within_m`, `area_km2` (on the ellipsoid),
    /// `covered_count` and `covered_weight`, and `only_count` and `only_weight` of what no other
    /// facility covers. Areas are drawn as ``Coverage/areas(_:progress:)`` draws them, each by itself.
    ///
    /// - Returns: One feature a distance and facility that has a place, by distance.
    /// - Throws: ``AnalysisError`` (`cannotDraw`) naming the facility around which nothing can be
    ///   drawn.
    public func areas() throws -> FeatureBatch {
        let layer = coverage.facilities
        let located = layer.shapes.indices.filter { layer.shapes[$0]?.isEmpty == false }
        let rows = coverage.distances.indices.flatMap { distance in
            located.map { (distance: distance, facility: $0) }
        }
        let shapes = try coverage.distances.flatMap { distance in
            try coverage.parts(within: distance).map { $0.rounded(decimals: 7) }
        }
        func label(_ row: (distance: Int, facility: Int)) -> String {
            "\(layer.ids[row.facility])_\(coverage.distances[row.distance].label)"
        }
        var batch = FeatureBatch(
            geometry: GeometryColumn(shapes.map { $0 }), ids: .string(rows.map(label)))
        batch.set("facility_id", .string(rows.map { layer.ids[$0.facility] }))
        batch.set("facility_name", .string(rows.map { layer.names[$0.facility] }))
        batch.set("within_m", .double(rows.map { coverage.distances[$0.distance].metres }))
        batch.set("area_km2", .double(shapes.map { $0.geodesicArea.toSquareKilometres }))
        batch.set("covered_count", .int(rows.map { covered[$0.distance][$0.facility].count }))
        batch.set("covered_weight", .double(rows.map { covered[$0.distance][$0.facility].weight }))
        batch.set("only_count", .int(rows.map { alone[$0.distance][$0.facility].count }))
        batch.set("only_weight", .double(rows.map { alone[$0.distance][$0.facility].weight }))
        return batch
    }
}
