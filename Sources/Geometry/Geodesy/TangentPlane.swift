#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// East and north at a position, along which it can be moved: what Newton's method needs to know of
/// the way distances change.
struct TangentPlane {
    let place: CentredPosition
    private let east: EarthCentred
    private let north: EarthCentred

    init(at position: Position) {
        place = CentredPosition(position)
        let (sinLambda, cosLambda) = Double.sineAndCosine(degrees: position.x)
        let (sinPhi, cosPhi) = Double.sineAndCosine(degrees: position.y)
        east = EarthCentred(x: -sinLambda, y: cosLambda, z: 0)
        north = EarthCentred(x: -sinPhi * cosLambda, y: -sinPhi * sinLambda, z: cosPhi)
    }

    /// The chord towards a position, seen from above, in metres eastwards and northwards.
    @inline(__always)
    func chord(to site: CentredPosition) -> (east: Double, north: Double) {
        let (from, to) = (place.centred, site.centred)
        let chord = EarthCentred(x: to.x - from.x, y: to.y - from.y, z: to.z - from.z)
        return (
            chord.x * east.x + chord.y * east.y,
            chord.x * north.x + chord.y * north.y + chord.z * north.z
        )
    }

    /// How far a position is in metres, and the direction towards it, of length 1.
    ///
    /// The direction is that of the chord, seen from above: less than a second of arc from the
    /// geodesic's within 100 km. The distance is exact, and so is what equal distances lead to.
    func line(to site: CentredPosition) -> (distance: Double, east: Double, north: Double) {
        let (e, n) = chord(to: site)
        let length = hypot(e, n)
        guard length > 0 else { return (0, 0, 0) }
        return (site.distance(to: place), e / length, n / length)
    }

    /// The plane at a position some metres away: exact in the limit of short moves, and good to a
    /// part in 10⁵ of moves of 50 km.
    func moved(_ e: Double, _ n: Double) -> TangentPlane {
        let from = place.centred
        let moved = EarthCentred(
            x: from.x + e * east.x + n * north.x, y: from.y + e * east.y + n * north.y,
            z: from.z + n * north.z)
        return TangentPlane(at: moved.position)
    }
}
