internal import CGEOS

extension Shape {
    /// Returns the areas that lines enclose.
    ///
    /// The lines must meet at shared positions only; see ``noded(lines:)``. Lines that enclose
    /// nothing are left out. Planar, in the plane of the coordinates. See `GEOSPolygonize_r` in the
    /// [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Parameter lines: Shapes whose lines, and rings of areas, are taken.
    /// - Returns: One polygon for each enclosed area, none of them overlapping.
    /// - Throws: ``GeometryError`` where a line cannot be built or GEOS fails.
    package static func polygonize(lines: [Shape]) throws(GeometryError) -> [Shape] {
        try withGEOS { context throws(GeometryError) in
            var parts = OwnedParts(in: context)
            for line in lines { parts.append(try context.geometry(line)) }
            return try parts.making("polygonization", GEOSPolygonize_r).members()
        }
    }

    /// Returns the lines cut where they cross, so that crossings become shared positions.
    ///
    /// Stretches that several lines share come once. Planar, in the plane of the coordinates. See
    /// `GEOSUnaryUnion_r` in the
    /// [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Parameter lines: Shapes whose lines, and rings of areas, are taken.
    /// - Returns: The cut lines.
    /// - Throws: ``GeometryError`` where a line cannot be built or GEOS fails.
    package static func noded(lines: [Shape]) throws(GeometryError) -> [Shape] {
        for line in lines { try line.checkStructure() }
        let chains = lines.flatMap { $0.lines + $0.polygons.flatMap { $0 } }
        return try Shape.multiLineString(chains).dissolved().lines.map { .lineString($0) }
    }
}
