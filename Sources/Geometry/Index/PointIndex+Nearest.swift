extension PointIndex {
    /// Returns the nearest positions, nearest first.
    ///
    /// - Parameters:
    ///   - place: Longitude, latitude in degrees.
    ///   - k: How many at most.
    ///   - limit: The greatest distance; a position exactly at it counts. `nil` for any.
    /// - Returns: At most `k` positions by distance, equal distances in the order given.
    /// - Throws: ``GeometryError`` (`badPosition`) where the place is not on the globe.
    /// - Complexity: O(k log k + log n) on average for n positions.
    public func nearest(
        to place: Position, k: Int = 1, within limit: Distance? = nil
    ) throws(GeometryError) -> [Neighbour] {
        try check(place)
        return withSearch { search in search.nearest(to: place, k: k, within: limit?.metres) }
    }

    /// Returns all positions within a distance, nearest first.
    ///
    /// - Parameters:
    ///   - radius: The greatest distance; a position exactly at it counts.
    ///   - place: Longitude, latitude in degrees.
    /// - Returns: The positions by distance, equal distances in the order given.
    /// - Throws: ``GeometryError`` (`badPosition`) where the place is not on the globe.
    /// - Complexity: O(log n + m log m) on average for m positions found among n.
    public func all(
        within radius: Distance, of place: Position
    ) throws(GeometryError) -> [Neighbour] {
        try check(place)
        return withSearch { search in
            search.settle(search.rivals(of: place, within: radius.metres), from: place).filter {
                search.isWithin(radius.metres, $0, of: place)
            }
        }
    }

    /// Returns the nearest positions to each of many places.
    ///
    /// - Parameters:
    ///   - longitudes: Degrees; NaN for a row without a place, which has no neighbours.
    ///   - latitudes: Degrees, as many as longitudes.
    ///   - k: How many a place at most.
    ///   - limit: The greatest distance; a position exactly at it counts. `nil` for any.
    /// - Returns: A table with `k` neighbours a place.
    /// - Throws: ``GeometryError`` (`badPosition`) naming the first row that is not on the globe.
    /// - Complexity: O(m (k log k + log n)) on average for m places and n positions.
    public func nearest(
        longitudes: [Double], latitudes: [Double], k: Int = 1, within limit: Distance? = nil
    ) throws(GeometryError) -> NeighbourTable {
        precondition(longitudes.count == latitudes.count, "as many latitudes as longitudes")
        precondition(k > 0, "at least one neighbour")
        return try withSearch { search throws(GeometryError) in
            try NearestOfMany.table(
                search, longitudes: longitudes, latitudes: latitudes, k: k, within: limit?.metres)
        }
    }

    /// Tells of each of many places the least of some distances within which a position lies.
    ///
    /// The same answers as ``nearest(longitudes:latitudes:k:within:)`` with each distance as the
    /// limit, in a part of the time: which position it is and how far away is not worked out.
    ///
    /// - Parameters:
    ///   - longitudes: Degrees; NaN for a row without a place.
    ///   - latitudes: Degrees, as many as longitudes.
    ///   - distances: Ascending; a position exactly at one counts.
    /// - Returns: For each row the place of the distance, their number where nothing lies within any,
    ///   -1 for a row without a place.
    /// - Throws: ``GeometryError`` (`badPosition`) naming the first row that is not on the globe.
    /// - Complexity: O(m log n) on average for m places and n positions, less where many places that
    ///   lie together have the same answer.
    public func covering(
        longitudes: [Double], latitudes: [Double], within distances: [Distance]
    ) throws(GeometryError) -> [Int] {
        precondition(longitudes.count == latitudes.count, "as many latitudes as longitudes")
        return try withSearch { search throws(GeometryError) in
            try CoveringOfMany.steps(
                search, longitudes: longitudes, latitudes: latitudes,
                within: distances.map(\.metres))
        }
    }

    private func check(_ place: Position) throws(GeometryError) {
        guard place.isOnGlobe else {
            throw GeometryError(
                .badPosition, "\(place) is not a longitude and latitude",
                remedy: place.swappedRemedy)
        }
    }
}
