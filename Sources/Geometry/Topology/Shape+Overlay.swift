internal import CGEOS

/// Overlay: what two areas, lines or sets of points have in common, together or apart.
///
/// All of it happens in the plane of the coordinates: an edge between two positions in longitude
/// and latitude is straight on the map, not a geodesic. Where edges cross, heights are
/// interpolated. With a grid size every coordinate of the result is a multiple of it and the
/// operation cannot fail on near-coincident edges; without one it calculates in full precision.
/// Before GEOS 3.12 a collection of mixed dimensions is refused, and before 3.15 a line of the
/// result may come in several pieces.
extension Shape {
    /// Returns what this shape and another have in common.
    ///
    /// Planar, see above; `GEOSIntersection_r` and `GEOSIntersectionPrec_r` in the
    /// [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Parameters:
    ///   - other: The other shape.
    ///   - gridSize: The spacing of the grid for the result, in the unit of the coordinates.
    /// - Returns: The common part; an empty shape where there is none.
    /// - Throws: ``GeometryError`` where a shape cannot be built or GEOS fails.
    public func intersection(
        _ other: Shape, gridSize: Double? = nil
    ) throws(GeometryError) -> Shape {
        guard let gridSize else {
            return try derived("the intersection", with: other, GEOSIntersection_r)
        }
        try Shape.check(gridSize, "the grid size", above: 0)
        return try derived("the intersection", with: other) {
            GEOSIntersectionPrec_r($0, $1, $2, gridSize)
        }
    }

    /// Returns this shape and another together.
    ///
    /// Planar, see above; `GEOSUnion_r` and `GEOSUnionPrec_r` in the
    /// [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Parameters:
    ///   - other: The other shape.
    ///   - gridSize: The spacing of the grid for the result, in the unit of the coordinates.
    /// - Returns: The union, its borders between the two dissolved.
    /// - Throws: ``GeometryError`` where a shape cannot be built or GEOS fails.
    public func union(
        _ other: Shape, gridSize: Double? = nil
    ) throws(GeometryError) -> Shape {
        guard let gridSize else {
            return try derived("the union", with: other, GEOSUnion_r)
        }
        try Shape.check(gridSize, "the grid size", above: 0)
        return try derived("the union", with: other) {
            GEOSUnionPrec_r($0, $1, $2, gridSize)
        }
    }

    /// Returns this shape without what it has in common with another.
    ///
    /// Planar, see above; `GEOSDifference_r` and `GEOSDifferencePrec_r` in the
    /// [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Parameters:
    ///   - other: The other shape.
    ///   - gridSize: The spacing of the grid for the result, in the unit of the coordinates.
    /// - Returns: What is left of this shape; an empty shape where nothing is.
    /// - Throws: ``GeometryError`` where a shape cannot be built or GEOS fails.
    public func difference(
        _ other: Shape, gridSize: Double? = nil
    ) throws(GeometryError) -> Shape {
        guard let gridSize else {
            return try derived("the difference", with: other, GEOSDifference_r)
        }
        try Shape.check(gridSize, "the grid size", above: 0)
        return try derived("the difference", with: other) {
            GEOSDifferencePrec_r($0, $1, $2, gridSize)
        }
    }

    /// Returns what belongs to exactly one of this shape and another.
    ///
    /// Planar, see above; `GEOSSymDifference_r` and `GEOSSymDifferencePrec_r` in the
    /// [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Parameters:
    ///   - other: The other shape.
    ///   - gridSize: The spacing of the grid for the result, in the unit of the coordinates.
    /// - Returns: Both shapes without their common part.
    /// - Throws: ``GeometryError`` where a shape cannot be built or GEOS fails.
    public func symmetricDifference(
        _ other: Shape, gridSize: Double? = nil
    ) throws(GeometryError) -> Shape {
        guard let gridSize else {
            return try derived("the symmetric difference", with: other, GEOSSymDifference_r)
        }
        try Shape.check(gridSize, "the grid size", above: 0)
        return try derived("the symmetric difference", with: other) {
            GEOSSymDifferencePrec_r($0, $1, $2, gridSize)
        }
    }

    /// Returns many shapes together, cascaded: near ones are joined first.
    ///
    /// Much faster than one ``union(_:gridSize:)`` after the other. Lines are noded, that is cut at
    /// their crossings. Planar, see above; `GEOSUnaryUnion_r` and `GEOSUnaryUnionPrec_r` in the
    /// [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Parameters:
    ///   - shapes: Shapes of any kinds; they may overlap.
    ///   - gridSize: The spacing of the grid for the result, in the unit of the coordinates.
    /// - Returns: Their union; an empty collection for none.
    /// - Throws: ``GeometryError`` where a shape cannot be built or GEOS fails.
    public static func unionAll(
        _ shapes: [Shape], gridSize: Double? = nil
    ) throws(GeometryError) -> Shape {
        try Shape.collection(shapes).dissolved(gridSize: gridSize)
    }

    /// Returns the union of the members of this shape.
    ///
    /// As ``unionAll(_:gridSize:)``.
    ///
    /// - Parameter gridSize: The spacing of the grid for the result, in the unit of the coordinates.
    /// - Returns: The union; polygons that overlapped are one.
    /// - Throws: ``GeometryError`` where a shape cannot be built or GEOS fails.
    public func dissolved(gridSize: Double? = nil) throws(GeometryError) -> Shape {
        guard let gridSize else {
            return try derived("the union of the members", GEOSUnaryUnion_r)
        }
        try Shape.check(gridSize, "the grid size", above: 0)
        return try derived("the union of the members") { GEOSUnaryUnionPrec_r($0, $1, gridSize) }
    }
}
