internal import CGEOS

extension Shape {
    /// Returns the shape in normal form: the same positions, but each ring, line and member in a
    /// defined order and direction.
    ///
    /// Shapes that differ only in such choices are equal afterwards. Outer rings run clockwise,
    /// holes counter-clockwise. See `GEOSNormalize_r` in the
    /// [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Returns: The normal form.
    /// - Throws: ``GeometryError`` where the shape cannot be built or GEOS fails.
    public func normalized() throws(GeometryError) -> Shape {
        try withGEOS { context throws(GeometryError) in
            let geometry = try context.geometry(self)
            try geometry.lending { (handle, pointer) throws(GeometryError) in
                guard GEOSNormalize_r(handle, pointer) == 0 else {
                    throw context.failure(of: "the normal form")
                }
            }
            return try geometry.shape()
        }
    }

    /// Whether lines do not pass through the same position twice, and points are all different.
    ///
    /// Closed lines may meet at their ends. Planar, in the plane of the coordinates. See
    /// `GEOSisSimple_r` in the [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Returns: True for a simple shape, and for an empty one.
    /// - Throws: ``GeometryError`` where the shape cannot be built or GEOS fails.
    public func isSimple() throws(GeometryError) -> Bool {
        try asked("simplicity", GEOSisSimple_r)
    }

    /// Returns the shape with more positions, so that no segment is longer than a length.
    ///
    /// Each segment is cut into equal parts. Planar: straight in the plane of the coordinates and
    /// in their unit. See `GEOSDensify_r` in the
    /// [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Parameter maxLength: The greatest length of a segment, greater than 0.
    /// - Returns: The same shape with added positions.
    /// - Throws: ``GeometryError`` where the shape cannot be built or GEOS fails.
    public func densified(planarMaxLength maxLength: Double) throws(GeometryError) -> Shape {
        try Shape.check(maxLength, "the greatest length of a segment", above: 0)
        guard try planarLength() / maxLength < 1e8 else {
            throw GeometryError(
                .badArgument, "segments of at most \(maxLength) would be more than 100 million",
                remedy: "give a greater length")
        }
        return try derived("the densification") { GEOSDensify_r($0, $1, maxLength) }
    }
}
