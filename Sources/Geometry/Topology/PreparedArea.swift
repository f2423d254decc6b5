internal import CGEOS

/// One shape that is asked many questions, its edges indexed once.
///
/// Planar: edges are straight in the plane of the coordinates, degrees or not. The index is built
/// by the first question that needs it, so an area belongs to one task at a time and is not
/// `Sendable`; make one for each worker. See `GEOSPrepare_r` in the
/// [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
public final class PreparedArea {
    private let geometry: OwnedGeometry
    private let prepared: OpaquePointer
    private let context: GEOSContext
    /// The box around the shape, or `nil` for an empty one, which answers no to every question.
    public let envelope: Envelope?

    /// Prepares a shape, usually an area, though any kind will do.
    ///
    /// - Parameter shape: The shape to ask.
    /// - Throws: ``GeometryError`` where the shape cannot be built.
    public init(_ shape: Shape) throws(GeometryError) {
        let context = try GEOSContext()
        let geometry = try context.geometry(shape)
        let prepared = try geometry.lending { (handle, pointer) throws(GeometryError) in
            guard let prepared = GEOSPrepare_r(handle, pointer) else {
                throw context.failure(of: "preparing an area")
            }
            return prepared
        }
        self.context = context
        self.geometry = geometry
        self.prepared = prepared
        envelope = shape.envelope
    }

    // The prepared geometry points into the geometry, which goes after it.
    deinit { GEOSPreparedGeom_destroy_r(context.handle, prepared) }

    /// Whether a position is in the area or on its border.
    ///
    /// `GEOSPreparedCovers_r` in the [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Parameter position: The position.
    /// - Returns: True inside and on the border.
    /// - Throws: ``GeometryError`` for a position that is not finite.
    public func covers(_ position: Position) throws(GeometryError) -> Bool {
        try ask("covers", about: position, GEOSPreparedCovers_r)
    }

    /// Whether a position is in the area, not on its border.
    ///
    /// `GEOSPreparedContains_r` in the [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Parameter position: The position.
    /// - Returns: True inside only.
    /// - Throws: ``GeometryError`` for a position that is not finite.
    public func contains(_ position: Position) throws(GeometryError) -> Bool {
        try ask("contains", about: position, GEOSPreparedContains_r)
    }

    /// Whether the area and a position have anything in common; for a position the same as
    /// ``covers(_:)-(Position)``.
    ///
    /// `GEOSPreparedIntersects_r` in the
    /// [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Parameter position: The position.
    /// - Returns: True inside and on the border.
    /// - Throws: ``GeometryError`` for a position that is not finite.
    public func intersects(_ position: Position) throws(GeometryError) -> Bool {
        try ask("intersects", about: position, GEOSPreparedIntersects_r)
    }

    /// Whether every position of a shape is in the area or on its border.
    ///
    /// `GEOSPreparedCovers_r` in the [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Parameter shape: The shape to compare.
    /// - Returns: True where the shape is nowhere outside.
    /// - Throws: ``GeometryError`` where the shape cannot be built or GEOS fails.
    public func covers(_ shape: Shape) throws(GeometryError) -> Bool {
        try ask("covers", about: shape, GEOSPreparedCovers_r)
    }

    /// Whether the area covers a shape and not only along its border.
    ///
    /// `GEOSPreparedContains_r` in the [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Parameter shape: The shape to compare.
    /// - Returns: True as for ``covers(_:)-(Shape)`` where also the interiors meet.
    /// - Throws: ``GeometryError`` where the shape cannot be built or GEOS fails.
    public func contains(_ shape: Shape) throws(GeometryError) -> Bool {
        try ask("contains", about: shape, GEOSPreparedContains_r)
    }

    /// Whether the area and a shape have any position in common.
    ///
    /// `GEOSPreparedIntersects_r` in the
    /// [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Parameter shape: The shape to compare.
    /// - Returns: True from a common border on.
    /// - Throws: ``GeometryError`` where the shape cannot be built or GEOS fails.
    public func intersects(_ shape: Shape) throws(GeometryError) -> Bool {
        try ask("intersects", about: shape, GEOSPreparedIntersects_r)
    }

    private func ask(
        _ operation: String, about position: Position, _ call: OwnedGeometry.PairQuestion
    ) throws(GeometryError) -> Bool {
        guard position.isFinite else {
            throw GeometryError(
                .badPosition, "\(operation): the position is not finite: \(position)")
        }
        // Most positions of a join are outside the box, and need no geometry at all.
        guard let envelope, envelope.covers(position) else { return false }
        let point = try OwnedGeometry(
            taking: GEOSGeom_createPointFromXY_r(context.handle, position.x, position.y),
            in: context, from: operation)
        return try point.asking(operation) { call($0, prepared, $1) }
    }

    private func ask(
        _ operation: String, about shape: Shape, _ call: OwnedGeometry.PairQuestion
    ) throws(GeometryError) -> Bool {
        let other = try context.geometry(shape)
        return try other.asking(operation) { call($0, prepared, $1) }
    }
}
