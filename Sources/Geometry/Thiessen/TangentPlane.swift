#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A site of a diagram, in degrees and from the centre of the earth.
struct ThiessenSite {
    let position: Position
    let centred: EarthCentred

    init(_ position: Position) {
        self.position = position
        centred = EarthCentred(position)
    }

    /// The length of the geodesic to another position in metres, as exact as Karney's solution.
    func distance(to place: Position, _ placeCentred: EarthCentred) -> Double {
        centred.squaredChord(to: placeCentred) < GeodesicSeries.reach * GeodesicSeries.reach
            ? centred.geodesicDistance(to: placeCentred)
            : Geodesic.wgs84.distance(from: position, to: place)
    }
}

/// East and north at a position, along which it can be moved: what Newton's method needs to know of
/// the way distances change.
struct TangentPlane {
    let position: Position
    let centred: EarthCentred
    private let east: EarthCentred
    private let north: EarthCentred

    init(at position: Position) {
        self.position = position
        centred = EarthCentred(position)
        let (sinLambda, cosLambda) = Double.sineAndCosine(degrees: position.x)
        let (sinPhi, cosPhi) = Double.sineAndCosine(degrees: position.y)
        east = EarthCentred(x: -sinLambda, y: cosLambda, z: 0)
        north = EarthCentred(x: -sinPhi * cosLambda, y: -sinPhi * sinLambda, z: cosPhi)
    }

    /// How far a site is in metres, and the direction towards it, of length 1.
    ///
    /// The direction is that of the chord, seen from above: less than a second of arc from the
    /// geodesic's within 100 km. The distance is exact, and so is what equal distances lead to.
    func line(to site: ThiessenSite) -> (distance: Double, east: Double, north: Double) {
        let chord = EarthCentred(
            x: site.centred.x - centred.x, y: site.centred.y - centred.y,
            z: site.centred.z - centred.z)
        let e = chord.x * east.x + chord.y * east.y
        let n = chord.x * north.x + chord.y * north.y + chord.z * north.z
        let length = hypot(e, n)
        guard length > 0 else { return (0, 0, 0) }
        return (site.distance(to: position, centred), e / length, n / length)
    }

    /// The plane at a position some metres away: exact in the limit of short moves, and good to a
    /// part in 10⁵ of moves of 50 km.
    func moved(_ e: Double, _ n: Double) -> TangentPlane {
        let place = EarthCentred(
            x: centred.x + e * east.x + n * north.x, y: centred.y + e * east.y + n * north.y,
            z: centred.z + n * north.z)
        return TangentPlane(at: place.position)
    }
}
