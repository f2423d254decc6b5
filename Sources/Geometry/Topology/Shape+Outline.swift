internal import CGEOS

extension Shape {
    /// Returns the smallest convex shape around this one.
    ///
    /// Planar, in the plane of the coordinates. See `GEOSConvexHull_r` in the
    /// [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Returns: A polygon; a line or point where the positions span no area; an empty
    ///   collection for an empty shape.
    /// - Throws: ``GeometryError`` where the shape cannot be built or GEOS fails.
    public func convexHull() throws(GeometryError) -> Shape {
        try derived("the convex hull", GEOSConvexHull_r)
    }

    /// Returns the border: the rings of areas, the ends of lines that no other line shares.
    ///
    /// Planar, in the plane of the coordinates. See `GEOSBoundary_r` in the
    /// [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Returns: Lines for areas, points for lines, an empty collection for points.
    /// - Throws: ``GeometryError`` where the shape cannot be built or is a collection.
    public func boundary() throws(GeometryError) -> Shape {
        try derived("the boundary", GEOSBoundary_r)
    }
}
