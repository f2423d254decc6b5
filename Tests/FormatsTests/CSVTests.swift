import Features
import Geometry
import Testing

@testable import Formats

@Suite struct CSV {
    private func read(
        _ text: String, options: ReadingOptions = ReadingOptions(), piece: Int = .max
    ) throws -> (batch: FeatureBatch, collection: CollectionInfo) {
        try read(Array(text.utf8), options: options, piece: piece)
    }

    private func read(
        _ bytes: [UInt8], options: ReadingOptions = ReadingOptions(), piece: Int = .max
    ) throws -> (batch: FeatureBatch, collection: CollectionInfo) {
        let source = CSVSource(
            MemoryInput(bytes, name: "test.csv", piece: piece), options: options)
        var batches: [FeatureBatch] = []
        while let batch = try source.next() { batches.append(batch) }
        return (
            batches.isEmpty ? FeatureBatch(geometry: GeometryColumn([])) : .joining(batches),
            source.collection
        )
    }

    @Test(arguments: [
        ("lon,lat", "127.5,36.5"), ("LNG;Latitude", "127.5;36.5"), ("경도\t위도", "127.5\t36.5"),
        ("X좌표,Y좌표", "127.5,36.5"), ("WGS84경도,WGS84위도", "127.5,36.5"),
        ("coordX|coordY", "127.5|36.5"), ("\"x\",\"y\"", "\"127.5\",\" 36.5 \""),
        ("경도(WGS84),위도(WGS84)", "+127.5,36.50"),
    ])
    func `columns of coordinates are found by their names`(header: String, row: String) throws {
        let (batch, collection) = try read("\(header)\n\(row)\n")
        #expect(batch.geometry[0] == .point(Position(127.5, 36.5)))
        #expect(batch.columns.isEmpty)
        #expect(collection.remarks.isEmpty)
    }

