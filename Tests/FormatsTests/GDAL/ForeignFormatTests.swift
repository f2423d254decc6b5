import Features
import Formats
import Geometry
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// Files that ogr2ogr made, against the GeoJSON they were made from.
struct ForeignFormatTests {
    static let text = """
        {"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"id":"a","name":"한빛","n":5,"big":12345678901,"r":2.5,"ok":true,\
        "day":"2024-03-01","at":"2024-03-01T09:30:00Z"},"geometry":{"type":"Point","coordinates":[127.1,36.5]}},
        {"type":"Feature","properties":{"id":"b","name":null,"n":null,"big":null,"r":null,"ok":false,\
        "day":null,"at":null},"geometry":{"type":"Point","coordinates":[127.2,36.6]}},
        {"type":"Feature","properties":{"id":"c","name":"두빛","n":-7,"big":-1,"r":-0.25,"ok":null,\
        "day":"1999-12-31","at":"1999-12-31T23:59:59Z"},"geometry":null}]}
        """

    private func converted(
        _ driver: String, _ ending: String, _ scratch: Scratch, more: [String] = []
    ) throws -> String? {
        guard let tool = SharedData.tool("ogr2ogr") else { return nil }
        let from = try scratch.write(Self.text, to: "in.geojson")
        let to = scratch / "out.\(ending)"
        let outcome = try SharedData.run(tool, ["-f", driver, to, from] + more)
        #expect(outcome.code == 0, "\(outcome.errors)")
        return to
    }

    @Test(arguments: [("GPKG", "gpkg"), ("GML", "gml")])
    func `attributes and geometries come as they were`(driver: String, ending: String) throws {
        let scratch = Scratch()
        guard let path = try converted(driver, ending, scratch) else { return }
        var source = try openSource(path)
        let batch = try source.readAll()
        #expect(batch.count == 3)
        #expect(batch.columns.map(\.name) == ["id", "name", "n", "big", "r", "ok", "day", "at"])
        #expect(batch.ids?[0] == .string("a"))
        #expect(batch["name"]?[0] == .string("한빛"))
        #expect(batch["name"]?[1] == .null)
        #expect(batch["n"]?[2] == .int(-7))
        #expect(batch["big"]?[0] == .int(12_345_678_901))
        #expect(batch["r"]?[2] == .double(-0.25))
        #expect(batch["ok"]?[0] == .bool(true))
        #expect(batch["ok"]?[2] == .null)
        #expect(batch["day"]?[0].text?.contains("2024") == true)
        #expect(batch["at"]?[2] == .string("1999-12-31T23:59:59Z"))
        #expect(batch.geometry[0] == .point(Position(127.1, 36.5)))
        #expect(batch.geometry[2] == nil)
        #expect(source.collection.inputs.count == 1)
    }

    @Test func `a FlatGeobuf brings what ogr2ogr put into it`() throws {
        let scratch = Scratch()
        guard
            let path = try converted(
                "FlatGeobuf", "fgb", scratch, more: ["-lco", "SPATIAL_INDEX=NO"])
        else { return }
        var source = try openSource(path)
        let batch = try source.readAll()
        // The format has no place for features without a geometry.
        #expect(batch.ids?[1] == .string("b"))
        #expect(batch.count == 2)
        #expect(batch["big"]?[0] == .int(12_345_678_901))
        #expect(batch["ok"]?[1] == .bool(false))
        #expect(batch.geometry[1] == .point(Position(127.2, 36.6)))
    }

    @Test func `KML brings its places without the fields that only the format has`() throws {
        let scratch = Scratch()
        guard let path = try converted("KML", "kml", scratch) else { return }
        var source = try openSource(path)
        let batch = try source.readAll()
        #expect(batch.geometry[0] == .point(Position(127.1, 36.5)))
        #expect(!batch.columns.map(\.name).contains("tessellate"))
    }

    @Test(arguments: [("XLSX", "xlsx"), ("ODS", "ods")])
    func `a workbook's columns of coordinates become points`(
        driver: String, ending: String
    ) throws {
        let scratch = Scratch()
        guard let tool = SharedData.tool("ogr2ogr") else { return }
        let csv = try scratch.write(
            "이름,우편번호,경도,위도\n가,01234,127.5,36.25\n나,34120,128.5,35.5\n", to: "in.csv")
        let to = scratch / "out.\(ending)"
        let outcome = try SharedData.run(
            tool, ["-f", driver, to, csv, "-oo", "AUTODETECT_TYPE=NO"])
        #expect(outcome.code == 0, "\(outcome.errors)")
        var source = try openSource(to)
        let batch = try source.readAll()
        #expect(batch.columns.map(\.name) == ["이름", "우편번호"])
        #expect(batch["우편번호"]?[0] == .string("01234"))
        #expect(batch.geometry[1] == .point(Position(128.5, 35.5)))
    }

