/// A position: longitude and latitude in degrees, or easting and northing in metres.
///
/// Inside ClusterAtlas `x` is the longitude and `y` the latitude on WGS 84 (EPSG:4326). Only
/// buffers on their way through a ``Transformation`` and the planar operations of GEOS hold
/// anything else, and there `x` always points east and `y` north.
public struct Position: Hashable, Sendable {
    /// Longitude in degrees east, or easting in metres.
    public var x: Double
    /// Latitude in degrees north, or northing in metres.
    public var y: Double
    /// Height in metres, where one was given.
    public var z: Double?

    /// Creates a position from its coordinates.
    ///
    /// - Parameters:
    ///   - x: Longitude in degrees or easting in metres.
    ///   - y: Latitude in degrees or northing in metres.
    ///   - z: Height in metres, if known.
    public init(_ x: Double, _ y: Double, _ z: Double? = nil) {
        self.x = x
        self.y = y
        self.z = z
    }

    /// Creates a position on WGS 84.
    ///
    /// - Parameters:
    ///   - longitude: Degrees east of Greenwich.
    ///   - latitude: Degrees north of the equator.
    public init(longitude: Double, latitude: Double) {
        self.init(longitude, latitude)
    }

    /// The coordinates of an empty point, as WKB and GeoArrow write it.
    public static let empty = Position(.nan, .nan)

    /// Degrees east of Greenwich.
    public var longitude: Double { x }
    /// Degrees north of the equator.
    public var latitude: Double { y }

    /// Whether both coordinates are finite numbers.
    public var isFinite: Bool { x.isFinite && y.isFinite }

    /// Whether this is a position on the globe: finite, latitude within ±90° and longitude
    /// within ±180°.
    public var isOnGlobe: Bool { x >= -180 && x <= 180 && y >= -90 && y <= 90 }
}

extension Position: CustomStringConvertible {
    /// The coordinates with a comma, longitude first: `127.3654, 36.3721`.
    public var description: String {
        if let z { return "\(x), \(y), \(z)" }
        return "\(x), \(y)"
    }
}
