internal import CGEOS

extension Shape {
    /// Returns how far a position may be moved at least before the shape becomes invalid.
    ///
    /// Planar, in the unit of the coordinates. See `GEOSMinimumClearance_r` in the
    /// [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Returns: The clearance; infinity where no movement does harm, as for a single point.
    /// - Throws: ``GeometryError`` where the shape cannot be built or GEOS fails.
    public func minimumClearance() throws(GeometryError) -> Double {
        // This one call returns 0 for success and 2 for an exception.
        try measured("the minimum clearance") {
            GEOSMinimumClearance_r($0, $1, $2) == 0 ? 1 : 0
        }
    }

    /// Returns the line along which the least clearance is found.
    ///
    /// Planar, in the plane of the coordinates. See `GEOSMinimumClearanceLine_r` in the
    /// [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Returns: A line of two positions; an empty line where there is no such place.
    /// - Throws: ``GeometryError`` where the shape cannot be built or GEOS fails.
    public func minimumClearanceLine() throws(GeometryError) -> Shape {
        try derived("the minimum clearance", GEOSMinimumClearanceLine_r)
    }
}
