public import Geometry

/// Finds places by position.
public struct PlacesAround: Sendable {
    /// The places that are searched: those with a position.
    public let places: [Place]
    private let positions: [Position]
    private let index: PointIndex

    /// Creates a search.
    ///
    /// - Parameter places: The places to search; those without a position are never found.
    /// - Throws: `GeometryError` naming the first place that is not on the globe.
    public init(_ places: [Place]) throws {
        self.places = places.filter { $0.position != nil }
        positions = places.compactMap(\.position)
        index = try PointIndex(positions)
    }

    /// A place near a position.
    public struct Nearby: Hashable, Sendable {
        /// The place.
        public let place: Place
        /// The length of the geodesic to it in metres.
        public let distance: Double
        /// The bearing to it in degrees clockwise from north, from 0 to 360.
        public let azimuth: Double
        /// Whether the position lies within a circle of the place's recorded area around it.
        ///
        /// An indication, not a boundary; `nil` where no area is recorded.
        public let isInside: Bool?
    }

    /// Finds the places nearest to a position.
    ///
    /// - Parameters:
    ///   - position: Longitude, latitude in degrees.
    ///   - limit: How many at most.
    /// - Returns: The places by distance.
    /// - Throws: `GeometryError` where the position is not on the globe.
    public func find(_ position: Position, limit: Int = 10) throws -> [Nearby] {
        try index.nearest(to: position, k: limit).map { found in
            let place = places[found.index]
            let azimuth = Geodesic.wgs84.inverse(from: position, to: positions[found.index]).azimuth
            return Nearby(
                place: place, distance: found.distance,
                azimuth: azimuth < 0 ? azimuth + 360 : azimuth,
                isInside: place.areaKM2.map {
                    found.distance <= ($0 * 1e6 / .pi).squareRoot()
                })
        }
    }
}
