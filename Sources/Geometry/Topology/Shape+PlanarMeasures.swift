internal import CGEOS

/// Measures in the plane of the coordinates, and in the unit of the coordinates.
///
/// For longitude and latitude that unit is the degree and the number means little; measure on the
/// ellipsoid instead, or in a projection that suits the question.
extension Shape {
    /// Returns the area in the square of the unit of the coordinates.
    ///
    /// Planar; `GEOSArea_r` in the [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Returns: The area without holes; 0 for points and lines.
    /// - Throws: ``GeometryError`` where the shape cannot be built or GEOS fails.
    public func planarArea() throws(GeometryError) -> Double {
        try measured("the area", GEOSArea_r)
    }

    /// Returns the length of lines and of the rings of areas, in the unit of the coordinates.
    ///
    /// Planar; `GEOSLength_r` in the [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Returns: The length, holes included; 0 for points.
    /// - Throws: ``GeometryError`` where the shape cannot be built or GEOS fails.
    public func planarLength() throws(GeometryError) -> Double {
        try measured("the length", GEOSLength_r)
    }

    /// Returns the least distance to another shape, in the unit of the coordinates.
    ///
    /// Planar; `GEOSDistance_r` in the
    /// [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Parameter other: The other shape.
    /// - Returns: 0 where the shapes have a position in common; `nil` where one is empty.
    /// - Throws: ``GeometryError`` where a shape cannot be built or GEOS fails.
    public func planarDistance(to other: Shape) throws(GeometryError) -> Double? {
        guard !isEmpty, !other.isEmpty else { return nil }
        return try withGEOS { context throws(GeometryError) in
            let second = try context.geometry(other)
            return try second.lending { (_, other) throws(GeometryError) in
                try context.geometry(self).measuring("the distance") {
                    GEOSDistance_r($0, $1, other, $2)
                }
            }
        }
    }

    /// Whether another shape lies within a distance, in the unit of the coordinates.
    ///
    /// Faster than to compare ``planarDistance(to:)``. Planar; `GEOSDistanceWithin_r` in the
    /// [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Parameters:
    ///   - distance: The greatest distance that counts; exactly that far counts.
    ///   - other: The other shape.
    /// - Returns: True where the least distance is at most the one given; false where a shape is
    ///   empty.
    /// - Throws: ``GeometryError`` where a shape cannot be built or GEOS fails.
    public func isWithinPlanarDistance(
        _ distance: Double, of other: Shape
    ) throws(GeometryError) -> Bool {
        try Shape.check(distance, "the distance")
        guard !isEmpty, !other.isEmpty else { return false }
        return try asked("within a distance", about: other) {
            GEOSDistanceWithin_r($0, $1, $2, distance)
        }
    }
}
