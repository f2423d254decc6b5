#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A position on the ellipsoid as metres from the centre of the earth: x towards longitude 0,
/// y towards 90° east, z towards the north pole (EPSG:4978 at height 0).
///
/// Distances between such positions need no trigonometry; see ``geodesicDistance(to:)``.
struct EarthCentred: Hashable, Sendable {
    var x: Double
    var y: Double
    var z: Double

    init(x: Double, y: Double, z: Double) {
        self.x = x
        self.y = y
        self.z = z
    }

    /// Converts a position in degrees.
    init(longitude: Double, latitude: Double) {
        (x, y, z) = Self.coordinates(longitude: longitude, latitude: latitude)
    }

    /// The coordinates of positions in degrees.
    @inline(__always)
    static func coordinates<N: SeriesNumber>(longitude: N, latitude: N) -> (x: N, y: N, z: N) {
        coordinates(longitude: longitude, latitude: N.sineAndCosine(degrees: latitude))
    }

    /// The coordinates of positions, their longitude in degrees, their latitude by its sine and
    /// cosine.
    @inline(__always)
    static func coordinates<N: SeriesNumber>(
        longitude: N, latitude: (sine: N, cosine: N)
    ) -> (x: N, y: N, z: N) {
        let (sine, cosine) = latitude
        let (sinLambda, cosLambda) = N.sineAndCosine(degrees: longitude)
        let shrink = (N(all: 1) - N(all: WGS84.e2) * sine * sine).squareRoot()
        let normal = N(all: WGS84.a) / shrink
        let across = normal * cosine
        return (across * cosLambda, across * sinLambda, normal * N(all: 1 - WGS84.e2) * sine)
    }

    init(_ position: Position) {
        self.init(longitude: position.x, latitude: position.y)
    }

    /// The square of the straight line through the earth, in square metres.
    @inline(__always)
    func squaredChord(to other: EarthCentred) -> Double {
        let dx = other.x - x
        let dy = other.y - y
        let dz = other.z - z
        return dx * dx + dy * dy + dz * dz
    }

    /// The length of the geodesic to a position whose chord is at most ``GeodesicSeries/reach``.
    ///
    /// Exact to 5 nm, as far as Karney's solution is; see ``GeodesicSeries``.
    @inline(__always)
    func geodesicDistance(to other: EarthCentred) -> Double {
        let squared = squaredChord(to: other)
        guard squared > 0 else { return 0 }
        let (length, tilt) = GeodesicSeries.parts(from: (x, y, z), to: (other.x, other.y, other.z))
        guard squared > GeodesicSeries.plainReach * GeodesicSeries.plainReach else { return length }
        return length + GeodesicSeries.rest(squared, tilt: tilt, climb: other.z - z)
    }

    /// The position in degrees.
    ///
    /// Bowring's formula with one iteration: below 1e-9 degrees for positions near the surface.
    var position: Position {
        let across = hypot(x, y)
        let beta = atan2(z * WGS84.a, across * WGS84.b)
        let second = WGS84.e2 / (1 - WGS84.e2)
        let latitude = atan2(
            z + second * WGS84.b * pow(sin(beta), 3),
            across - WGS84.e2 * WGS84.a * pow(cos(beta), 3))
        return Position(atan2(y, x) * (180 / .pi), latitude * (180 / .pi))
    }
}