    @Test(arguments: [Int.max, 1, 2, 3, 7])
    func `quotation marks, line ends and empty fields are read as RFC 4180 has them`(
        piece: Int
    ) throws {
        for end in ["\n", "\r\n", "\r"] {
            let text = [
                "\u{FEFF}id,name,code,n,d,lon,lat",
                #"a,"x, ""y"" "# + "\r\nz\",00123,1,1,127,36", "", #"b,"",4,,2.5,,"#,
                "c,가,5,3,-1e3,1,2",
            ].joined(separator: end)
            var options = ReadingOptions()
            options.readBytes = min(piece, 1 << 20)
            let (batch, _) = try read(text, options: options, piece: piece)
            #expect(batch.count == 3)
            #expect(batch.columns.map(\.name) == ["id", "name", "code", "n", "d"])
            #expect(batch.ids == batch["id"])
            #expect(
                (0..<3).map { batch["name"]?[$0] } == [
                    .string("x, \"y\" \r\nz"), .null, .string("가"),
                ])
            #expect(
                (0..<3).map { batch["code"]?[$0] } == [
                    .string("00123"), .string("4"), .string("5"),
                ])
            #expect((0..<3).map { batch["n"]?[$0] } == [.int(1), .null, .int(3)])
            #expect((0..<3).map { batch["d"]?[$0] } == [.double(1), .double(2.5), .double(-1000)])
            #expect(
                batch.geometry.shapes == [.point(Position(127, 36)), nil, .point(Position(1, 2))])
        }
    }

    @Test(arguments: [
        ("lon,lat\n36.3,127.4\n", FormatError.Code.swappedAxes, "feature 1, line 2"),
        ("lon,lat\n1,2\n200000,500000\n", .projected, "feature 2, line 3"),
        ("lon,lat\n1,2\n1,2,3\n", .structure, "feature 2, line 3"),
        ("lon,lat,a\n1,2,\"x\ny\"\n1,2\n", .structure, "feature 2, line 4"),
        ("lon,lat\n1,abc\n", .geometry, "feature 1, line 2"),
        ("lon,lat\n1,\n", .geometry, "feature 1, line 2"),
        ("lon,lat\n1,\"2\n", .truncated, "line 2"), ("lon,lat\n1,\"2\"x\n", .syntax, "line 2"),
        ("wkt,a\n\"POINT (1\",2\n", .geometry, "feature 1, line 2"), ("", .truncated, "test.csv"),
        ("lon,lat\n1,nan\n", .geometry, "feature 1, line 2"),
    ])
    func `faults are named with their row`(text: String, code: FormatError.Code, place: String) {
        let error = #expect(throws: FormatError.self) { try read(text) }
        #expect(error?.code == code, "\(error?.description ?? "")")
        #expect(error?.place.contains(place) == true, "\(error?.place ?? "")")
    }

    @Test(arguments: ["\n", "\r", "\r\n"])
    func `rows behind any number of blank lines are read`(end: String) throws {
        var options = ReadingOptions()
        options.blockBytes = 64
        let blank = String(repeating: end, count: 300)
        let text = blank + "id,n" + blank + "1,2" + blank + "3,4" + end
        let source = CSVSource(
            MemoryInput(Array(text.utf8), name: "test.csv", piece: 7), options: options)
        var rows = 0
        while let batch = try source.next() { rows += batch.count }
        #expect(rows == 2)
    }

    @Test func `CP949 is recognised`() {
        let error = #expect(throws: FormatError.self) {
            // 이름,lon,lat in CP949.
            try read([0xC0, 0xCC, 0xB8, 0xA7] + Array(",lon,lat\na,1,2\n".utf8))
        }
        #expect(error?.code == .encoding)
        #expect(error?.problem.contains("CP949") == true)
        #expect(error?.remedy?.contains("iconv -f cp949 -t utf-8") == true)
        let later = #expect(throws: FormatError.self) {
            try read(Array("n,lon,lat\n".utf8) + [0xB0, 0xA1] + Array(",1,2\n".utf8))
        }
        #expect(later?.place.contains("line 2") == true)
    }

    @Test func `well-known text becomes geometries, no coordinates a remark`() throws {
        let (batch, _) = try read("a,geometry\n1,\"LINESTRING (1 2, 3 4)\"\n2,\n3,POINT (5 6)\n")
        #expect(
            batch.geometry.shapes
                == [.lineString([Position(1, 2), Position(3, 4)]), nil, .point(Position(5, 6))])
        let (none, collection) = try read("a,a,\n1,2,3\n")
        #expect(none.geometry.shapes == [nil])
        #expect(none.columns.map(\.name) == ["a", "a_2", "column_3"])
        #expect(collection.remarks.count == 3)
        var options = ReadingOptions(assumedCRS: "EPSG:5179")
        options.longitudeColumn = "동"
        options.latitudeColumn = "북"
        let (given, _) = try read("북,동\n1952043.8,953936.9\n,\n", options: options)
        #expect(given.geometry[0]?.envelope.map { abs($0.minX - 126.978) < 0.001 } == true)
        #expect(given.geometry[1] == nil)
    }

    @Test func `degrees in Korea stay degrees where a projected system is named for all files`()
        throws
    {
        let options = ReadingOptions(assumedCRS: "EPSG:5179")
        let degrees = "id,lon,lat\na,126.978,37.5665\nb,,\nc,0,0\nd,129.07,35.18\n"
        let (kept, collection) = try read(degrees, options: options)
        #expect(kept.geometry.shapes[0] == .point(Position(126.978, 37.5665)))
        #expect(kept.geometry.shapes[1] == nil)
        #expect(collection.crs == nil && collection.remarks.count == 1)
        #expect(collection.remarks.first?.contains("--assume-crs EPSG:5179 was left out") == true)
        let (texts, _) = try read(
            "wkt\n\"LINESTRING (127 36, 127.5 36.2)\"\n", options: options)
        #expect(
            texts.geometry.shapes == [.lineString([Position(127, 36), Position(127.5, 36.2)])])
        // Of one file, not of each block.
        var blocks = options
        blocks.blockBytes = 8
        let source = CSVSource(
            MemoryInput(Array("lon,lat\n127,36\n128,36\n953936.9,1952043.8\n".utf8), name: "t"),
            options: blocks)
        let error = #expect(throws: FormatError.self) { while try source.next() != nil {} }
        #expect(error?.code == .projected)
        for text in ["lon,lat\n36,127\n37,128\n", "lon,lat\n2.35,48.85\n"] {
            let error = #expect(throws: FormatError.self) { try read(text, options: options) }
            #expect(error?.code == .crs && error?.problem.contains("look like degrees") == true)
        }
    }

    @Test func `once text, a column stays text`() throws {
        var options = ReadingOptions()
        options.blockBytes = 8
        let source = CSVSource(
            MemoryInput(Array("a,b\n007,1\n8,2\n9,2.5\n10,3\n".utf8), name: "t"), options: options)
        var kinds: [[Column.Kind?]] = []
        while let batch = try source.next() { kinds.append([batch["a"]?.kind, batch["b"]?.kind]) }
        #expect(kinds.allSatisfy { $0[0] == .string })
        #expect(kinds.first?[1] == .int && kinds.last?[1] == .double)
    }

    @Test func `points are written as lon and lat, the rest as well-known text`() throws {
        var batch = FeatureBatch(
            geometry: GeometryColumn([.point(Position(127.123456789, 36)), nil]),
            ids: .int([1, 2]))
        batch.set("name", .string(["a,\"b\"\n", ""]))
        batch.set("v", .double([0.5, nil]))
        #expect(
            try written([batch], name: "a.csv")
                == "id,name,v,lon,lat\n1,\"a,\"\"b\"\"\n\",0.5,127.1234568,36\n2,\"\",,,\n")
        let lines = FeatureBatch(
            geometry: GeometryColumn([
                .lineString([Position(1, 2), Position(3, 4)]), .point(Position(5, 6)),
            ]))
        #expect(
            try written([lines], name: "a.csv")
                == "lon,lat,wkt\n,,\"LINESTRING (1 2, 3 4)\"\n5,6,\n")
        var options = WritingOptions()
        options.writesByteOrderMark = true
        options.separator = ";"
        #expect(try written([batch], options: options, name: "a.csv").hasPrefix("\u{FEFF}id;name"))
    }

    @Test func `columns that come later are in the header and every row is as long`() throws {
        var first = FeatureBatch(geometry: GeometryColumn([nil, nil]))
        first.set("a", .string(["x\ny", "z"]))
        var second = FeatureBatch(geometry: GeometryColumn([.point(Position(1, 2))]))
        second.set("b", .int([3]))
        var third = second
        third.set("c", .int([4]))
        let text = try written([first, second, third], name: "a.csv")
        #expect(text == "a,b,lon,lat,c\n\"x\ny\",,,,\nz,,,,\n,3,1,2,\n,3,1,2,4\n")
        #expect(try read(text).batch.count == 4)
    }
}
