internal import CGEOS

extension Shape {
    /// Returns the shape with fewer positions, by the algorithm of Douglas and Peucker.
    ///
    /// Each ring is treated for itself: polygons of a multipolygon may come to overlap, small
    /// rings vanish; areas are repaired afterwards. Planar: the tolerance is in the unit of the
    /// coordinates, degrees for longitude and latitude. See `GEOSSimplify_r` in the
    /// [C manual](https://libgeos.org/doxygen/geos__c_8h.html) and Douglas and Peucker 1973,
    /// doi 10.3138/FM57-6770-U75U-7727.
    ///
    /// - Parameter tolerance: How far a dropped position may lie from the new line; at least 0.
    /// - Returns: The simplified shape, perhaps empty.
    /// - Throws: ``GeometryError`` where the shape cannot be built or GEOS fails.
    public func simplified(tolerance: Double) throws(GeometryError) -> Shape {
        try Shape.check(tolerance, "the tolerance", atLeast: 0)
        return try derived("the simplification") { GEOSSimplify_r($0, $1, tolerance) }
    }

    /// Returns the shape with fewer positions, its rings and holes neither lost nor crossing.
    ///
    /// Shared borders of the members of one shape are not kept shared. Planar: the tolerance is in
    /// the unit of the coordinates, degrees for longitude and latitude. See
    /// `GEOSTopologyPreserveSimplify_r` in the
    /// [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Parameter tolerance: How far a dropped position may lie from the new line; at least 0.
    /// - Returns: The simplified shape, of the same kind.
    /// - Throws: ``GeometryError`` where the shape cannot be built or GEOS fails.
    public func simplifiedPreservingTopology(tolerance: Double) throws(GeometryError) -> Shape {
        try Shape.check(tolerance, "the tolerance", atLeast: 0)
        return try derived("the simplification") {
            GEOSTopologyPreserveSimplify_r($0, $1, tolerance)
        }
    }
}
