public import Features
internal import Geometry

extension Coverage {
    /// Draws the area within each distance of any facility, dissolved, with the tally.
    ///
    /// Each feature carries `within_m`, `area_km2` (on the ellipsoid), `demand_count`,
    /// `covered_count`, `covered_share`, `covered_weight` and `covered_weight_share`; shares are
    /// null where there is no demand or no weight. Where the accuracy of positions was asked, the
    /// shares also have a range, `…_low` and `…_high`. Edges lie within a centimetre or a
    /// hundred-thousandth of the distance around points (a ten-thousandth around lines and areas);
    /// they are drawn on a grid of 1e-7 degrees, and the area is that of the rings as drawn.
    ///
    /// - Parameters:
    ///   - tally: What coverage adds up to.
    ///   - progress: Told how many of how many areas are done.
    /// - Returns: One feature a distance, ascending.
    /// - Throws: ``AnalysisError`` (`cannotDraw`) naming the facility around which nothing can be
    ///   drawn.
    /// - Complexity: O(n log n) for n facilities, at some hundred vertices each.
    public func areas(
        _ tally: CoverageTally, progress: (Int, Int) -> Void = { _, _ in }
    ) throws -> FeatureBatch {
        var shapes: [Shape] = []
        for (done, distance) in distances.enumerated() {
            progress(done, distances.count)
            shapes.append(try area(within: distance).rounded(decimals: 7))
        }
        progress(distances.count, distances.count)
        let indices = distances.indices
        var batch = FeatureBatch(
            geometry: GeometryColumn(shapes), ids: .string(distances.map(\.label)))
        batch.set("within_m", .double(distances.map(\.metres)))
        batch.set("area_km2", .double(shapes.map { $0.geodesicArea.toSquareKilometres }))
        batch.set("demand_count", .int(indices.map { _ in tally.demandCount }))
        batch.set("covered_count", .int(indices.map { tally.coveredCounts[$0] }))
        batch.set("covered_share", .double(indices.map { tally.coveredShare($0) }))
        batch.set("covered_weight", .double(indices.map { tally.coveredWeights[$0] }))
        batch.set("covered_weight_share", .double(indices.map { tally.coveredWeightShare($0) }))
        guard let ranges = tally.ranges else { return batch }
        func share(_ part: Double, _ whole: Double) -> Double? { whole == 0 ? nil : part / whole }
        let (count, weight) = (Double(tally.demandCount), tally.demandWeight)
        batch.set(
            "covered_share_low", .double(ranges.map { share(Double($0.leastCount), count) }))
        batch.set(
            "covered_share_high", .double(ranges.map { share(Double($0.mostCount), count) }))
        batch.set(
            "covered_weight_share_low", .double(ranges.map { share($0.leastWeight, weight) }))
        batch.set(
            "covered_weight_share_high", .double(ranges.map { share($0.mostWeight, weight) }))
        return batch
    }

    /// Where the facilities are that have a place; `nil` where one is a line or an area.
    var facilityPoints: [Position]? {
        var places: [Position] = []
        for shape in facilities.shapes {
            guard let shape, !shape.isEmpty else { continue }
            guard case .point(let place) = shape else { return nil }
            if !place.x.isNaN { places.append(place) }
        }
        return places
    }

    /// The area within a distance of any facility.
    func area(within distance: Distance) throws -> Shape {
        guard let places = facilityPoints else {
            return try Shape.unionAll(parts(within: distance))
        }
        do {
            return try Shape.discs(around: places, radius: distance)
        } catch {
            // One by one, so that the facility at fault is named.
            return try Shape.unionAll(parts(within: distance))
        }
    }

    /// The area within a distance of each facility that has a place.
    func parts(within distance: Distance) throws -> [Shape] { try parts { _ in distance } }

    /// The area around each facility that has a place, each within a distance of its own.
    func parts(within distance: (Int) -> Distance) throws -> [Shape] {
        try facilities.shapes.enumerated().compactMap { facility, shape -> Shape? in
            let distance = distance(facility)
            guard let shape, !shape.isEmpty, distance.metres > 0 else { return nil }
            do {
                return try shape.buffered(by: distance)
            } catch let error as GeometryError {
                throw AnalysisError(
                    .cannotDraw, at: "\(facilities.name), \(facilities.label(facility))",
                    error.problem, remedy: error.remedy)
            }
        }
    }
}
