public import Geometry

/// How far it is from a place to a facility: what every analysis asks, and all it knows of roads
/// or of the ellipsoid.
///
/// A metric prepares the facilities once and is then asked from any number of tasks. The metric
/// here is ``GeodesicMetric``; a travel time along roads is another, in a room of its own.
public protocol Metric: Sendable {
    /// The metric's name, for results: `geodesic`.
    var name: String { get }

    /// Prepares facilities to be found.
    ///
    /// - Parameter shapes: Where each facility is; `nil` for one without a place, which is never
    ///   found.
    /// - Returns: A finder of those facilities.
    /// - Throws: An error naming the first facility, from 0, that is not on the globe.
    func prepare(_ shapes: [Shape?]) throws -> any FacilityFinder
}

/// Finds the facilities near a place; an immutable value shared by all tasks.
public protocol FacilityFinder: Sendable {
    /// The nearest facilities to each of many places.
    ///
    /// - Parameters:
    ///   - longitudes: Degrees; NaN for a row without a place, which has none.
    ///   - latitudes: Degrees, as many as longitudes.
    ///   - k: How many a place at most.
    ///   - limit: The greatest distance; a facility exactly at it counts. `nil` for any.
    /// - Returns: Facilities by their place in the order given, equal distances in that order.
    /// - Throws: An error naming the first row, from 0, that is not on the globe.
    func nearest(
        longitudes: [Double], latitudes: [Double], k: Int, within limit: Distance?
    ) throws -> NeighbourTable

    /// All facilities within a distance of each of many places: rows of a cost matrix.
    ///
    /// - Parameters:
    ///   - longitudes: Degrees; NaN for a row without a place, which reaches nothing.
    ///   - latitudes: Degrees, as many as longitudes.
    ///   - limit: The greatest distance; a facility exactly at it counts. `nil` for any.
    /// - Returns: One row a place, with the facilities in the order given.
    /// - Throws: An error naming the first row, from 0, that is not on the globe.
    func reach(
        longitudes: [Double], latitudes: [Double], within limit: Distance?
    ) throws -> NeighbourRows

    /// Tells of each of many places the least of some distances within which a facility lies, where
    /// that takes less than finding the nearest.
    ///
    /// - Parameters:
    ///   - longitudes: Degrees; NaN for a row without a place.
    ///   - latitudes: Degrees, as many as longitudes.
    ///   - distances: Ascending; a facility exactly at one counts.
    /// - Returns: For each row the place of the distance, their number where no facility lies within
    ///   any, -1 for a row without a place; `nil` where the nearest are to be asked for.
    /// - Throws: An error naming the first row, from 0, that is not on the globe.
    func covering(
        longitudes: [Double], latitudes: [Double], within distances: [Distance]
    ) throws -> [Int]?
}

extension FacilityFinder {
    /// The nearest are to be asked for.
    ///
    /// - Parameters:
    ///   - longitudes: Not looked at.
    ///   - latitudes: Not looked at.
    ///   - distances: Not looked at.
    /// - Returns: `nil`.
    /// - Throws: Nothing.
    public func covering(
        longitudes: [Double], latitudes: [Double], within distances: [Distance]
    ) throws -> [Int]? { nil }

    /// All facilities within a distance of each of many places, by asking for more and more of the
    /// nearest.
    ///
    /// - Parameters:
    ///   - longitudes: Degrees; NaN for a row without a place, which reaches nothing.
    ///   - latitudes: Degrees, as many as longitudes.
    ///   - limit: The greatest distance; a facility exactly at it counts. `nil` for any.
    /// - Returns: One row a place, with the facilities in the order given.
    /// - Throws: An error naming the first row, from 0, that is not on the globe.
    public func reach(
        longitudes: [Double], latitudes: [Double], within limit: Distance?
    ) throws -> NeighbourRows {
        var rows = NeighbourRows()
        for row in longitudes.indices {
            var k = 16
            var found: [PointIndex.Neighbour] = []
            while true {
                let table = try nearest(
                    longitudes: [longitudes[row]], latitudes: [latitudes[row]], k: k,
                    within: limit)
                found = (0..<k).compactMap { table[0, $0] }
                if found.count < k { break }
                k *= 4
            }
            for neighbour in found.sorted(by: { $0.index < $1.index }) {
                rows.append(Int32(neighbour.index), neighbour.distance)
            }
            rows.endRow()
        }
        return rows
    }
}
