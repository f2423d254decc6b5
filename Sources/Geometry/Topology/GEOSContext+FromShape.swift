internal import CGEOS

extension GEOSContext {
    /// Builds the geometry of a shape, position for position.
    ///
    /// Heights are kept for each chain of positions that has one; a position without a height
    /// among others with one gets NaN, which comes back as no height.
    func geometry(exactly shape: Shape) throws(GeometryError) -> OwnedGeometry {
        try shape.checkStructure()
        return try Builder(context: self).shape(shape)
    }

    /// Builds the geometry of a shape for an operation, without its empty members.
    func geometry(_ shape: Shape) throws(GeometryError) -> OwnedGeometry {
        try shape.checkStructure()
        return try Builder(context: self).shape(shape.withoutEmptyMembers)
    }
}

/// Builds geometries from positions whose structure has been checked.
private struct Builder {
    let context: GEOSContext
    private let operation = "building a geometry"

    init(context: GEOSContext) { self.context = context }

    func shape(_ shape: Shape) throws(GeometryError) -> OwnedGeometry {
        switch shape {
        case .point(let position): return try point(position)
        case .lineString(let line): return try self.line(line)
        case .polygon(let rings): return try polygon(rings)
        case .multiPoint(let positions):
            var parts = OwnedParts(in: context)
            for position in positions { parts.append(try point(position)) }
            return try collection(GEOS_MULTIPOINT, of: parts)
        case .multiLineString(let lines):
            var parts = OwnedParts(in: context)
            for line in lines { parts.append(try self.line(line)) }
            return try collection(GEOS_MULTILINESTRING, of: parts)
        case .multiPolygon(let polygons):
            var parts = OwnedParts(in: context)
            for rings in polygons { parts.append(try polygon(rings)) }
            return try collection(GEOS_MULTIPOLYGON, of: parts)
        case .collection(let shapes):
            var parts = OwnedParts(in: context)
            for shape in shapes { parts.append(try self.shape(shape)) }
            return try collection(GEOS_GEOMETRYCOLLECTION, of: parts)
        }
    }

    private func take(_ pointer: OpaquePointer?) throws(GeometryError) -> OwnedGeometry {
        try OwnedGeometry(taking: pointer, in: context, from: operation)
    }

    private func point(_ position: Position) throws(GeometryError) -> OwnedGeometry {
        if position.x.isNaN, position.y.isNaN {
            return try take(GEOSGeom_createEmptyPoint_r(context.handle))
        }
        if position.z == nil {
            return try take(GEOSGeom_createPointFromXY_r(context.handle, position.x, position.y))
        }
        return try take(GEOSGeom_createPoint_r(context.handle, try sequence([position])))
    }

    private func line(_ line: [Position]) throws(GeometryError) -> OwnedGeometry {
        guard !line.isEmpty else {
            return try take(GEOSGeom_createEmptyLineString_r(context.handle))
        }
        return try take(GEOSGeom_createLineString_r(context.handle, try sequence(line)))
    }

    private func polygon(_ rings: [[Position]]) throws(GeometryError) -> OwnedGeometry {
        guard let outer = rings.first, !outer.isEmpty else {
            return try take(GEOSGeom_createEmptyPolygon_r(context.handle))
        }
        let shell = try ring(outer)
        var holes = OwnedParts(in: context)
        for hole in rings.dropFirst() { holes.append(try ring(hole)) }
        var handed = holes.handOver()
        let count = UInt32(handed.count)
        return try take(
            GEOSGeom_createPolygon_r(context.handle, shell.handOver(), &handed, count))
    }

    private func ring(_ ring: [Position]) throws(GeometryError) -> OwnedGeometry {
        try take(GEOSGeom_createLinearRing_r(context.handle, try sequence(ring)))
    }

    private func collection(
        _ kind: GEOSGeomTypes, of parts: consuming OwnedParts
    ) throws(GeometryError) -> OwnedGeometry {
        var handed = parts.handOver()
        let count = UInt32(handed.count)
        return try take(
            GEOSGeom_createCollection_r(
                context.handle, Int32(kind.rawValue), &handed, count))
    }

    /// A sequence of coordinates, which the caller gives to a constructor at once.
    private func sequence(_ positions: [Position]) throws(GeometryError) -> OpaquePointer {
        guard let count = UInt32(exactly: positions.count) else {
            throw GeometryError(.malformed, "\(positions.count) positions are too many for GEOS")
        }
        let hasZ = positions.contains { $0.z != nil }
        var buffer: [Double] = []
        buffer.reserveCapacity(positions.count * (hasZ ? 3 : 2))
        for position in positions {
            buffer.append(position.x)
            buffer.append(position.y)
            if hasZ { buffer.append(position.z ?? .nan) }
        }
        guard
            let sequence = GEOSCoordSeq_copyFromBuffer_r(
                context.handle, buffer, count, hasZ ? 1 : 0, 0)
        else { throw context.failure(of: operation) }
        return sequence
    }
}
