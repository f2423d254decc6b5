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
