public import Features
public import Geometry

/// One to one: each feature gets a facility that no other has.
public struct ExclusiveProximity: Sendable {
    /// How the pairs are found.
    public enum Method: String, CaseIterable, Sendable {
        /// As many pairs as can be, and of all ways to make them that of the least total distance.
        case optimal
        /// The nearest pair of all, then the nearest of what is left, and so on.
        case greedy
    }

    /// The layers whose facilities are given out, each for itself.
    public let targets: [FacilityLayer]
    /// How the pairs are found.
    public let method: Method
    /// The greatest distance, `nil` for any; a facility exactly at it counts.
    public let limit: Distance?

    /// How many pairs may be in memory at once, 12 bytes each.
    public static let greatestPairs = 50_000_000

    /// Creates the operation.
    ///
    /// - Parameters:
    ///   - targets: The layers whose facilities are given out, each for itself.
    ///   - method: How the pairs are found.
    ///   - limit: The greatest distance; `nil` for any.
    public init(
        targets: [FacilityLayer], method: Method = .optimal, within limit: Distance? = nil
    ) {
        self.targets = targets
        self.method = method
        self.limit = limit
    }

    /// Gives each feature a facility.
    ///
    /// - Parameters:
    ///   - batch: All of the features.
    ///   - layer: Their layer's name, for messages.
    /// - Returns: The features with the columns of ``Proximity`` at rank 1; null for those without a
    ///   facility, because there are too few or none is left within the limit.
    /// - Throws: ``AnalysisError`` naming a feature that is not on the globe, or (`badArgument`) for
    ///   more pairs than ``greatestPairs``.
    /// - Complexity: That of R. Jonker and A. Volgenant, 1987, https://doi.org/10.1007/BF02278710:
    ///   O(n (r + n log n)) for n features and r pairs at worst; greedy O(r log r).
    public func measure(_ batch: FeatureBatch, layer: String) throws -> Proximity.Measured {
        let operation = try Proximity(targets: targets, within: limit)
        let places = try Places(of: batch, layer: layer)
        let tables = try targets.map { target in
            let rows = try pairs(from: places, to: target, layer)
            let entries =
                switch method {
                case .optimal: Assignment.optimal(rows, columns: target.count)
                case .greedy: Assignment.greedy(rows, columns: target.count)
                }
            var table = NeighbourTable(rows: batch.count, k: 1)
            for (row, entry) in entries.enumerated() {
                guard let entry else { continue }
                table.set(
                    row, 0,
                    PointIndex.Neighbour(
                        index: Int(rows.indices[entry]), distance: rows.distances[entry]))
            }
            return table
        }
        return Proximity.Measured(
            features: batch, operation: operation, layer: layer, places: places, tables: tables)
    }

    private func pairs(
        from places: Places, to target: FacilityLayer, _ layer: String
    ) throws -> NeighbourRows {
        var all = NeighbourRows()
        try CostMatrix(to: target, within: limit).forEachBlock(of: places) { _, rows in
            guard all.count + rows.count <= Self.greatestPairs else {
                throw AnalysisError(
                    .badArgument, at: "\(layer) to \(target.name)",
                    "more than \(Self.greatestPairs) pairs would have to be in memory",
                    remedy: "give a distance within which pairs are sought, for example 20km")
            }
            for row in 0..<rows.rows {
                for entry in rows.entries(of: row) {
                    all.append(rows.indices[entry], rows.distances[entry])
                }
                all.endRow()
            }
        }
        return all
    }
}
