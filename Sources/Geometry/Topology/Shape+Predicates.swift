internal import CGEOS

/// The questions of Simple Features about two shapes.
///
/// All of them look at the plane of the coordinates: an edge between two positions in longitude
/// and latitude is straight on the map, not a geodesic. An empty shape has nothing in common with
/// any other. Against one area asked many times use ``PreparedArea``.
extension Shape {
    /// Whether every position of another shape is in this one or on its border.
    ///
    /// Planar, see above; `GEOSCovers_r` in the
    /// [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Parameter other: The other shape.
    /// - Returns: True where the other one is nowhere outside.
    /// - Throws: ``GeometryError`` where a shape cannot be built or GEOS fails.
    public func covers(_ other: Shape) throws(GeometryError) -> Bool {
        try asked("covers", about: other, GEOSCovers_r)
    }

    /// Whether this shape covers another and not only along its border.
    ///
    /// Planar, see above; `GEOSContains_r` in the
    /// [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Parameter other: The other shape.
    /// - Returns: True as for ``covers(_:)`` where also the interiors meet.
    /// - Throws: ``GeometryError`` where a shape cannot be built or GEOS fails.
    public func contains(_ other: Shape) throws(GeometryError) -> Bool {
        try asked("contains", about: other, GEOSContains_r)
    }

    /// Whether every position of this shape is in another or on its border.
    ///
    /// Planar, see above; `GEOSCoveredBy_r` in the
    /// [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Parameter other: The other shape.
    /// - Returns: True where this one is nowhere outside.
    /// - Throws: ``GeometryError`` where a shape cannot be built or GEOS fails.
    public func coveredBy(_ other: Shape) throws(GeometryError) -> Bool {
        try asked("covered by", about: other, GEOSCoveredBy_r)
    }

    /// Whether another shape covers this one and not only along its border.
    ///
    /// Planar, see above; `GEOSWithin_r` in the
    /// [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Parameter other: The other shape.
    /// - Returns: True as for ``coveredBy(_:)`` where also the interiors meet.
    /// - Throws: ``GeometryError`` where a shape cannot be built or GEOS fails.
    public func within(_ other: Shape) throws(GeometryError) -> Bool {
        try asked("within", about: other, GEOSWithin_r)
    }

    /// Whether this shape and another have any position in common.
    ///
    /// Planar, see above; `GEOSIntersects_r` in the
    /// [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Parameter other: The other shape.
    /// - Returns: True from a common border on.
    /// - Throws: ``GeometryError`` where a shape cannot be built or GEOS fails.
    public func intersects(_ other: Shape) throws(GeometryError) -> Bool {
        try asked("intersects", about: other, GEOSIntersects_r)
    }

    /// Whether this shape and another have no position in common.
    ///
    /// Planar, see above; `GEOSDisjoint_r` in the
    /// [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Parameter other: The other shape.
    /// - Returns: The opposite of ``intersects(_:)``.
    /// - Throws: ``GeometryError`` where a shape cannot be built or GEOS fails.
    public func disjoint(_ other: Shape) throws(GeometryError) -> Bool {
        try asked("disjoint", about: other, GEOSDisjoint_r)
    }

    /// Whether this shape and another meet at borders only.
    ///
    /// Planar, see above; `GEOSTouches_r` in the
    /// [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Parameter other: The other shape.
    /// - Returns: True where they intersect but their interiors do not.
    /// - Throws: ``GeometryError`` where a shape cannot be built or GEOS fails.
    public func touches(_ other: Shape) throws(GeometryError) -> Bool {
        try asked("touches", about: other, GEOSTouches_r)
    }

    /// Whether this shape and another cross, as a line crosses an area or a line.
    ///
    /// Planar, see above; `GEOSCrosses_r` in the
    /// [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Parameter other: The other shape.
    /// - Returns: True where the interiors meet in fewer dimensions than the greater of the two has.
    /// - Throws: ``GeometryError`` where a shape cannot be built or GEOS fails.
    public func crosses(_ other: Shape) throws(GeometryError) -> Bool {
        try asked("crosses", about: other, GEOSCrosses_r)
    }

    /// Whether this shape and another of the same dimension share some, but not all.
    ///
    /// Planar, see above; `GEOSOverlaps_r` in the
    /// [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Parameter other: The other shape.
    /// - Returns: True where the interiors meet and each has a part of its own.
    /// - Throws: ``GeometryError`` where a shape cannot be built or GEOS fails.
    public func overlaps(_ other: Shape) throws(GeometryError) -> Bool {
        try asked("overlaps", about: other, GEOSOverlaps_r)
    }

    /// Whether this shape and another hold exactly the same positions of the plane.
    ///
    /// Planar, see above; `GEOSEquals_r` in the
    /// [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Parameter other: The other shape.
    /// - Returns: True whatever the order, the start or the number of positions.
    /// - Throws: ``GeometryError`` where a shape cannot be built or GEOS fails.
    public func equals(_ other: Shape) throws(GeometryError) -> Bool {
        try asked("equals", about: other, GEOSEquals_r)
    }

    /// Whether this shape and another have the same kind and structure, position by position.
    ///
    /// Heights do not count. Planar, see above; `GEOSEqualsExact_r` in the
    /// [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Parameters:
    ///   - other: The other shape.
    ///   - tolerance: How far two positions may be apart, in the unit of the coordinates.
    /// - Returns: True where all positions agree in the order given; see ``normalized()``.
    /// - Throws: ``GeometryError`` where a shape cannot be built or GEOS fails.
    public func equalsExactly(
        _ other: Shape, tolerance: Double = 0
    ) throws(GeometryError) -> Bool {
        try Shape.check(tolerance, "the tolerance", atLeast: 0)
        return try asked("equals exactly", about: other) {
            GEOSEqualsExact_r($0, $1, $2, tolerance)
        }
    }
}
