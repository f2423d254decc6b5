internal import CGEOS

extension Shape {
    /// Returns how the interior, border and outside of this shape meet those of another: the
    /// matrix of the dimensionally extended nine-intersection model (DE-9IM).
    ///
    /// Planar: an edge between two positions is straight in the plane of the coordinates, degrees
    /// or not. See `GEOSRelate_r` in the
    /// [C manual](https://libgeos.org/doxygen/geos__c_8h.html) and Clementini, Di Felice and
    /// van Oosterom 1993, doi 10.1007/3-540-56869-7_16.
    ///
    /// - Parameter other: The other shape.
    /// - Returns: Nine characters of `0`, `1`, `2` (dimensions) and `F` (nothing), row by row.
    /// - Throws: ``GeometryError`` where a shape cannot be built or GEOS fails; before GEOS 3.13
    ///   also for a collection.
    public func relate(_ other: Shape) throws(GeometryError) -> String {
        try withGEOS { context throws(GeometryError) in
            let geometry = try context.geometry(self)
            let second = try context.geometry(other)
            return try geometry.lending { (handle, pointer) throws(GeometryError) in
                try second.lending { (_, other) throws(GeometryError) in
                    guard let matrix = GEOSRelate_r(handle, pointer, other) else {
                        throw context.failure(of: "relate")
                    }
                    defer { GEOSFree_r(handle, matrix) }
                    return String(cString: matrix)
                }
            }
        }
    }

    /// Whether the matrix of ``relate(_:)`` fits a pattern.
    ///
    /// Planar, as ``relate(_:)``; `GEOSRelatePattern_r` in the
    /// [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Parameters:
    ///   - other: The other shape.
    ///   - pattern: Nine characters of `0`, `1`, `2`, `F`, `T` (any dimension) and `*` (anything).
    /// - Returns: True where every character fits.
    /// - Throws: ``GeometryError`` as for ``relate(_:)``, and (`badArgument`) for a pattern of
    ///   other characters or length.
    public func relate(
        _ other: Shape, pattern: String
    ) throws(GeometryError) -> Bool {
        let upper = pattern.uppercased()
        guard upper.utf8.count == 9, upper.allSatisfy({ "012FT*".contains($0) }) else {
            throw GeometryError(
                .badArgument,
                "\"\(pattern)\" is no pattern of nine characters out of 0, 1, 2, F, T and *")
        }
        return try asked("relate", about: other) { GEOSRelatePattern_r($0, $1, $2, upper) }
    }
}
