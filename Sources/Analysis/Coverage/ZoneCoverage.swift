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
    /// How far the zones as wholes and each facility may be off, in metres; `nil` where that is not
    /// asked.
    private let errors: ZoneErrors?

    /// Works out the area within each distance.
    ///
    /// - Parameters:
    ///   - coverage: The coverage whose areas are found over the zones.
    ///   - land: Where within zones their weight lies; `nil` where it is spread evenly. It is off as
    ///     its zones are.
    ///   - accuracy: How far positions may be off; shares then have a range. Zones are off as wholes,
    ///     all by so many metres at most.
    /// - Throws: ``AnalysisError`` (`cannotDraw`) naming the facility around which nothing can be
    ///   drawn; (`badField`) naming one whose accuracy is no number of at least 0; (`badArgument`)
    ///   where the zones' accuracy is a field.
    public init(
        _ coverage: Coverage, spreadOver land: DasymetricLayer? = nil,
        accuracy: PositionAccuracy? = nil
    ) throws {
        self.land = land
        self.coverage = coverage
        let errors = try accuracy.map { try ZoneErrors($0, to: coverage.facilities) }
        self.errors = errors
        var areas = try coverage.distances.map { try CoveredArea(coverage, within: $0) }
        for sign in errors == nil ? [] : [-1.0, 1.0] {
            areas += try coverage.distances.map { distance in
                let radii = (errors?.metres ?? []).map { max(0, distance.metres + sign * $0) }
                return try CoveredArea(coverage, radii: radii)
            }
        }
        self.areas = areas
    }

    /// How many areas are laid over the zones: one a distance, and where positions may be off one
    /// that is covered for sure and one that may be.
    var areaCount: Int { areas.count }
    /// Whether shares have a range.
    var hasRanges: Bool { errors != nil }
    /// How many facilities have no accuracy and are taken as exact.
    public var missingAccuracies: Int { errors?.missing ?? 0 }

    /// Zones with their covered shares.
    public struct Measured: Sendable {
        /// The zones with `zone_km2` and, for each distance, `covered_share_<distance>` and
        /// `covered_weight_<distance>`; null for a feature that is no polygon.
        ///
        /// Where positions may be off, both have a range, `…_low` and `…_high`.
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
        let count = coverage.distances.count
        for (i, distance) in coverage.distances.enumerated() {
            for (part, ending) in ["", "_low", "_high"].enumerated() where part == 0 || hasRanges {
                let area = part * count + i
                result.set(
                    "covered_share_\(distance.label)\(ending)",
                    .double(shares[area].map { $0.isNaN ? nil : $0 }))
                result.set(
                    "covered_weight_\(distance.label)\(ending)",
                    .double(
                        zip(found.weightShares[area], weights.values).map {
                            $0.isNaN ? nil : $0 * $1
                        }))
            }
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
        question.add(errors?.metres ?? [])
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
    /// `covered_weight_share`; where positions may be off, the shares have a range, `…_low` and
    /// `…_high`.
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
        batch.set("covered_km2", .double(rows.map { tally.coveredAreas[$0].toSquareKilometres }))
        batch.set("covered_share", .double(rows.map { tally.coveredShare($0) }))
        batch.set("demand_weight", .double(rows.map { _ in tally.demandWeight }))
        batch.set("covered_weight", .double(rows.map { tally.coveredWeights[$0] }))
        batch.set("covered_weight_share", .double(rows.map { tally.coveredWeightShare($0) }))
        guard hasRanges else { return batch }
        for (part, ending) in ["_low", "_high"].enumerated() {
            let areas = rows.map { (part + 1) * rows.count + $0 }
            batch.set("covered_share\(ending)", .double(areas.map { tally.coveredShare($0) }))
            batch.set(
                "covered_weight_share\(ending)", .double(areas.map { tally.coveredWeightShare($0) })
            )
        }
        return batch
    }
}
