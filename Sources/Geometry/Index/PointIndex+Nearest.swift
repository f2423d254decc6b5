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

    private func check(_ place: Position) throws(GeometryError) {
        guard place.isOnGlobe else {
            throw GeometryError(
                .badPosition, "\(place) is not a longitude and latitude",
                remedy: place.swappedRemedy)
        }
    }
}