    @Test func `a layer is named behind a colon, and must be where there are several`() throws {
        let scratch = Scratch()
        guard let tool = SharedData.tool("ogr2ogr") else { return }
        let from = try scratch.write(Self.text, to: "in.geojson")
        let to = scratch / "two.gpkg"
        for name in ["first", "둘째"] {
            let update = name == "first" ? [] : ["-update"]
            _ = try SharedData.run(tool, ["-f", "GPKG", to, from, "-nln", name] + update)
        }
        let error = #expect(throws: FormatError.self) { _ = try openSource(to) }
        #expect(error?.code == .layer)
        #expect(error?.problem == "there are 2 layers")
        #expect(error?.remedy?.hasSuffix("first, 둘째") == true)
        var source = try openSource("\(to):둘째")
        #expect(try source.readAll().count == 3)
        #expect(source.collection.name == "둘째")
        let missing = #expect(throws: FormatError.self) { _ = try openSource("\(to):third") }
        #expect(missing?.problem == "there is no layer \"third\"")
    }

    @Test func `positions in another system are transformed by ours`() throws {
        let scratch = Scratch()
        guard let path = try converted("GPKG", "gpkg", scratch, more: ["-t_srs", "EPSG:5186"])
        else { return }
        var source = try openSource(path)
        let position = try #require(try source.readAll().geometry[1]?.points.first)
        #expect(Geodesic.wgs84.distance(from: position, to: Position(127.2, 36.6)) < 0.001)
        #expect(source.collection.remarks.contains { $0.contains("EPSG:5186") })
    }

    @Test func `curves become lines, and measures are left out`() throws {
        let scratch = Scratch()
        guard let tool = SharedData.tool("ogr2ogr") else { return }
        let csv = try scratch.write(
            """
            id,WKT
            1,"CIRCULARSTRING (127 36,127.1 36.1,127.2 36)"
            2,"LINESTRING ZM (127 36 5 1,127.1 36.1 6 2)"
            3,"POINT Z (127 36 12)"
            4,"GEOMETRYCOLLECTION (POINT (127 36),LINESTRING (127 36,128 37))"
            5,"MULTIPOLYGON (((127 36,127 37,128 37,127 36)))"

            """, to: "in.csv")
        let to = scratch / "out.gpkg"
        let outcome = try SharedData.run(
            tool,
            [
                "-f", "GPKG", to, csv, "-oo", "GEOM_POSSIBLE_NAMES=WKT", "-oo",
                "KEEP_GEOM_COLUMNS=NO", "-nlt", "GEOMETRY", "-a_srs", "EPSG:4326",
            ])
        #expect(outcome.code == 0, "\(outcome.errors)")
        var source = try openSource(to)
        let shapes = try source.readAll().geometry.shapes
        #expect(shapes[0]?.kind == .lineString)
        #expect((shapes[0]?.positionCount ?? 0) > 10)
        #expect(shapes[1] == .lineString([Position(127, 36, 5), Position(127.1, 36.1, 6)]))
        #expect(shapes[2] == .point(Position(127, 36, 12)))
        #expect(shapes[3]?.kind == .collection)
        // Clockwise in the file, counterclockwise inside.
        #expect(
            shapes[4]
                == .multiPolygon([
                    [[Position(127, 36), Position(128, 37), Position(127, 37), Position(127, 36)]]
                ]))
    }

    @Test func `a file that is not what its name says is an error`() throws {
        let scratch = Scratch()
        for ending in ["gpkg", "shp", "fgb", "xlsx", "zip", "gml"] {
            let path = try scratch.write("this is no such file", to: "bad.\(ending)")
            let error = #expect(throws: FormatError.self) {
                var source = try openSource(path)
                _ = try source.readAll()
            }
            #expect(error?.place.hasPrefix(path) == true, "\(String(describing: error))")
        }
        let absent = #expect(throws: FormatError.self) {
            _ = try openSource(scratch / "absent.gpkg")
        }
        #expect(absent?.problem == "there is no such file")
    }
}
