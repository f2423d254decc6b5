public import Features
internal import Geometry

extension Coverage {
    /// Draws what lies within each distance of one facility, of two, and of three or more.
    ///
    /// Each feature carries `within_m`, `depth`, `area_km2` and, with a tally, `demand_count`,
    /// `demand_weight` and `demand_weight_share` of the demand at that depth, which comes from
    /// distances and not from the drawing. Layers of one distance do not overlap, and together are
    /// the area within it. Facilities at one position count each. The edges are as exact as those of
    /// ``areas(_:progress:)``.
    ///
    /// - Parameter tally: How much demand lies at each depth; `nil` for areas alone.
    /// - Returns: For each distance ascending one feature a depth; one without any area has no
    ///   geometry.
    /// - Throws: ``AnalysisError`` (`cannotDraw`) naming the facility around which nothing can be
    ///   drawn.
    /// - Complexity: O(n log n) overlays' worth of vertices for n facilities of bounded overlap.
    public func depthAreas(_ tally: CoverageDepthTally? = nil) throws -> FeatureBatch {
        var shapes: [Shape?] = []
        for distance in distances {
            do {
                let layers = try OverlapLayers.atLeast(
                    parts(within: distance), levels: CoverageDepthTally.levels)
                for (level, layer) in layers.enumerated() {
                    let next = level + 1 < layers.count ? layers[level + 1] : .multiPolygon([])
                    let exact = Shape.area(
                        of: try layer.difference(next, gridSize: OverlapLayers.grid).polygons)
                    shapes.append(exact.isEmpty ? nil : exact)
                }
            } catch let error as GeometryError {
                throw AnalysisError(
                    .cannotDraw, at: facilities.source, error.problem, remedy: error.remedy)
            }
        }
        let levels = CoverageDepthTally.levels
        let rows = distances.indices.flatMap { i in (1...levels).map { (distance: i, depth: $0) } }
        var batch = FeatureBatch(
            geometry: GeometryColumn(shapes),
            ids: .string(rows.map { "\(distances[$0.distance].label)-\(Self.label($0.depth))" }))
        batch.set("within_m", .double(rows.map { distances[$0.distance].metres }))
        batch.set("depth", .string(rows.map { Self.label($0.depth) }))
        batch.set("area_km2", .double(shapes.map { ($0?.geodesicArea ?? 0).toSquareKilometres }))
        if let tally {
            batch.set("demand_count", .int(rows.map { tally.counts[$0.distance][$0.depth] }))
            batch.set("demand_weight", .double(rows.map { tally.weights[$0.distance][$0.depth] }))
            batch.set(
                "demand_weight_share",
                .double(rows.map { tally.weightShare($0.distance, depth: $0.depth) }))
        }
        return batch
    }

    private static func label(_ depth: Int) -> String {
        depth == CoverageDepthTally.levels ? "\(depth)+" : "\(depth)"
    }
}

/// Where areas lie one upon the other.
enum OverlapLayers {
    /// The grid of results in degrees.
    static let grid = 1e-7

    /// What at least one of the areas covers, at least two, and so on.
    ///
    /// The areas are halved from west to east until one is left, and the layers of both halves
    /// joined: k of the whole are i of one half and k − i of the other.
    ///
    /// - Parameters:
    ///   - areas: The areas.
    ///   - levels: Up to how many.
    /// - Returns: One area a level, each within the one before.
    /// - Throws: `GeometryError` where GEOS fails.
    static func atLeast(_ areas: [Shape], levels: Int) throws -> [Shape] {
        let sorted = areas.map { (area: $0, west: $0.envelope?.minX ?? 0) }
            .sorted { $0.west < $1.west }.map(\.area)
        return try layers(sorted[...], levels)
    }

    private static func layers(_ areas: ArraySlice<Shape>, _ levels: Int) throws -> [Shape] {
        let empty = Shape.multiPolygon([])
        if areas.count <= 1 {
            return [areas.first ?? empty] + Array(repeating: empty, count: levels - 1)
        }
        let middle = areas.startIndex + areas.count / 2
        let a = try layers(areas[..<middle], levels)
        let b = try layers(areas[middle...], levels)
        return try (1...levels).map { level in
            var parts = [a[level - 1], b[level - 1]]
            for i in 1..<max(1, level) {
                let (p, q) = (a[i - 1], b[level - i - 1])
                guard let left = p.envelope, let right = q.envelope, left.meets(right) else {
                    continue
                }
                parts.append(.area(of: try p.intersection(q).polygons))
            }
            return .area(
                of: try Shape.unionAll(parts.filter { !$0.isEmpty }).polygons)
        }
    }
}
