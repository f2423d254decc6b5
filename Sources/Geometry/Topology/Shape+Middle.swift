internal import CGEOS

extension Shape {
    /// Returns the centre of mass of the parts of highest dimension.
    ///
    /// It may lie outside the shape; see ``interiorPoint()``. Planar: in longitude and latitude it
    /// is the centre on the map, not on the globe. See `GEOSGetCentroid_r` in the
    /// [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Returns: The centre, or `nil` for an empty shape.
    /// - Throws: ``GeometryError`` where the shape cannot be built or GEOS fails.
    public func centroid() throws(GeometryError) -> Position? {
        try derived("the centroid", GEOSGetCentroid_r).points.first
    }

    /// Returns a position within the shape, near its middle where that is possible.
    ///
    /// The position is in the interior of an area, a position of a line that is no end of it, or
    /// one of several points. Planar, in the plane of the coordinates. See
    /// `GEOSPointOnSurface_r` in the
    /// [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Returns: The position, or `nil` for an empty shape.
    /// - Throws: ``GeometryError`` where the shape cannot be built or GEOS fails.
    public func interiorPoint() throws(GeometryError) -> Position? {
        try derived("the interior point", GEOSPointOnSurface_r).points.first
    }
}
