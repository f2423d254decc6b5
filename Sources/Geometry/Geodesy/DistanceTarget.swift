/// A shape prepared to be asked how far it is from positions: points, lines and areas, on the
/// WGS 84 ellipsoid.
///
/// Inside an area, and on its edge, the distance is 0. Edges are what RFC 7946 says they are:
/// straight between their positions in longitude and latitude. The distance is that to the nearest
/// place of the shape, within 1 mm; to points it is within 1 µm of Karney's.
public struct DistanceTarget: Sendable {
    private let points: PointIndex
    private let edges: EdgeBlocks
    private let areas: [PolygonCover]

    /// Prepares a shape.
    ///
    /// - Parameter shape: Positions in longitude, latitude (degrees).
    /// - Throws: ``GeometryError`` (`badPosition`) where a position is not on the globe.
    /// - Complexity: O(n log n) for n positions.
    public init(_ shape: Shape) throws(GeometryError) {
        let polygons = shape.polygons
        points = try PointIndex(shape.points)
        edges = try EdgeBlocks(chains: shape.lines + polygons.flatMap { $0 })
        areas = polygons.map(PolygonCover.init)
    }

    /// The distance from a position to the nearest place of the shape.
    ///
    /// - Parameter place: Longitude, latitude in degrees.
    /// - Returns: Metres, 0 inside an area and on its edge; `nil` for an empty shape.
    /// - Throws: ``GeometryError`` (`badPosition`) where the place is not on the globe.
    /// - Complexity: O(log n) on average for n positions outside areas; near and in an area also as
    ///   many steps as it has positions.
    public func distance(from place: Position) throws(GeometryError) -> Double? {
        let nearestPoint = try points.nearest(to: place).first?.distance
        if areas.contains(where: { $0.covers(place) }) { return 0 }
        let nearestEdge = edges.nearest(to: place).map {
            Geodesic.wgs84.distance(from: place, to: $0)
        }
        guard let nearestPoint else { return nearestEdge }
        return nearestEdge.map { min($0, nearestPoint) } ?? nearestPoint
    }

    /// The place of a line's or an area's edge that is nearest to a position; `nil` without edges.
    func nearestPlace(to place: Position) -> Position? {
        edges.nearest(to: place)
    }
}

/// A polygon that can be asked whether it covers a position, in longitude and latitude.
struct PolygonCover: Sendable {
    private let rings: [[Position]]
    private let envelope: Envelope?

    init(_ rings: [[Position]]) {
        self.rings = rings
        envelope = Shape.polygon(rings).envelope
    }

    /// Whether a position is inside or on the edge, by counting the edges east of it.
    func covers(_ place: Position) -> Bool {
        guard let envelope, envelope.covers(place) else { return false }
        var inside = false
        for ring in rings {
            for (a, b) in zip(ring, ring.dropFirst()) {
                if Self.isOn(place, a, b) { return true }
                if (a.y > place.y) != (b.y > place.y),
                    place.x < (b.x - a.x) * ((place.y - a.y) / (b.y - a.y)) + a.x
                {
                    inside.toggle()
                }
            }
        }
        return inside
    }

    private static func isOn(_ p: Position, _ a: Position, _ b: Position) -> Bool {
        let turn = (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x)
        return turn == 0 && p.x >= min(a.x, b.x) && p.x <= max(a.x, b.x) && p.y >= min(a.y, b.y)
            && p.y <= max(a.y, b.y)
    }
}
