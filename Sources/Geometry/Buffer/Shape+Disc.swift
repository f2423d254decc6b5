#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

extension Shape {
    /// How far the edge of a drawn buffer may lie from its radius, in metres: a centimetre, or a
    /// hundred-thousandth of the radius where that is more.
    ///
    /// - Parameter radius: The radius in metres.
    /// - Returns: Metres.
    public static func bufferTolerance(radius: Double) -> Double { max(0.01, radius * 1e-5) }

    /// What of the tolerance drawing may use, in metres.
    ///
    /// The rest is for writing positions with seven decimals of a degree: half a decimal in both
    /// directions at the equator.
    static func drawingTolerance(radius: Double) -> Double {
        bufferTolerance(radius: radius) - 0.0079
    }

    /// Returns the area within a distance of a position: a disc on the WGS 84 ellipsoid.
    ///
    /// Its edge lies within ``bufferTolerance(radius:)`` of the radius everywhere, between vertices
    /// too, and its area is that of the true disc to about 1e-9: vertices lie a little outside and
    /// the middles of edges half as much inside. A disc across the antimeridian comes as two
    /// polygons cut there, one around a pole as a polygon along ±180° to the pole (RFC 7946,
    /// section 3.1.9).
    ///
    /// - Parameters:
    ///   - centre: Longitude, latitude in degrees.
    ///   - radius: More than 0 and at most 5,000 km.
    /// - Returns: A polygon, or a multipolygon across the antimeridian; rings run counter-clockwise.
    /// - Throws: ``GeometryError`` for a centre that is not on the globe or a radius out of range.
    /// - Complexity: O(1), about half a millisecond.
    public static func disc(
        around centre: Position, radius: Distance
    ) throws(GeometryError) -> Shape {
        guard centre.isOnGlobe else {
            throw GeometryError(
                .badPosition, "\(centre) is not a longitude and latitude",
                remedy: centre.swappedRemedy)
        }
        guard radius.metres > 0, radius.metres <= 5_000_000 else {
            throw GeometryError(
                .badArgument, "a disc of radius \(radius) cannot be drawn",
                remedy: "give a radius of more than 0 and at most 5000km")
        }
        let ring = DiscRing(centre: centre, radius: radius.metres).positions
        let pole = Geodesic.wgs84.distance(
            from: centre, to: Position(0, centre.y < 0 ? -90 : 90))
        if pole <= radius.metres {
            return .polygon([ringToPole(ring, isNorth: centre.y >= 0)])
        }
        return try Antimeridian.cut(.polygon([ring]))
    }

    /// Closes a ring that runs once around a pole along the antimeridian and the pole itself.
    private static func ringToPole(_ ring: [Position], isNorth: Bool) -> [Position] {
        // Longitudes run through 360°, eastwards around the north pole and westwards around the
        // south pole; start where the antimeridian is crossed.
        var open = Array(ring.dropLast()).map { Position(wrapped($0.x), $0.y) }
        open.sort { $0.x < $1.x }
        guard let first = open.first, let last = open.last else { return ring }
        let gap = first.x + 360 - last.x
        let latitude =
            gap > 0 ? last.y + (first.y - last.y) * ((180 - last.x) / gap) : first.y
        let pole = isNorth ? 90.0 : -90.0
        if first.x > -180 { open.insert(Position(-180, latitude), at: 0) }
        if last.x < 180 { open.append(Position(180, latitude)) }
        var closed = open + [Position(180, pole), Position(-180, pole), open[0]]
        // Eastwards with the pole to the left is counter-clockwise in the north only.
        if !isNorth { closed.reverse() }
        return closed
    }

    private static func wrapped(_ longitude: Double) -> Double {
        var x = longitude
        while x > 180 { x -= 360 }
        while x < -180 { x += 360 }
        return x
    }
}

/// The edge of a disc: positions at one distance from its centre, closer together where straight
/// edges in longitude and latitude bend away from it.
struct DiscRing {
    /// The closed ring, counter-clockwise; longitudes run on past ±180.
    private(set) var positions: [Position] = []
    private let centre: Position
    private let origin: EarthCentred
    private let radius: Double
    private let tolerance: Double
    /// Where vertices lie, so that what bulges out at them and what edges cut off cancel out.
    private let vertexRadius: Double

    init(centre: Position, radius: Double) {
        self.centre = centre
        origin = EarthCentred(centre)
        self.radius = radius
        tolerance = Shape.drawingTolerance(radius: radius)
        // Vertices 2/3 of the sagitta outside, middles of edges 1/3 inside; 5 % in reserve.
        let sagitta = 0.95 * 1.5 * tolerance
        let count = max(16, 4 * Int((.pi / (8 * sagitta / radius).squareRoot() / 2).rounded(.up)))
        vertexRadius = radius * (1 + (1 - cos(.pi / Double(count))) * 2 / 3)
        var previous = vertex(0)
        positions.append(previous)
        for i in 1...count {
            // Northwards first, then west: counter-clockwise.
            let azimuth = -360 * Double(i) / Double(count)
            let before = -360 * Double(i - 1) / Double(count)
            let next = Self.continuing(vertex(azimuth), after: previous)
            refine(previous, before, next, azimuth, depth: 0)
            positions.append(next)
            previous = next
        }
        if let first = positions.first, (previous.x - first.x).magnitude < 1 {
            positions[positions.count - 1] = first
        }
    }

    private func vertex(_ azimuth: Double) -> Position {
        Geodesic.wgs84.direct(from: centre, azimuth: azimuth, distance: vertexRadius).position
    }

    /// The same position with a longitude less than half a turn from that of another.
    private static func continuing(_ position: Position, after other: Position) -> Position {
        var result = position
        while result.x - other.x > 180 { result.x -= 360 }
        while result.x - other.x < -180 { result.x += 360 }
        return result
    }

    /// Adds vertices between two where the middle of their edge is too far from the radius.
    private mutating func refine(
        _ a: Position, _ from: Double, _ b: Position, _ to: Double, depth: Int
    ) {
        guard depth < 24 else { return }
        let middle = Position((a.x + b.x) / 2, (a.y + b.y) / 2)
        let distance =
            radius < GeodesicSeries.reach
            ? origin.geodesicDistance(to: EarthCentred(middle))
            : Geodesic.wgs84.distance(from: centre, to: middle)
        if (distance - radius).magnitude <= tolerance { return }
        let azimuth = (from + to) / 2
        let between = Self.continuing(vertex(azimuth), after: a)
        refine(a, from, between, azimuth, depth: depth + 1)
        positions.append(between)
        refine(between, azimuth, b, to, depth: depth + 1)
    }
}
