extension Shape {
    /// Divides an area among sites: each part of it goes to the site nearest along the geodesic.
    ///
    /// Together the parts are the area, without gaps or overlaps: edges between two parts have the
    /// same vertices in both. An edge lies within a metre of equal distance (0.25 m and the rounding
    /// of what is cut). Sites at the same position share a part, which goes to the first of them.
    ///
    /// - Parameters:
    ///   - sites: Longitude, latitude in degrees; at least one.
    ///   - area: A valid polygon or several, which may not overlap.
    /// - Returns: The part of each site; an empty multipolygon for one that has none.
    /// - Throws: ``GeometryError`` for a site that is not on the globe, and where sites and area lie
    ///   farther than 2,000 km from their middle or across the antimeridian.
    /// - Complexity: O(n log n) for n sites, and what cutting the area takes.
    public static func thiessenAreas(
        of sites: [Position], dividing area: Shape
    ) throws(GeometryError) -> [Shape] {
        let index = try PointIndex(sites)
        guard !sites.isEmpty, let box = area.envelope else {
            return sites.map { _ in .multiPolygon([]) }
        }
        var seen: Set<Position> = []
        let different = sites.filter { seen.insert(Position($0.x, $0.y)).inserted }
        let diagram = try ThiessenDiagram(sites: different, region: box)
        return try area.divided(by: diagram.edges, among: sites.count) {
            (place) throws(GeometryError) in try index.nearest(to: place).first?.index
        }
    }

    /// Divides an area along edges.
    ///
    /// - Parameters:
    ///   - edges: Chains of positions; those outside the area do no harm.
    ///   - count: How many parts there are at most.
    ///   - owner: Tells to which part a position belongs; `nil` for none.
    /// - Returns: The parts; an empty multipolygon for one that has nothing.
    /// - Throws: ``GeometryError`` where GEOS fails, and what `owner` throws.
    func divided(
        by edges: [[Position]], among count: Int,
        owner: (Position) throws(GeometryError) -> Int?
    ) throws(GeometryError) -> [Shape] {
        guard let box = envelope else { return (0..<count).map { _ in .multiPolygon([]) } }
        let relevant = edges.filter { edge in
            Shape.lineString(edge).envelope.map { $0.meets(box) } ?? false
        }
        let rings = polygons.flatMap { $0 }
        let linework = try Self.noded(lines: (relevant + rings).map { .lineString($0) })
        let inside = try PreparedArea(self)
        var parts: [[[[Position]]]] = Array(repeating: [], count: count)
        for face in try Self.polygonize(lines: linework) {
            guard case .polygon(let rings) = face, let place = try face.interiorPoint(),
                try inside.covers(place), let part = try owner(place)
            else { continue }
            parts[part].append(rings)
        }
        return parts.map { Shape.area(of: $0) }
    }
}

extension Envelope {
    /// Whether two boxes have a position in common.
    package func meets(_ other: Envelope) -> Bool {
        minX <= other.maxX && other.minX <= maxX && minY <= other.maxY && other.minY <= maxY
    }
}
