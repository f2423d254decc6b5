/// The figure of the earth that everything here is measured on.
///
/// Defining constants of the World Geodetic System 1984 (NGA.STND.0036, table 3.1).
enum WGS84 {
    /// Equatorial radius in metres.
    static let a = 6_378_137.0
    /// Flattening.
    static let f = 1 / 298.257223563
    /// Polar radius in metres.
    static let b = a * (1 - f)
    /// Square of the first eccentricity.
    static let e2 = f * (2 - f)
    /// The least radius of curvature anywhere, in any direction: along the meridian at the equator.
    static let leastRadius = b * b / a
    /// The greatest radius of curvature anywhere: at the poles.
    static let greatestRadius = a * a / b
}
