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
        let lambda = longitude * (.pi / 180)
        let phi = latitude * (.pi / 180)
        let sine = sin(phi)
        let normal = WGS84.a / (1 - WGS84.e2 * sine * sine).squareRoot()
        let across = normal * cos(phi)
        x = across * cos(lambda)
        y = across * sin(lambda)
        z = normal * (1 - WGS84.e2) * sine
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
    /// Exact to 5 nm, as far as Karney's solution is; see ``GeodesicSeries``. The normals come from
    /// the positions: n ∥ (x, y, z/(1−e²)).
    @inline(__always)
    func geodesicDistance(to other: EarthCentred) -> Double {
        let dx = other.x - x
        let dy = other.y - y
        let dz = other.z - z
        let squared = dx * dx + dy * dy + dz * dz
        guard squared > 0 else { return 0 }
        let stretch = 1 / (1 - WGS84.e2)
        let z1 = z * stretch
        let z2 = other.z * stretch
        let rise1 = x * dx + y * dy + z1 * dz
        let rise2 = other.x * dx + other.y * dy + z2 * dz
        let norm1 = x * x + y * y + z1 * z1
        let norm2 = other.x * other.x + other.y * other.y + z2 * z2
        let rises = max(0, -(rise1 * rise2) / (norm1 * norm2).squareRoot())
        let length = GeodesicSeries.plain(squared, rises: rises)
        guard squared > GeodesicSeries.plainReach * GeodesicSeries.plainReach else { return length }
        let tilt = z1 / norm1.squareRoot() + z2 / norm2.squareRoot()
        return length + GeodesicSeries.rest(squared, tilt: tilt, climb: dz)
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
