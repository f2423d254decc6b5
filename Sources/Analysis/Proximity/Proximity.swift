public import Features
public import Geometry

/// The nearest facilities of each feature, layer by layer, along the geodesic.
///
/// For each target layer and rank r from 1, a feature gets `<layer>_<r>_id`, `<layer>_<r>_name` and
/// `<layer>_<r>_m` (metres, to the micrometre); the cells are null where there are fewer facilities
/// or none within the limit. Facilities at equal distance come in the order of their layer.
public struct Proximity: Sendable {
    /// The layers whose facilities are sought.
    public let targets: [FacilityLayer]
    /// How many facilities of each layer.
    public let k: Int
    /// The greatest distance, `nil` for any; a facility exactly at it counts.
    public let limit: Distance?
    /// Whether the features are the facilities themselves, none of which is its own neighbour.
    public let isOfThemselves: Bool
    /// Whether features are measured from their nearest places, and not from a position inside them.
    public let isOfShapes: Bool
    /// The layers' shapes; empty where features are measured from a position inside them.
    private let shapes: [ShapeProximity]
    /// How far positions may be off, `nil` where that is not asked.
    public let accuracy: PositionAccuracy?
    /// How far the facilities of each layer may be off, in metres; empty where that is not asked.
    private let targetErrors: [[Double]]
    /// How many facilities have no accuracy and are taken as exact.
    public let missingAccuracies: Int

    /// Creates the operation.
    ///
    /// - Parameters:
    ///   - targets: The layers whose facilities are sought.
    ///   - k: How many facilities of each layer, at least 1.
    ///   - limit: The greatest distance; `nil` for any.
    ///   - isOfThemselves: Whether the features that are measured are those of the target layers,
    ///     in their order, and none is its own neighbour. Another at the same position is.
    ///   - accuracy: How far positions may be off; each rank then also has
    ///     `<layer>_<r>_plus_minus_m`, the greatest error of the distance, and
    ///     `<layer>_<r>_stability`.
    ///   - isOfShapes: Whether lines and areas are measured from edge to edge, 0 where they touch or
    ///     overlap, and not from a position inside them. Measures along the geodesic whatever the
    ///     metric of the layers; as a whole a shape lies at most its accuracy from where it is drawn.
    /// - Throws: ``AnalysisError`` (`badArgument`) for a `k` below 1; (`badField`) for an accuracy
    ///   that is no number of at least 0.
    public init(
        targets: [FacilityLayer], k: Int = 1, within limit: Distance? = nil,
        isOfThemselves: Bool = false, accuracy: PositionAccuracy? = nil, isOfShapes: Bool = false
    ) throws {
        guard k >= 1 else {
            throw AnalysisError(
                .badArgument, at: "", "\(k) nearest facilities cannot be found",
                remedy: "ask for at least 1")
        }
        self.targets = targets
        self.k = k
        self.limit = limit
        self.isOfThemselves = isOfThemselves
        self.accuracy = accuracy
        self.isOfShapes = isOfShapes
        shapes = isOfShapes ? try targets.map { try ShapeProximity($0) } : []
        let errors = try accuracy.map { accuracy in
            try targets.map { try accuracy.fixed.values(of: $0.batch, layer: $0.source) }
        }
        targetErrors = errors?.map(\.metres) ?? []
        missingAccuracies = errors?.reduce(0) { $0 + $1.missing } ?? 0
    }

    /// Features with what is nearest to them.
    public struct Measured: Sendable {
        /// The features, not yet with the columns of what is nearest.
        let features: FeatureBatch
        let operation: Proximity
        let layer: String
        let places: Places
        var tables: [NeighbourTable]
        /// How sure the tables are; empty where that is not asked.
        var certainties: [RankCertainty] = []
        /// How many features have no accuracy and are taken as exact.
        public internal(set) var missingAccuracies = 0

        /// The features with the columns of what is nearest.
        public var batch: FeatureBatch { operation.columns(features, tables, certainties) }
    }

    /// Measures a batch.
    ///
    /// - Parameters:
    ///   - batch: The features to measure from.
    ///   - layer: Their layer's name, for messages.
    /// - Returns: The features with what is nearest, to be written as columns or as pairs and to
    ///   be added to a ``ProximityTally``.
    /// - Throws: ``AnalysisError`` naming a feature that is not on the globe.
    /// - Complexity: O(n log m) on average for n features and m facilities.
    public func measure(_ batch: FeatureBatch, layer: String) throws -> Measured {
        let places = try Places(of: batch, layer: layer)
        let sought = isOfThemselves ? k + 1 : k
        let tables = try targets.enumerated().map { at, target in
            let k = min(sought, max(1, target.count))
            let found =
                isOfShapes
                ? try shapes[at].nearest(batch, layer: layer, k: k, within: limit)
                : try target.finder.nearest(
                    longitudes: places.longitudes, latitudes: places.latitudes, k: k, within: limit)
            let table = found.padded(to: sought)
            return isOfThemselves ? Self.withoutSelf(table, first: batch.firstIndex) : table
        }
        var measured = Measured(
            features: batch, operation: self, layer: layer, places: places, tables: tables)
        guard let accuracy else { return measured }
        let own = try accuracy.moving.values(of: batch, layer: layer)
        measured.missingAccuracies = own.missing
        let prepared = isOfShapes ? try ShapeProximity.prepared(batch, layer: layer) : []
        let first = isOfThemselves ? batch.firstIndex : nil
        measured.certainties = try targets.indices.map { target in
            guard isOfShapes else {
                return try RankCertainty(
                    of: tables[target], from: places, own.metres, to: targetErrors[target],
                    targets[target].finder, within: limit, own: first)
            }
            return try RankCertainty(
                of: tables[target], from: places, own.metres, to: targetErrors[target],
                within: limit, own: first
            ) { row, distance, known in
                try prepared[row].map {
                    try shapes[target].reach(
                        from: $0, at: row, of: batch, layer: layer, within: distance,
                        except: known)
                } ?? []
            }
        }
        return measured
    }

    /// A table with one rank less: without the feature itself, or without the last rank where others
    /// at its position stand before it.
    private static func withoutSelf(_ table: NeighbourTable, first: Int) -> NeighbourTable {
        var others = NeighbourTable(rows: table.rows, k: table.k - 1)
        for row in 0..<table.rows {
            let found = (0..<table.k).compactMap { table[row, $0] }
            for (rank, neighbour) in found.filter({ $0.index != first + row })
                .prefix(others.k).enumerated()
            {
                others.set(row, rank, neighbour)
            }
        }
        return others
    }

    fileprivate func columns(
        _ batch: FeatureBatch, _ tables: [NeighbourTable], _ certainties: [RankCertainty]
    ) -> FeatureBatch {
        var result = batch
        for (t, (target, table)) in zip(targets, tables).enumerated() {
            for rank in 0..<k {
                let found = table.indices(ofRank: rank)
                let metres = table.distances(ofRank: rank).map(\.toMicrometre)
                let prefix = "\(target.name)_\(rank + 1)"
                result.set("\(prefix)_id", target.texts.ids.texts(at: found))
                result.set("\(prefix)_name", target.texts.names.texts(at: found))
                result.set("\(prefix)_m", .double(nanIsNull: metres))
                guard t < certainties.count else { continue }
                result.set(
                    "\(prefix)_plus_minus_m",
                    .double((0..<batch.count).map { certainties[t].error($0, rank) }))
                result.set(
                    "\(prefix)_stability",
                    .string((0..<batch.count).map { certainties[t].label($0, rank)?.rawValue }))
            }
        }
        return result
    }
}
