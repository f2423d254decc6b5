public import Features
public import Geometry

/// What coverage leaves open: areas beyond every facility, with the demand in them.
///
/// The demand that is not covered at the least distance is held in memory, some 30 bytes each.
public struct CoverageGaps: Sendable {
    private let coverage: Coverage
    /// Demand that the least distance does not cover.
    private var positions: [Position] = []
    private var weights: [Double] = []
    /// The place in the distances of the least one that covers it.
    private var covering: [Int] = []
    /// The weight of all demand with a place.
    private var demandWeight = 0.0
    /// The convex hull of all demand.
    private var hull = DemandHull()
    /// How many features that are not covered lie outside the boundary, by distance; known once the
    /// gaps have been drawn.
    public private(set) var outside: [Int]

    /// Starts at nothing.
    ///
    /// - Parameter coverage: The operation whose gaps are sought.
    public init(of coverage: Coverage) {
        self.coverage = coverage
        outside = Array(repeating: 0, count: coverage.distances.count)
    }

    /// Adds a measured batch.
    ///
    /// - Parameter measured: The batch that follows those added before.
    /// - Throws: Where the hull of the demand cannot be found.
    public mutating func add(_ measured: Coverage.Measured) throws {
        for (row, covering) in measured.covering.enumerated() where covering >= 0 {
            demandWeight += measured.weights.values[row]
            guard covering > 0, let place = measured.places[row] else { continue }
            positions.append(place)
            weights.append(measured.weights.values[row])
            self.covering.append(covering)
        }
        try hull.add(measured.places)
    }

    /// Draws the gaps.
    ///
    /// Each is one polygon of the boundary without the area within the distance, with `within_m`,
    /// `rank` (by weight of demand, then its count, then the area), `area_km2`, `demand_count`,
    /// `demand_weight`, `demand_weight_share` (of all demand with a place), and the best single place
    /// to fill it: `best_lon`, `best_lat`, and how much of the gap's demand lies within the distance
    /// of it, `best_count` and `best_weight`. No other place reaches a thousandth more; it may lie
    /// outside the gap, and is null where the gap has no weight. Whether demand is covered comes from
    /// distances; it belongs to the gap that it lies in, or that is at most the error of drawing
    /// away. A polygon of less than a hectare without demand is left out.
    ///
    /// - Parameter boundary: Polygons; `nil` for the convex surroundings of facilities and demand.
    /// - Returns: The gaps of each distance ascending, by rank.
    /// - Throws: ``AnalysisError`` (`cannotDraw`) where they cannot be drawn, or the boundary holds
    ///   no area.
    public mutating func areas(of boundary: Shape?) throws -> FeatureBatch {
        do {
            let region = try boundary.map { try Boundary.dissolved($0) } ?? surroundings()
            var gaps: [Gap] = []
            for (i, distance) in coverage.distances.enumerated() {
                let open = try region.difference(
                    coverage.area(within: distance), gridSize: OverlapLayers.grid)
                gaps += try ranked(i, open.polygons.map { .polygon($0) }, of: region)
            }
            return batch(gaps)
        } catch let error as GeometryError {
            throw AnalysisError(
                .cannotDraw, at: coverage.facilities.name, error.problem, remedy: error.remedy)
        }
    }

    /// One gap.
    private struct Gap {
        let distance: Int
        let shape: Shape
        let area: Double
        var rank = 0
        var rows: [Int] = []
        var weight = 0.0
        var best: BestPlace?

        init(_ distance: Int, _ shape: Shape) {
            self.distance = distance
            self.shape = shape
            area = shape.geodesicArea
        }

        func precedes(_ other: Gap) -> Bool {
            if weight != other.weight { return weight > other.weight }
            if rows.count != other.rows.count { return rows.count > other.rows.count }
            return area > other.area
        }
    }

    private func surroundings() throws -> Shape {
        let sites = try coverage.facilities.shapes.compactMap { try $0?.interiorPoint() }
        return try Boundary.surroundings(of: sites + hull.corners)
    }

    /// The gaps of a distance with their demand, in order of rank.
    private mutating func ranked(
        _ index: Int, _ shapes: [Shape], of region: Shape
    ) throws -> [Gap] {
        let distance = coverage.distances[index]
        var gaps = shapes.map { Gap(index, $0) }
        let finder = try GapFinder(shapes, of: region, margin: max(1, distance.metres * 2e-4))
        for row in positions.indices where covering[row] > index {
            guard let gap = try finder.gap(of: positions[row]) else {
                outside[index] += 1
                continue
            }
            gaps[gap].rows.append(row)
            gaps[gap].weight += weights[row]
        }
        gaps = gaps.filter { !$0.rows.isEmpty || $0.area >= 10_000 }
        gaps.sort { $0.precedes($1) }
        for at in gaps.indices {
            gaps[at].rank = at + 1
            let rows = gaps[at].rows
            gaps[at].best = BestPlace.find(
                rows.map { positions[$0] }, weights: rows.map { weights[$0] }, within: distance)
        }
        return gaps
    }

    private func batch(_ gaps: [Gap]) -> FeatureBatch {
        var batch = FeatureBatch(
            geometry: GeometryColumn(gaps.map(\.shape)),
            ids: .string(gaps.map { "\(coverage.distances[$0.distance].label)-\($0.rank)" }))
        batch.set("within_m", .double(gaps.map { coverage.distances[$0.distance].metres }))
        batch.set("rank", .int(gaps.map(\.rank)))
        batch.set("area_km2", .double(gaps.map(\.area.toSquareKilometres)))
        batch.set("demand_count", .int(gaps.map(\.rows.count)))
        batch.set("demand_weight", .double(gaps.map(\.weight)))
        batch.set(
            "demand_weight_share",
            .double(gaps.map { demandWeight > 0 ? $0.weight / demandWeight : nil }))
        batch.set("best_lon", .double(gaps.map { $0.best?.place.x }))
        batch.set("best_lat", .double(gaps.map { $0.best?.place.y }))
        batch.set("best_count", .int(gaps.map { $0.best?.count }))
        batch.set("best_weight", .double(gaps.map { $0.best?.weight }))
        return batch
    }
}

/// Finds the gap that a position lies in.
private struct GapFinder {
    private let areas: [PreparedArea]
    private let targets: [DistanceTarget]
    private let region: PreparedArea
    /// How far outside a gap, in metres, a position still belongs to it.
    private let margin: Double

    init(_ shapes: [Shape], of region: Shape, margin: Double) throws {
        self.region = try PreparedArea(region)
        self.margin = margin
        areas = try shapes.map { try PreparedArea($0) }
        targets = try shapes.map { try DistanceTarget($0) }
    }

    func gap(of place: Position) throws -> Int? {
        var near: [Int] = []
        // A degree of longitude is at least 10 km up to 84° of latitude.
        let degrees = margin / 10_000
        for (i, area) in areas.enumerated() {
            guard let box = area.envelope else { continue }
            if box.covers(place), try area.covers(place) { return i }
            if place.x >= box.minX - degrees, place.x <= box.maxX + degrees,
                place.y >= box.minY - degrees, place.y <= box.maxY + degrees
            {
                near.append(i)
            }
        }
        // In the boundary and in no gap: on the edge of the drawing.
        guard !near.isEmpty, try region.covers(place) else { return nil }
        var best: (gap: Int, distance: Double)?
        for i in near {
            let distance = try targets[i].distance(from: place) ?? .infinity
            if distance <= margin, distance < best?.distance ?? .infinity { best = (i, distance) }
        }
        return best?.gap
    }
}
