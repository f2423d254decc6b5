internal import CPROJ

/// Geodesics on the WGS 84 ellipsoid: the shortest way between positions, its length and bearings.
///
/// Karney's algorithms, exact to about 15 nm over the whole globe, antipodes included
/// (C. F. F. Karney, Algorithms for geodesics, J. Geodesy 87, 2013,
/// https://doi.org/10.1007/s00190-012-0578-z), as they come with PROJ:
/// https://geographiclib.sourceforge.io/C/. About 1 µs a call.
///
/// Latitudes must be within ±90°; longitudes are taken modulo 360°. Positions that are not finite
/// or not on the globe give NaN.
public struct Geodesic: Sendable {
    private let earth: geod_geodesic

    /// Geodesics on WGS 84.
    public static let wgs84 = Geodesic()

    private init() {
        var earth = geod_geodesic()
        geod_init(&earth, WGS84.a, WGS84.f)
        self.earth = earth
    }

    /// The shortest way between two positions.
    public struct Line: Hashable, Sendable {
        /// Its length in metres.
        public let distance: Double
        /// Its bearing at the start, degrees clockwise from north, within ±180.
        public let azimuth: Double
        /// Its bearing at the end, in the direction of travel, degrees clockwise from north.
        public let finalAzimuth: Double
    }

    /// Solves the inverse problem: the shortest way between two positions.
    ///
    /// - Parameters:
    ///   - start: Longitude, latitude in degrees.
    ///   - end: Longitude, latitude in degrees.
    /// - Returns: Length and bearings; of several shortest ways (antipodes), the northern one.
    /// - Complexity: O(1), about 1 µs.
    public func inverse(from start: Position, to end: Position) -> Line {
        var distance = 0.0
        var first = 0.0
        var second = 0.0
        withUnsafePointer(to: earth) {
            geod_inverse($0, start.y, start.x, end.y, end.x, &distance, &first, &second)
        }
        return Line(distance: distance, azimuth: first, finalAzimuth: second)
    }

    /// The length of the shortest way between two positions.
    ///
    /// - Parameters:
    ///   - start: Longitude, latitude in degrees.
    ///   - end: Longitude, latitude in degrees.
    /// - Returns: Metres.
    /// - Complexity: O(1), about 1 µs.
    public func distance(from start: Position, to end: Position) -> Double {
        var distance = 0.0
        withUnsafePointer(to: earth) {
            geod_inverse($0, start.y, start.x, end.y, end.x, &distance, nil, nil)
        }
        return distance
    }

    /// Solves the direct problem: where one arrives.
    ///
    /// - Parameters:
    ///   - start: Longitude, latitude in degrees.
    ///   - azimuth: Bearing at the start, degrees clockwise from north.
    ///   - distance: Metres; a negative length goes backwards.
    /// - Returns: The position reached, longitude within ±180, and the bearing there.
    /// - Complexity: O(1), about 1 µs.
    public func direct(
        from start: Position, azimuth: Double, distance: Double
    ) -> (position: Position, azimuth: Double) {
        var latitude = 0.0
        var longitude = 0.0
        var arrival = 0.0
        withUnsafePointer(to: earth) {
            geod_direct($0, start.y, start.x, azimuth, distance, &latitude, &longitude, &arrival)
        }
        return (Position(longitude, latitude), arrival)
    }

    /// Returns the area inside a ring and its length, both along geodesics between its positions.
    ///
    /// - Parameter ring: Positions in longitude, latitude order; closing it is optional.
    /// - Returns: Square metres, positive for a counter-clockwise ring and negative for a clockwise
    ///   one, and metres.
    /// - Complexity: O(n).
    public func areaAndPerimeter(ofRing ring: [Position]) -> (area: Double, perimeter: Double) {
        var polygon = geod_polygon()
        geod_polygon_init(&polygon, 0)
        var area = 0.0
        var perimeter = 0.0
        let open = ring.count > 1 && ring.first == ring.last ? ring.dropLast() : ring[...]
        withUnsafePointer(to: earth) { earth in
            for position in open {
                geod_polygon_addpoint(earth, &polygon, position.y, position.x)
            }
            geod_polygon_compute(earth, &polygon, 0, 1, &area, &perimeter)
        }
        return (area, perimeter)
    }

    /// Returns the length of a chain of geodesics.
    ///
    /// - Parameter line: Positions in longitude, latitude order.
    /// - Returns: Metres; 0 for fewer than two positions.
    /// - Complexity: O(n).
    public func length(of line: [Position]) -> Double {
        zip(line, line.dropFirst()).reduce(0) { $0 + distance(from: $1.0, to: $1.1) }
    }
}
