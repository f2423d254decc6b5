package import Geometry

/// What an analysis is bounded by.
package enum Boundary {
    /// The polygons of a boundary as one area; those that overlap become one.
    ///
    /// - Parameter boundary: Polygons.
    /// - Returns: A valid polygon or polygons.
    /// - Throws: `GeometryError` where it holds no polygon, or one that cannot be repaired.
    package static func dissolved(_ boundary: Shape) throws -> Shape {
        let polygons = boundary.polygons
        guard !polygons.isEmpty else {
            throw GeometryError(
                .badArgument, "the boundary holds no polygon",
                remedy: "give a layer of polygons, or leave the boundary out")
        }
        let valid = try polygons.map { rings in
            let polygon = Shape.polygon(rings)
            return try polygon.validity().isValid ? polygon : polygon.madeValid()
        }
        return .area(of: try Shape.unionAll(valid).polygons)
    }

    /// The convex surroundings of positions: their convex hull with a margin of a tenth of its
    /// extent, at least 5 km and at most 200 km.
    ///
    /// - Parameter positions: Longitude, latitude in degrees.
    /// - Returns: A polygon; none for no position.
    /// - Throws: `GeometryError` where it would cross the antimeridian or come near a pole.
    package static func surroundings(of positions: [Position]) throws -> Shape {
        let hull = try Shape.multiPoint(positions).convexHull()
        guard let box = hull.envelope else { return .multiPolygon([]) }
        let extent = Geodesic.wgs84.distance(
            from: Position(box.minX, box.minY), to: Position(box.maxX, box.maxY))
        return try hull.buffered(by: .metres(min(200_000, max(5000, extent / 10))))
    }
}
