import Features
import Geometry
import TestSupport
import Testing

@testable import Formats

/// What GDAL's formats hold comes back as it went in.
struct GDALSinkTests {
    /// Features of all kinds of columns, from a fixed seed.
    private func batch(_ shapes: [Shape?]) -> FeatureBatch {
        var random = SeededGenerator(state: 7)
        var batch = FeatureBatch(geometry: GeometryColumn(shapes))
        let rows = 0..<shapes.count
        batch.set("id", .string(rows.map { "f-\($0)" }))
        batch.set("이름", .string(rows.map { $0 % 3 == 0 ? nil : "마을 \($0)" }))
        batch.set(
            "people",
            .int(rows.map { $0 % 4 == 0 ? nil : Int.random(in: -9...99_999, using: &random) }))
        batch.set(
            "share",
            .double(rows.map { $0 % 5 == 0 ? nil : Double.random(in: -1...1, using: &random) }))
        batch.ids = batch["id"]
        return batch
    }

    private func roundTrip(
        _ batches: [FeatureBatch], _ name: String, options: WritingOptions = WritingOptions()
    ) throws -> (batch: FeatureBatch, remarks: [String], names: [String]) {
        let scratch = Scratch()
        var sink = try openSink(scratch / name, options: options)
        for batch in batches { try sink.write(batch) }
        #expect(scratch.names.allSatisfy { $0.hasSuffix(".partial") })
        try sink.finish(CollectionInfo(name: "x"))
        var source = try openSource(scratch / name)
        return (try source.readAll(), sink.remarks, scratch.names)
    }

    static let points: [Shape?] = (0..<40).map {
        .point(Position(126 + Double($0) / 7, 35 + Double($0) / 11))
    }
    static let ring = [
        Position(127, 36), Position(128, 36), Position(128, 37), Position(127, 37),
        Position(127, 36),
    ]
    static let hole = [
        Position(127.2, 36.2), Position(127.2, 36.4), Position(127.4, 36.4), Position(127.2, 36.2),
    ]
    static let far = ring.map { Position($0.x + 2, $0.y) }

    @Test(arguments: ["gpkg", "shp", "fgb", "gml"])
    func `points and their attributes come back`(ending: String) throws {
        let before = batch(Self.points)
        let after = try roundTrip([before], "out.\(ending)").batch
        for row in 0..<before.count {
            let (old, new) = (Self.points[row]?.points.first, after.geometry[row]?.points.first)
            // GML is text of 15 digits.
            #expect(abs((old?.x ?? 0) - (new?.x ?? 1)) < 1e-12)
            #expect(abs((old?.y ?? 0) - (new?.y ?? 1)) < 1e-12)
        }
        #expect(after.columns.map(\.name) == before.columns.map(\.name))
        #expect(after.ids == before.ids)
        for named in before.columns {
            let column = try #require(after[named.name])
            for row in 0..<before.count {
                switch (named.column[row], column[row]) {
                case (.double(let old), .double(let new)):
                    // A dBASE table holds 15 decimals.
                    #expect(abs(old - new) < 1e-14)
                case let (old, new): #expect(old == new, "\(named.name) of \(row)")
                }
            }
        }
    }

    @Test(arguments: ["gpkg", "fgb", "gml", "kml"])
    func `every kind of geometry comes back`(ending: String) throws {
        let shapes: [Shape?] = [
            .point(Position(127, 36)), .lineString([Position(127, 36), Position(128, 37)]),
            .polygon([Self.ring, Self.hole]), .multiPoint([Position(127, 36), Position(128, 37)]),
            .multiLineString([
                [Position(127, 36), Position(128, 37)], [Position(1, 2), Position(3, 4)],
            ]),
            .multiPolygon([[Self.ring, Self.hole], [Self.far]]),
            .collection([.point(Position(127, 36)), .lineString([Position(1, 2), Position(3, 4)])]),
        ]
        let after = try roundTrip([batch(shapes)], "out.\(ending)").batch
        #expect(after.count == shapes.count)
        for row in shapes.indices {
            // KML knows neither several points nor lines but as a MultiGeometry.
            #expect(after.geometry[row] == shapes[row], "\(ending), \(row)")
        }
    }

    @Test func `areas of a shapefile come back, several of one feature too`() throws {
        let shapes: [Shape?] = [
            .polygon([Self.ring, Self.hole]), nil, .multiPolygon([[Self.ring], [Self.far]]),
        ]
        let after = try roundTrip([batch(shapes)], "out.shp").batch
        #expect(try after.geometry[0]?.equals(#require(shapes[0])) == true)
        #expect(after.geometry[1] == nil)
        #expect(try after.geometry[2]?.equals(#require(shapes[2])) == true)
    }

    @Test func `a shapefile refuses kinds that do not go together`() throws {
        let scratch = Scratch()
        var sink = try openSink(scratch / "out.shp")
        try sink.write(batch([.point(Position(127, 36)), .polygon([Self.ring])]))
        let error = #expect(throws: FormatError.self) { try sink.finish(CollectionInfo()) }
        #expect(error?.problem == "a shapefile holds geometries of one kind; found Point, Polygon")
        sink = MemorySink()
        #expect(scratch.names.isEmpty)
    }

