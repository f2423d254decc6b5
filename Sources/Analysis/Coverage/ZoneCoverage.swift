public import Features
internal import Geometry

/// Which share of zones lies within given distances of the nearest facility, by area.
///
/// A zone's weight counts in proportion to the share of its area that is covered: it is taken to be
/// spread evenly (areal weighting; M. F. Goodchild and N. S. Lam, Areal interpolation, 1980), or as a
/// ``DasymetricLayer`` tells. Around points the true discs are found over zones, around lines and
/// areas what ``Coverage`` draws. The edges of zones are straight in longitude and latitude.
public struct ZoneCoverage: Sendable {
    /// The coverage whose areas are found over the zones.
    public let coverage: Coverage
    /// The area within each distance.
    private let areas: [CoveredArea]
    /// Where within zones their weight lies; `nil` where it is spread evenly.
    public let land: DasymetricLayer?

    /// Works out the area within each distance.
    ///
    /// - Parameters:
    ///   - coverage: The coverage whose areas are found over the zones.
    ///   - land: Where within zones their weight lies; `nil` where it is spread evenly.
    /// - Throws: ``AnalysisError`` (`cannotDraw`) naming the facility around which nothing can be
    ///   drawn.
    public init(_ coverage: Coverage, spreadOver land: DasymetricLayer? = nil) throws {
        self.land = land
        self.coverage = coverage
        areas = try coverage.distances.map { try CoveredArea(coverage, within: $0) }
    }

    /// Zones with their covered shares.
    public struct Measured: Sendable {
        /// The zones with `zone_km2` and, for each distance, `covered_share_<distance>` and
        /// `covered_weight_<distance>`; null for a feature that is no polygon.
        ///
        /// Where a ``DasymetricLayer`` is given also `settled_km2`, how much of the zone holds
        /// anybody.
        public let batch: FeatureBatch
        /// The area of each zone in square metres; NaN for a feature that is no polygon.
        let sizes: [Double]
        /// The covered share of each zone at each distance.
        let shares: [[Double]]
        /// The covered share of the weight of each zone at each distance.
        let weightShares: [[Double]]
        /// How many zones of a weight hold nothing of the land, so that it is spread evenly.
        let unsettled: Int
        let weights: DemandWeights
    }

    /// Measures a batch of zones.
    ///
    /// - Parameters:
    ///   - batch: Polygons, their edges straight in longitude and latitude.
    ///   - layer: Their layer's name, for messages.
    /// - Returns: The zones with their shares, to be added to a ``ZoneCoverageTally``.
    /// - Throws: ``AnalysisError`` naming a zone whose weight is no number of at least 0, or
    ///   (`cannotDraw`) one that cannot be repaired or is not on the globe.
    /// - Complexity: O(v·d) around points, for v vertices and the d discs near their zones; else O(n)
    ///   overlays of a zone with the few pieces that it meets.
    public func measure(_ batch: FeatureBatch, layer: String) throws -> Measured {
        let weights = try DemandWeights(of: batch, field: coverage.weightField, layer: layer)
        let found = try shares(of: batch, layer: layer, weights)
        let (sizes, shares) = (found.sizes, found.shares)
        var result = batch
        result.set(
            "zone_km2", .double(sizes.map { $0.isNaN ? nil : $0.toSquareKilometres }))
        if land != nil {
            result.set(
                "settled_km2",
                .double(found.settledSizes.map { $0.isNaN ? nil : $0.toSquareKilometres }))
        }
        for (i, distance) in coverage.distances.enumerated() {
            result.set(
                "covered_share_\(distance.label)",
                .double(shares[i].map { $0.isNaN ? nil : $0 }))
            result.set(
                "covered_weight_\(distance.label)",
                .double(zip(found.weightShares[i], weights.values).map { $0.isNaN ? nil : $0 * $1 })
            )
        }
        return Measured(
            batch: result, sizes: sizes, shares: shares, weightShares: found.weightShares,
            unsettled: found.unsettled, weights: weights)
    }

    /// What the areas cover of zones, as it was noted or as it is found.
    private func shares(
        of batch: FeatureBatch, layer: String, _ weights: DemandWeights
    ) throws -> ZoneShares {
        guard let notes = coverage.facilities.notes else {
            return try find(batch, layer: layer, weights)
        }
        var question = coverage.facilities.question
        question.add("zones")
        question.add(coverage.distances.map(\.metres))
        question.add(land?.question.words ?? [])
        question.add(weights.values)
        question.add(batch.geometry.shapes)
        let numbers = try notes.found(question, rows: batch.count) {
            try find(batch, layer: layer, weights).numbers
        }
        return try ZoneShares(numbers, rows: batch.count, distances: areas.count)
            ?? find(batch, layer: layer, weights)
    }

    private func find(
        _ batch: FeatureBatch, layer: String, _ weights: DemandWeights
    ) throws -> ZoneShares {
        var found = ZoneShares(rows: batch.count, distances: areas.count)
        var prepared = try areas.map { try CoveredArea.Prepared($0) }
        let settled = try land.map { try DasymetricLayer.Prepared($0) }
        for row in 0..<batch.count {
            do {
                guard let zone = try Self.zone(batch.geometry[row]) else { continue }
                for i in prepared.indices {
                    let (size, covered) = try prepared[i].measure(zone)
                    found.sizes[row] = size
                    found.shares[i][row] = size > 0 ? covered / size : .nan
                    found.weightShares[i][row] = found.shares[i][row]
                }
                guard let pieces = try settled?.pieces(of: zone) else { continue }
                found.settledSizes[row] = pieces.reduce(0) { $0 + $1.mass / $1.density }
                let whole = pieces.reduce(0) { $0 + $1.mass }
                guard whole > 0 else {
                    if weights.values[row] > 0 { found.unsettled += 1 }
                    continue
                }
                for i in prepared.indices {
                    let covered = try pieces.reduce(0) {
                        $0 + $1.density * (try prepared[i].measure($1.shape).covered)
                    }
                    found.weightShares[i][row] = min(1, covered / whole)
                }
            } catch let error as GeometryError {
                throw AnalysisError(
                    .cannotDraw, at: batch.label(row, of: layer), error.problem,
                    remedy: error.remedy)
            }
        }
        return found
    }

