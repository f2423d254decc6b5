internal import CGEOS

extension Shape {
    /// Returns the Delaunay triangulation of positions as triples of their indices.
    ///
    /// Planar, in the plane of the coordinates. Of positions that coincide only the first is a
    /// corner. Each triple runs counter-clockwise from its least index and the triples are sorted,
    /// so that the same positions give the same answer. See `GEOSDelaunayTriangulation_r` in the
    /// [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Parameter positions: The positions; heights do not count.
    /// - Returns: The triangles; none where the positions span no area.
    /// - Throws: ``GeometryError`` for a position that is not finite, or where GEOS fails.
    /// - Complexity: O(n log n) on average.
    package static func delaunayTriangles(
        _ positions: [Position]
    ) throws(GeometryError) -> [(Int, Int, Int)] {
        let indices = try indicesByPlace(positions)
        guard indices.count > 2 else { return [] }
        let triangles = try withGEOS { context throws(GeometryError) in
            let points = try context.geometry(.multiPoint(positions))
            let made = try points.making("the Delaunay triangulation") {
                GEOSDelaunayTriangulation_r($0, $1, 0, 0)
            }
            return try made.members()
        }
        var triples: [(Int, Int, Int)] = []
        triples.reserveCapacity(triangles.count)
        for case .polygon(let rings) in triangles {
            guard let ring = rings.first, ring.count == 4,
                let a = indices[Position(ring[0].x, ring[0].y)],
                let b = indices[Position(ring[1].x, ring[1].y)],
                let c = indices[Position(ring[2].x, ring[2].y)]
            else {
                throw GeometryError(
                    .topology, "the Delaunay triangulation has a corner that was not given")
            }
            triples.append(ordered(a, b, c, isClockwise: turn(ring[0], ring[1], ring[2]) < 0))
        }
        triples.sort { $0 < $1 }
        return triples
    }

    /// The first index of each place; every position must be finite.
    static func indicesByPlace(
        _ positions: [Position]
    ) throws(GeometryError) -> [Position: Int] {
        var indices: [Position: Int] = [:]
        indices.reserveCapacity(positions.count)
        for (index, position) in positions.enumerated() {
            guard position.isFinite else {
                throw GeometryError(
                    .badPosition, "position \(index) is not finite: \(position)",
                    remedy: "leave the position out, or give it coordinates")
            }
            let place = Position(position.x, position.y)
            if indices[place] == nil { indices[place] = index }
        }
        return indices
    }

    /// Twice the signed area of a triangle: above 0 for counter-clockwise.
    static func turn(_ a: Position, _ b: Position, _ c: Position) -> Double {
        (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
    }

    private static func ordered(
        _ a: Int, _ b: Int, _ c: Int, isClockwise: Bool
    ) -> (Int, Int, Int) {
        let (b, c) = isClockwise ? (c, b) : (b, c)
        if a < b, a < c { return (a, b, c) }
        return b < c ? (b, c, a) : (c, a, b)
    }
}
