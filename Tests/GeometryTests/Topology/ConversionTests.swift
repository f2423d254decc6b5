import CGEOS
import Testing

@testable import Geometry

/// Shapes to GEOS and back, and our well-known forms against those of GEOS.
@Suite struct `Conversion to GEOS` {
    static let shapes: [Shape] = {
        var random = RandomShapes(seed: 1)
        return (0..<400).map { _ in random.shape() }
            + RandomShapes.empties + RandomShapes.partlyEmpty
    }()

    /// The same in every bit of every coordinate; `==` would refuse the NaN of an empty point.
    static func same(_ a: Shape, _ b: Shape) -> Bool { "\(a)" == "\(b)" }

    /// What `POLYGON EMPTY` is written as: an empty ring says no more.
    static func plain(_ shape: Shape) -> Shape {
        switch shape {
        case .polygon(let rings): rings.allSatisfy(\.isEmpty) ? .polygon([]) : shape
        case .collection(let parts): .collection(parts.map(plain))
        default: shape
        }
    }

    @Test func `a shape comes back from GEOS position for position`() throws {
        for shape in Self.shapes {
            let back = try withGEOS { context throws(GeometryError) in
                try context.geometry(exactly: shape).shape()
            }
            #expect(Self.same(shape, back), "\(shape) became \(back)")
        }
    }

    @Test func `heights are kept, and stay missing where they were missing`() throws {
        let line = Shape.lineString([Position(1, 2, 3), Position(4, 5), Position(6, 7, -8)])
        let back = try withGEOS { context throws(GeometryError) in
            try context.geometry(exactly: line).shape()
        }
        #expect(back == line)
    }

    @Test func `GEOS reads our well-known binary`() throws {
        for shape in Self.shapes {
            let bytes = WellKnownBinary.encode(shape)
            let back = try withGEOS { context throws(GeometryError) in
                try OwnedGeometry(
                    taking: GEOSGeomFromWKB_buf_r(context.handle, bytes, bytes.count),
                    in: context, from: "reading well-known binary"
                ).shape()
            }
            #expect(back.wkt() == shape.wkt())
        }
    }

    @Test(arguments: [0, 1]) func `we read the well-known binary of GEOS`(order: Int32) throws {
        for flavour in [1, 2] as [Int32] {
            for shape in Self.shapes where !Self.hasEmptyPoint(shape) {
                let bytes = try Self.binary(shape, order: order, flavour: flavour)
                let back = try WellKnownBinary.decode(bytes)
                #expect(back.wkt() == shape.wkt())
            }
        }
    }

    @Test func `we read the hexadecimal well-known binary of GEOS`() throws {
        let shape = Shape.polygon([RandomShapes.square(1, 2)])
        let hex = try withGEOS { context throws(GeometryError) in
            try context.geometry(shape).lending { (handle, pointer) throws(GeometryError) in
                var size = 0
                guard let text = GEOSGeomToHEX_buf_r(handle, pointer, &size) else {
                    throw context.failure(of: "writing hexadecimal")
                }
                defer { GEOSFree_r(handle, text) }
                return String(
                    decoding: UnsafeBufferPointer(start: text, count: size), as: UTF8.self)
            }
        }
        let digits = hex.compactMap(\.hexDigitValue)
        let bytes = stride(from: 0, to: digits.count, by: 2).map {
            UInt8(digits[$0] * 16 + digits[$0 + 1])
        }
        #expect(try WellKnownBinary.decode(bytes) == shape)
    }

    @Test func `GEOS reads our well-known text`() throws {
        for shape in Self.shapes where !Self.hasEmptyMember(shape) {
            let back = try withGEOS { context throws(GeometryError) in
                try OwnedGeometry(
                    taking: GEOSGeomFromWKT_r(context.handle, shape.wkt()), in: context,
                    from: "reading well-known text"
                ).shape()
            }
            #expect(back.wkt() == Self.plain(shape).wkt())
        }
    }

    @Test func `we read the well-known text of GEOS`() throws {
        for shape in Self.shapes where !Self.hasEmptyMember(shape) {
            // GEOS writes heights for each member of a collection apart; leave them out there.
            let shape =
                shape.kind == .collection
                ? shape.mapPositions { Position($0.x, $0.y) } : shape
            let back = try Shape(wkt: try Self.text(shape))
            // GEOS 3.11 writes 16 decimals.
            #expect(back.wkt(decimals: 12) == Self.plain(shape).wkt(decimals: 12))
        }
    }

    private static func hasEmptyMember(_ shape: Shape) -> Bool {
        if case .collection(let parts) = shape { return parts.contains(where: hasEmptyMember) }
        return shape.withoutEmptyMembers.wkt() != shape.wkt()
    }

    /// GEOS has no way to write an empty point into well-known binary but NaN, and drops its height.
    private static func hasEmptyPoint(_ shape: Shape) -> Bool {
        shape.wkt().contains("EMPTY")
    }

    private static func binary(
        _ shape: Shape, order: Int32, flavour: Int32
    ) throws(GeometryError) -> [UInt8] {
        try withGEOS { context throws(GeometryError) in
            try context.geometry(exactly: shape).lending {
                (handle, pointer) throws(GeometryError) in
                let writer = GEOSWKBWriter_create_r(handle)
                defer { GEOSWKBWriter_destroy_r(handle, writer) }
                GEOSWKBWriter_setByteOrder_r(handle, writer, order)
                GEOSWKBWriter_setFlavor_r(handle, writer, flavour)
                GEOSWKBWriter_setOutputDimension_r(handle, writer, 3)
                var size = 0
                guard let bytes = GEOSWKBWriter_write_r(handle, writer, pointer, &size) else {
                    throw context.failure(of: "writing well-known binary")
                }
                defer { GEOSFree_r(handle, bytes) }
                return Array(UnsafeBufferPointer(start: bytes, count: size))
            }
        }
    }

    private static func text(_ shape: Shape) throws(GeometryError) -> String {
        try withGEOS { context throws(GeometryError) in
            try context.geometry(exactly: shape).lending {
                (handle, pointer) throws(GeometryError) in
                let writer = GEOSWKTWriter_create_r(handle)
                defer { GEOSWKTWriter_destroy_r(handle, writer) }
                GEOSWKTWriter_setOutputDimension_r(handle, writer, 3)
                guard let text = GEOSWKTWriter_write_r(handle, writer, pointer) else {
                    throw context.failure(of: "writing well-known text")
                }
                defer { GEOSFree_r(handle, text) }
                return String(cString: text)
            }
        }
    }
}
