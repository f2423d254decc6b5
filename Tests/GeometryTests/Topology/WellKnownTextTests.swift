import Geometry
import Testing

@Suite struct `Well-known text` {
    @Test func `what is written reads back exactly`() throws {
        for shape in `Conversion to GEOS`.shapes {
            let back = try Shape(wkt: shape.wkt())
            #expect(back.wkt() == shape.wkt())
            let plain = `Conversion to GEOS`.plain(shape)
            if !shape.wkt().contains("EMPTY") {
                #expect(`Conversion to GEOS`.same(back, plain), "\(shape.wkt())")
            }
        }
    }

    @Test(arguments: [
        ("point(1 2)", "POINT (1 2)"), (" POINT\n( 1e1   -.5 ) ", "POINT (10 -0.5)"),
        ("POINT Z (1 2 3)", "POINT Z (1 2 3)"), ("POINTZ(1 2 3)", "POINT Z (1 2 3)"),
        ("POINT (1 2 3)", "POINT Z (1 2 3)"), ("POINT ZM (1 2 3 4)", "POINT Z (1 2 3)"),
        ("POINT EMPTY", "POINT EMPTY"), ("MULTIPOINT (1 2, 3 4)", "MULTIPOINT ((1 2), (3 4))"),
        ("MULTIPOINT ((1 2), EMPTY)", "MULTIPOINT ((1 2), EMPTY)"),
        ("LINEARRING (0 0, 1 0, 1 1, 0 0)", "LINESTRING (0 0, 1 0, 1 1, 0 0)"),
        ("POLYGON EMPTY", "POLYGON EMPTY"),
        (
            "GeometryCollection(Point(1 2),GeometryCollection Empty)",
            "GEOMETRYCOLLECTION (POINT (1 2), GEOMETRYCOLLECTION EMPTY)"
        ),
        (
            "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), EMPTY)",
            "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), EMPTY)"
        ),
    ])
    func `every way to write is understood`(text: String, canonical: String) throws {
        #expect(try Shape(wkt: text).wkt() == canonical)
    }

    @Test(arguments: [
        "", "PAINT (1 2)", "POINT (1)", "POINT (1 2", "POINT (1 2))", "POINT (1 2) x",
        "POINT (1 2 3 4 5)", "POINT (0x1 2)", "POINT (1, 2)", "POINT M (1 2 3)", "POINT (a b)",
        "SRID=4326;POINT (1 2)", "LINESTRING (1 2,)", "POLYGON (1 2, 3 4)", "LINESTRING (1 2 3, 4)",
        "GEOMETRYCOLLECTION (1 2)", "POINT Z (1 2)", "대전", "CIRCULARSTRING (0 0, 1 1, 2 0)",
        String(repeating: "GEOMETRYCOLLECTION(", count: 100_000),
        String(repeating: "(", count: 100_000),
    ])
    func `garbage is an error that names its place`(text: String) {
        let error = #expect(throws: GeometryError.self) { try Shape(wkt: text) }
        #expect(error?.code == .malformed)
        #expect(error?.problem.hasPrefix("well-known text, byte ") == true)
    }

    @Test func `numbers are short and exact`() {
        let shape = Shape.lineString([
            Position(127.3654, 36.3721), Position(0.1 + 0.2, -0.0), Position(1e-7, 1e15),
            Position(1.5e300, 2e-308), Position(123_456_789_012_345_680, 1e20),
        ])
        #expect(
            shape.wkt()
                == "LINESTRING (127.3654 36.3721, 0.30000000000000004 -0, 0.0000001 1000000000000000, "
                + "1.5e+300 2e-308, 123456789012345680 100000000000000000000)")
    }

    @Test func `decimals are rounded and trimmed`() {
        let shape = Shape.point(Position(127.365_44, -36.999_96, 12))
        #expect(shape.wkt(decimals: 3) == "POINT Z (127.365 -37 12)")
        #expect(shape.wkt(decimals: 0) == "POINT Z (127 -37 12)")
    }
}
