internal import CGEOS

extension OwnedGeometry {
    /// Copies the geometry into a shape, position for position.
    ///
    /// A coordinate that is no finite number is an error of the operation that gave it.
    borrowing func shape() throws(GeometryError) -> Shape {
        try lending { (handle, pointer) throws(GeometryError) in
            try Reader(context: context, handle: handle).shape(pointer)
        }
    }

    /// Copies the members of a collection, or the one geometry that is none.
    borrowing func members() throws(GeometryError) -> [Shape] {
        try lending { (handle, pointer) throws(GeometryError) in
            let reader = Reader(context: context, handle: handle)
            return try reader.members(pointer).map { part throws(GeometryError) in
                try reader.shape(part)
            }
        }
    }
}

/// Reads geometries that somebody else owns; no borrowed pointer leaves it.
private struct Reader {
    let context: GEOSContext
    let handle: OpaquePointer

    private var failure: GeometryError { context.failure(of: "reading a geometry") }

    func shape(_ pointer: OpaquePointer?) throws(GeometryError) -> Shape {
        let code = GEOSGeomTypeId_r(handle, pointer)
        guard code >= 0 else { throw failure }
        switch GEOSGeomTypes(rawValue: UInt32(code)) {
        case GEOS_POINT:
            return .point(try point(pointer))
        case GEOS_LINESTRING, GEOS_LINEARRING:
            return .lineString(try positions(pointer))
        case GEOS_POLYGON:
            return .polygon(try rings(pointer))
        case GEOS_MULTIPOINT:
            return .multiPoint(
                try members(pointer).map { part throws(GeometryError) in try point(part) })
        case GEOS_MULTILINESTRING:
            return .multiLineString(
                try members(pointer).map { part throws(GeometryError) in try positions(part) })
        case GEOS_MULTIPOLYGON:
            return .multiPolygon(
                try members(pointer).map { part throws(GeometryError) in try rings(part) })
        case GEOS_GEOMETRYCOLLECTION:
            return .collection(
                try members(pointer).map { part throws(GeometryError) in try shape(part) })
        default:
            throw GeometryError(.topology, "GEOS gave a geometry of unknown kind \(code)")
        }
    }

    func members(_ pointer: OpaquePointer?) throws(GeometryError) -> [OpaquePointer?] {
        let count = GEOSGetNumGeometries_r(handle, pointer)
        guard count >= 0 else { throw failure }
        return (0..<count).map { GEOSGetGeometryN_r(handle, pointer, $0) }
    }

    private func point(_ pointer: OpaquePointer?) throws(GeometryError) -> Position {
        try positions(pointer).first ?? .empty
    }

    private func rings(_ pointer: OpaquePointer?) throws(GeometryError) -> [[Position]] {
        let outer = try positions(GEOSGetExteriorRing_r(handle, pointer))
        guard !outer.isEmpty else { return [] }
        let count = GEOSGetNumInteriorRings_r(handle, pointer)
        guard count >= 0 else { throw failure }
        var rings = [outer]
        for index in 0..<count {
            rings.append(try positions(GEOSGetInteriorRingN_r(handle, pointer, index)))
        }
        return rings
    }

    private func positions(_ pointer: OpaquePointer?) throws(GeometryError) -> [Position] {
        guard let sequence = GEOSGeom_getCoordSeq_r(handle, pointer) else { throw failure }
        var count: UInt32 = 0
        var dimensions: UInt32 = 0
        guard GEOSCoordSeq_getSize_r(handle, sequence, &count) == 1,
            GEOSCoordSeq_getDimensions_r(handle, sequence, &dimensions) == 1
        else { throw failure }
        guard count > 0 else { return [] }
        let hasZ = dimensions > 2
        let stride = hasZ ? 3 : 2
        var copied: Int32 = 0
        let buffer = [Double](unsafeUninitializedCapacity: Int(count) * stride) { space, filled in
            copied = GEOSCoordSeq_copyToBuffer_r(
                handle, sequence, space.baseAddress, hasZ ? 1 : 0, 0)
            filled = copied == 1 ? Int(count) * stride : 0
        }
        guard copied == 1 else { throw failure }
        var positions: [Position] = []
        positions.reserveCapacity(Int(count))
        for start in Swift.stride(from: 0, to: buffer.count, by: stride) {
            let height = hasZ ? buffer[start + 2] : .nan
            let position = Position(
                buffer[start], buffer[start + 1], height.isNaN ? nil : height)
            guard position.isFinite else {
                throw GeometryError(
                    .topology, "GEOS gave a coordinate that is no finite number: \(position)",
                    remedy: "look for coordinates that are too great to calculate with")
            }
            positions.append(position)
        }
        return positions
    }
}
