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
        let relevant = diagram.edges.filter { edge in
            Shape.lineString(edge).envelope.map { $0.meets(box) } ?? false
        }
        let rings = area.polygons.flatMap { $0 }
        let linework = try noded(lines: (relevant + rings).map { .lineString($0) })
        let inside = try PreparedArea(area)
        var parts: [[[[Position]]]] = Array(repeating: [], count: sites.count)
        for face in try polygonize(lines: linework) {
            guard case .polygon(let rings) = face, let place = try face.interiorPoint(),
                try inside.covers(place), let nearest = try index.nearest(to: place).first
            else { continue }
            parts[nearest.index].append(rings)
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