    /// A feature of a layer as valid polygons; `nil` where it is none.
    static func zone(_ row: Int, of batch: FeatureBatch, layer: String) throws -> Shape? {
        do {
            return try zone(batch.geometry[row])
        } catch let error as GeometryError {
            throw AnalysisError(
                .cannotDraw, at: batch.label(row, of: layer), error.problem, remedy: error.remedy)
        }
    }

    /// A feature as valid polygons; `nil` where it is none.
    static func zone(_ shape: Shape?) throws -> Shape? {
        guard let polygons = shape?.polygons, !polygons.isEmpty else { return nil }
        let area = Shape.area(of: polygons)
        try area.forEachPosition { position in
            guard !position.isOnGlobe else { return }
            throw GeometryError(
                .badPosition, "\(position) is not a longitude and latitude",
                remedy: position.swappedRemedy)
        }
        return try area.validity().isValid ? area : .area(of: area.madeValid().polygons)
    }

    /// The areas with what they cover.
    ///
    /// Each has `within_m`, `area_km2`, `zone_count`, `zone_km2` (of all zones), `covered_km2`,
    /// `covered_share` (of the zones' area), `demand_weight`, `covered_weight` and
    /// `covered_weight_share`.
    ///
    /// - Parameter tally: What the zones add up to.
    /// - Returns: One feature a distance, ascending.
    /// - Throws: ``AnalysisError`` (`cannotDraw`) naming the facility around which nothing can be
    ///   drawn.
    public func areas(_ tally: ZoneCoverageTally) throws -> FeatureBatch {
        let shapes = try coverage.distances.map {
            try coverage.area(within: $0).rounded(decimals: 7)
        }
        let rows = shapes.indices
        var batch = FeatureBatch(
            geometry: GeometryColumn(shapes.map { $0 }),
            ids: .string(coverage.distances.map(\.label)))
        batch.set("within_m", .double(coverage.distances.map(\.metres)))
        batch.set("area_km2", .double(shapes.map { $0.geodesicArea.toSquareKilometres }))
        batch.set("zone_count", .int(rows.map { _ in tally.zoneCount }))
        batch.set("zone_km2", .double(rows.map { _ in tally.zoneArea.toSquareKilometres }))
        batch.set("covered_km2", .double(tally.coveredAreas.map(\.toSquareKilometres)))
        batch.set("covered_share", .double(rows.map { tally.coveredShare($0) }))
        batch.set("demand_weight", .double(rows.map { _ in tally.demandWeight }))
        batch.set("covered_weight", .double(tally.coveredWeights.map { $0 }))
        batch.set("covered_weight_share", .double(rows.map { tally.coveredWeightShare($0) }))
        return batch
    }
}

/// What zones add up to, batch after batch in order.
public struct ZoneCoverageTally: Sendable {
    /// How many features are zones of an area above 0.
    public private(set) var zoneCount = 0
    /// How many are none and count nowhere.
    public private(set) var others = 0
    /// How many have no weight and count 0.
    public private(set) var unweighted = 0
    /// How many zones of a weight hold nothing of the land that tells where it lies, so that it was
    /// spread evenly.
    public private(set) var unsettled = 0
    /// The area of all zones in square metres.
    public private(set) var zoneArea = 0.0
    /// The area that is covered at each distance, in square metres.
    public private(set) var coveredAreas: [Double]
    /// The weight of all zones.
    public private(set) var demandWeight = 0.0
    /// The weight that is covered at each distance.
    public private(set) var coveredWeights: [Double]

    /// Starts at nothing.
    ///
    /// - Parameter zones: The operation whose results are added up.
    public init(of zones: ZoneCoverage) {
        coveredAreas = zones.coverage.distances.map { _ in 0 }
        coveredWeights = coveredAreas
    }

    /// Adds a measured batch.
    ///
    /// - Parameter measured: The batch that follows those added before.
    public mutating func add(_ measured: ZoneCoverage.Measured) {
        unweighted += measured.weights.missing
        unsettled += measured.unsettled
        for row in measured.sizes.indices { add(row, of: measured) }
    }

    /// Adds one zone of a measured batch.
    mutating func add(_ row: Int, of measured: ZoneCoverage.Measured) {
        let size = measured.sizes[row]
        guard size > 0 else {
            others += 1
            return
        }
        zoneCount += 1
        zoneArea += size
        demandWeight += measured.weights.values[row]
        for (i, shares) in measured.shares.enumerated() {
            coveredAreas[i] += size * shares[row]
            coveredWeights[i] += measured.weights.values[row] * measured.weightShares[i][row]
        }
    }

    /// The share of the zones' area covered at a distance; `nil` where there are no zones.
    ///
    /// - Parameter index: The place of the distance.
    /// - Returns: From 0 to 1.
    public func coveredShare(_ index: Int) -> Double? {
        zoneArea == 0 ? nil : coveredAreas[index] / zoneArea
    }

    /// The share of the weight covered at a distance; `nil` where there is no weight.
    ///
    /// - Parameter index: The place of the distance.
    /// - Returns: From 0 to 1.
    public func coveredWeightShare(_ index: Int) -> Double? {
        demandWeight == 0 ? nil : coveredWeights[index] / demandWeight
    }
}