    @Test func `names of a shapefile are cut between characters, and said`() throws {
        var wide = FeatureBatch(geometry: GeometryColumn([.point(Position(127, 36))]))
        wide.set("행정구역명칭", .string(["가"]))
        wide.set("행정구역코드", .string(["나"]))
        wide.set("a_long_english_name", .int([1]))
        let utf8 = try roundTrip([wide], "out.shp")
        #expect(utf8.batch.columns.map(\.name) == ["행정구", "행정_1", "a_long_eng"])
        #expect(utf8.batch["행정_1"]?[0] == .string("나"))
        #expect(
            utf8.remarks == [
                "names of fields were shortened: 행정구역명칭 → 행정구, 행정구역코드 → 행정_1, "
                    + "a_long_english_name → a_long_eng"
            ])
        var options = WritingOptions()
        options.encoding = .cp949
        let cp949 = try roundTrip([wide], "out.shp", options: options)
        #expect(cp949.batch.columns.map(\.name) == ["행정구역명", "행정구역코", "a_long_eng"])
        #expect(cp949.batch["행정구역코"]?[0] == .string("나"))
        #expect(cp949.names == ["out.cpg", "out.dbf", "out.prj", "out.shp", "out.shx"])
    }

    @Test func `texts that a shapefile cannot hold are cut and said, or refused`() throws {
        var long = FeatureBatch(geometry: GeometryColumn([.point(Position(127, 36))]))
        long.set("t", .string([String(repeating: "가", count: 100)]))
        let after = try roundTrip([long], "out.shp")
        #expect(after.batch["t"]?[0] == .string(String(repeating: "가", count: 84)))
        #expect(
            after.remarks == [
                "1 texts of \"t\" were cut to 254 bytes, which is what a shapefile holds"
            ])
        var options = WritingOptions()
        options.encoding = .cp949
        var odd = FeatureBatch(geometry: GeometryColumn([.point(Position(127, 36))]))
        odd.set("t", .string(["🙂"]))
        let error = #expect(throws: FormatError.self) {
            _ = try roundTrip([odd], "out.shp", options: options)
        }
        #expect(error?.code == .encoding)
    }

    @Test func `a workbook holds points as columns and other geometries as text`() throws {
        let shapes: [Shape?] = [.point(Position(127.25, 36.5)), nil]
        let before = batch(shapes)
        let after = try roundTrip([before], "out.xlsx").batch
        #expect(after.geometry == before.geometry)
        #expect(after["이름"]?[1] == .string("마을 1"))
        #expect(after["people"]?[1] == before["people"]?[1])
        let lines = try roundTrip(
            [batch([.lineString([Position(1, 2), Position(3, 4)])])], "l.xlsx")
        #expect(lines.batch.geometry[0] == .lineString([Position(1, 2), Position(3, 4)]))
    }

    @Test func `positions are written in the system asked for`() throws {
        for ending in ["gpkg", "shp", "gml", "fgb"] {
            let options = WritingOptions(crs: "EPSG:5174")
            let after = try roundTrip([batch(Self.points)], "out.\(ending)", options: options).batch
            for row in 0..<after.count {
                let old = try #require(Self.points[row]?.points.first)
                let new = try #require(after.geometry[row]?.points.first)
                // PROJ's reverse of the datum operation is up to 6 mm off.
                #expect(Geodesic.wgs84.distance(from: old, to: new) < 0.007)
            }
        }
        #expect(throws: FormatError.self) {
            _ = try openSink("/tmp/never.kml", options: WritingOptions(crs: "EPSG:5174"))
        }
    }

    @Test func `columns that come late, and types that widen, are held`() throws {
        var first = FeatureBatch(geometry: GeometryColumn([.point(Position(127, 36))]))
        first.set("a", .int([1]))
        var second = FeatureBatch(
            geometry: GeometryColumn([.point(Position(128, 36))]), firstIndex: 1)
        second.set("a", .double([0.5]))
        second.set("b", .string(["나"]))
        let after = try roundTrip([first, second], "out.gpkg").batch
        #expect(after["a"]?[0] == .double(1))
        #expect(after["a"]?[1] == .double(0.5))
        #expect(after["b"]?[0] == .null)
        #expect(after["b"]?[1] == .string("나"))
    }

    @Test func `a layer is added to the GeoPackage that is there`() throws {
        let scratch = Scratch()
        for (name, count) in [("out.gpkg", 3), ("out.gpkg:second", 2), ("out.gpkg:second", 1)] {
            var sink = try openSink(scratch / name)
            try sink.write(batch(Array(Self.points.prefix(count))))
            try sink.finish(CollectionInfo())
        }
        var first = try openSource(scratch / "out.gpkg:out")
        #expect(try first.readAll().count == 3)
        var second = try openSource(scratch / "out.gpkg:second")
        #expect(try second.readAll().count == 1)
    }

    @Test func `the label of an old shapefile does not outlive it`() throws {
        let scratch = Scratch()
        _ = try scratch.write("EUC-KR", to: "out.CPG")
        _ = try scratch.write("old", to: "out.qix")
        var sink = try openSink(scratch / "out.shp")
        try sink.write(batch(Self.points))
        try sink.finish(CollectionInfo())
        #expect(scratch.names == ["out.cpg", "out.dbf", "out.prj", "out.shp", "out.shx"])
    }

    @Test func `what is only read is refused for writing`() {
        for name in ["o.ods", "o.zip", "o.dxf"] {
            let error = #expect(throws: FormatError.self) { _ = try openSink("/tmp/\(name)") }
            #expect(error?.problem.contains("is read but not written") == true)
        }
    }
}

/// A sink that forgets.
private struct MemorySink: FeatureSink {
    func write(_ batch: FeatureBatch) {}
    func finish(_ collection: CollectionInfo) {}
}
