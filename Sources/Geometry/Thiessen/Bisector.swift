#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Where two or three sites are equally far along the geodesic.
enum Bisector {
    /// How far a drawn edge may lie from the line of equal distance, in metres.
    static let tolerance = 0.25

    /// The position equally far from three sites, near them; `nil` where they lie so nearly on one
    /// line that there is none.
    ///
    /// Equal chords first, which is where two planes and the ellipsoid meet, then Newton's method
    /// on the geodesic distances.
    static func centre(_ a: Position, _ b: Position, _ c: Position) -> Position? {
        let sites = [CentredPosition(a), CentredPosition(b), CentredPosition(c)]
        let start = equalChords(sites[0].centred, sites[1].centred, sites[2].centred)
        guard var place = start.map({ TangentPlane(at: $0.position) }) else { return nil }
        for _ in 0..<5 {
            let lines = (
                place.line(to: sites[0]), place.line(to: sites[1]), place.line(to: sites[2])
            )
            // Moving changes a distance by −(east·slope.east + north·slope.north).
            let (e1, n1) = (lines.1.east - lines.0.east, lines.1.north - lines.0.north)
            let (e2, n2) = (lines.2.east - lines.0.east, lines.2.north - lines.0.north)
            let f1 = lines.1.distance - lines.0.distance
            let f2 = lines.2.distance - lines.0.distance
            let determinant = e1 * n2 - e2 * n1
            guard determinant.magnitude > 1e-12 else { break }
            let east = (f1 * n2 - f2 * n1) / determinant
            let north = (e1 * f2 - e2 * f1) / determinant
            let move = hypot(east, north)
            // A correction is some metres; anything greater would leave the neighbourhood.
            guard move < 50_000 else { break }
            place = place.moved(east, north)
            if move < 1e-6 { break }
        }
        return place.place.position
    }

    /// The position on the ellipsoid, on the side of the first, with equal chords to three others.
    private static func equalChords(
        _ a: EarthCentred, _ b: EarthCentred, _ c: EarthCentred
    ) -> EarthCentred? {
        // All relative to a: points x with x·u = |u|²/2 and x·v = |v|²/2.
        let u = EarthCentred(x: b.x - a.x, y: b.y - a.y, z: b.z - a.z)
        let v = EarthCentred(x: c.x - a.x, y: c.y - a.y, z: c.z - a.z)
        let w = EarthCentred(
            x: u.y * v.z - u.z * v.y, y: u.z * v.x - u.x * v.z, z: u.x * v.y - u.y * v.x)
        let norm = w.x * w.x + w.y * w.y + w.z * w.z
        guard norm > 0 else { return nil }
        let uu = (u.x * u.x + u.y * u.y + u.z * u.z) / 2
        let vv = (v.x * v.x + v.y * v.y + v.z * v.z) / 2
        // x0 = (uu (v × w) + vv (w × u)) / |w|²
        let x0 = EarthCentred(
            x: a.x + (uu * (v.y * w.z - v.z * w.y) + vv * (w.y * u.z - w.z * u.y)) / norm,
            y: a.y + (uu * (v.z * w.x - v.x * w.z) + vv * (w.z * u.x - w.x * u.z)) / norm,
            z: a.z + (uu * (v.x * w.y - v.y * w.x) + vv * (w.x * u.y - w.y * u.x)) / norm)
        // Where the line x0 + t·w meets the ellipsoid; of the two places the one nearer to a.
        let stretch = WGS84.a / WGS84.b
        let (px, py, pz) = (x0.x, x0.y, x0.z * stretch)
        let (dx, dy, dz) = (w.x, w.y, w.z * stretch)
        let aa = dx * dx + dy * dy + dz * dz
        let bb = px * dx + py * dy + pz * dz
        let cc = px * px + py * py + pz * pz - WGS84.a * WGS84.a
        let discriminant = bb * bb - aa * cc
        guard discriminant >= 0, aa > 0 else { return nil }
        let root = discriminant.squareRoot()
        let places = [(-bb + root) / aa, (-bb - root) / aa].map {
            EarthCentred(x: x0.x + $0 * w.x, y: x0.y + $0 * w.y, z: x0.z + $0 * w.z)
        }
        return places.min { $0.squaredChord(to: a) < $1.squaredChord(to: a) }
    }

    /// The position equally far from two sites that is nearest to a position near there, and how
    /// far away it was, in metres.
    static func nearest(
        to place: Position, between a: CentredPosition, _ b: CentredPosition
    ) -> (place: Position, distance: Double) {
        let start = TangentPlane(at: place)
        var result = start
        for _ in 0..<4 {
            let (toA, toB) = (result.line(to: a), result.line(to: b))
            let east = toB.east - toA.east
            let north = toB.north - toA.north
            let slope = east * east + north * north
            let difference = toB.distance - toA.distance
            guard slope > 1e-12, difference.magnitude >= 1e-6 else { break }
            result = result.moved(difference / slope * east, difference / slope * north)
        }
        return (
            result.place.position,
            start.place.centred.squaredChord(to: result.place.centred).squareRoot()
        )
    }

    /// The edge between two positions on the bisector of two sites, with as many vertices as it
    /// takes to stay within ``tolerance`` of equal distance.
    ///
    /// - Parameters:
    ///   - start: A position on the bisector.
    ///   - end: Another.
    ///   - a: A site.
    ///   - b: The other.
    ///   - meridian: Longitudes come within 180° of it.
    /// - Returns: The positions from start to end.
    static func edge(
        from start: Position, to end: Position, between a: Position, _ b: Position,
        around meridian: Double
    ) -> [Position] {
        var positions = [start]
        let (a, b) = (CentredPosition(a), CentredPosition(b))
        func refine(_ from: Position, _ to: Position, _ depth: Int) {
            if depth < 14 {
                let middle = Position((from.x + to.x) / 2, (from.y + to.y) / 2)
                let (on, away) = nearest(to: middle, between: a, b)
                // A long edge might cross its chord in the middle: it is halved in any case.
                if away > tolerance / 2
                    || depth < 2 && EarthCentred(from).squaredChord(to: EarthCentred(to)) > 1e8
                {
                    let between = unwrapped(on, around: meridian)
                    refine(from, between, depth + 1)
                    positions.append(between)
                    refine(between, to, depth + 1)
                    return
                }
            }
        }
        refine(start, end, 0)
        positions.append(end)
        return positions
    }

    /// The same position with a longitude within 180° of a meridian.
    static func unwrapped(_ place: Position, around meridian: Double) -> Position {
        var result = place
        while result.x - meridian > 180 { result.x -= 360 }
        while result.x - meridian < -180 { result.x += 360 }
        return result
    }
}
