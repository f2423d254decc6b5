import Features
import Geometry
import Testing

@testable import Formats

@Suite struct `Writing GeoJSON` {
    private func batch(_ shapes: [Shape?]) -> FeatureBatch {
        FeatureBatch(geometry: GeometryColumn(shapes))
    }

    private static let square = [
        Position(0, 0), Position(4, 0), Position(4, 4), Position(0, 4), Position(0, 0),
    ]
    private static let hole = [
        Position(1, 1), Position(1, 2), Position(2, 2), Position(1, 1),
    ]

    @Test(
        arguments: [
            [.point(Position(127.5, 36.25)), nil, .point(Position(-1, -2))],
            [.point(Position(127.5, 36.25, 12.125))],
            [.multiPoint([Position(1, 2), Position(3, 4)])],
            [.lineString([Position(1, 2), Position(3, 4)])],
            [.lineString([Position(1, 2, 0), Position(3, 4, -5.5)]), nil],
            [
                .multiLineString([
                    [Position(1, 2), Position(3, 4)], [Position(5, 6), Position(7, 8)],
                ])
            ],
            [.polygon([square, hole]), .polygon([square])],
            [.multiPolygon([[square, hole], [hole.reversed()]])],
            [.collection([.point(Position(1, 2)), .polygon([square]), .collection([])])],
            [.point(Position(1, 2)), .lineString([Position(1, 2), Position(3, 4)]), nil],
            [
                .point(Position(9, 9)), .polygon([square, hole]), .point(Position(8, 8)),
                .multiPolygon([[square], [square, hole]]),
                .lineString([Position(1, 2), Position(3, 4)]),
                .multiPolygon([[square, hole]]),
                .multiLineString([[Position(1, 2), Position(3, 4)]]), .polygon([square]),
            ], [.lineString([Position(1, 2, 5), Position(3, 4)])],
            [.multiPoint([]), .multiPoint([])],
        ] as [[Shape?]])
    func `every kind of geometry comes back as it was`(shapes: [Shape?]) throws {
        let (back, _) = try geoJSON(try written([batch(shapes)]))
        #expect(back.geometry.shapes == shapes)
    }

    @Test func `attributes, ids and members of the collection come back`() throws {
        var batch = FeatureBatch(
            geometry: GeometryColumn([nil, nil]), ids: .string(["a\"1", nil]))
        batch.set("글자", .string(["한 글 \u{1}\n😀\\", nil]))
        batch.set("i", .int([9_007_199_254_740_993, nil]))
        batch.set("d", .double([0.1, .leastNonzeroMagnitude]))
        batch.set("b", .bool([true, false]))
        batch.set("j", Column(.json(StringColumn([#"{"x":[1]}"#, "3"]))))
        var info = CollectionInfo(name: "층")
        info.foreignMembers = [.init(name: "source", json: #"{"a":"}"}"#)]
        let (back, collection) = try geoJSON(try written([batch], collection: info))
        #expect(back.geometry.shapes == batch.geometry.shapes)
        #expect(back.columns == batch.columns)
        #expect(back.ids == batch.ids)
        #expect(collection == info)
        var options = WritingOptions()
        options.collection = info
        let before = try written([batch], collection: info, options: options)
        #expect(
            before.hasPrefix(
                "{\"type\":\"FeatureCollection\",\n\"name\":\"층\",\n\"source\":{\"a\":\"}\"},\n"
                    + "\"features\":[\n{\"type\":\"Feature\",\"id\":\"a\\\"1\",\"properties\":"))
        #expect(before.hasSuffix("\n]}\n"))
        #expect(try geoJSON(before).collection == info)
    }

    @Test func `coordinates are rounded, and no text says minus zero`() throws {
        let text = try written([
            batch([
                .lineString([Position(0.123456789, -0.00000001), Position(126.99999999, 37.5)])
            ])
        ])
        #expect(text.contains("[[0.1234568,0],[127,37.5]]"))
        let short = try written(
            [batch([.point(Position(1.25, 1.35, 7.00049))])], options: .init(precision: 1))
        // 1.25 lies half-way and goes to the even digit; 1.35 is a little more than that in binary.
        #expect(short.contains("[1.2,1.4,7]"))
    }

    @Test func `rings are wound as RFC 7946 wants`() throws {
        let text = try written([batch([.polygon([Self.square.reversed(), Self.hole.reversed()])])])
        let (back, collection) = try geoJSON(text, options: .strict)
        #expect(back.geometry[0] == .polygon([Self.square, Self.hole]))
        #expect(collection.remarks.isEmpty)
    }

    @Test func `a ring that would collapse keeps its digits`() throws {
        let tiny = [
            Position(127, 36), Position(127.00000001, 36), Position(127.00000001, 36.00000001),
            Position(127, 36),
        ]
        let (back, _) = try geoJSON(try written([batch([.polygon([tiny])])]))
        #expect(back.geometry[0] == .polygon([tiny]))
    }

    @Test func `lines that run on past the antimeridian are cut there`() throws {
        let text = try written([
            batch([.lineString([Position(170, 0), Position(190, 10), Position(200, 10)])])
        ])
        #expect(
            text.contains(
                #""MultiLineString","coordinates":[[[170,0],[180,5]],[[-180,5],[-170,10],[-160,10]]]"#
            ))
    }

    @Test func `polygons that run on past the antimeridian are cut there`() throws {
        let ring = [
            Position(170, 0), Position(190, 0), Position(190, 10), Position(170, 10),
            Position(170, 0),
        ]
        let hole = [
            Position(175, 4), Position(175, 6), Position(185, 6), Position(185, 4),
            Position(175, 4),
        ]
        let lake = [Position(188, 1), Position(188, 2), Position(189, 2), Position(188, 1)]
        let cut = try Antimeridian.cut(.polygon([ring, hole, lake]))
        guard case .multiPolygon(let parts) = cut else {
            Issue.record("not cut: \(cut)")
            return
        }
        #expect(parts.count == 2)
        #expect(parts.map(\.count) == [1, 2])
        #expect(cut.envelope == Envelope(minX: -180, minY: 0, maxX: 180, maxY: 10))
        // 10 × 10 less the half of the hole, 5 × 2, on either side; the lake lies in the east.
        let areas = parts.map { abs(FlatRing($0[0]).turn) / 2 }
        #expect(areas == [90, 90])
        // A comb whose teeth cross the meridian three times falls into three parts beyond it.
        let comb = [
            (170, 0), (190, 0), (190, 1), (175, 1), (175, 2), (190, 2), (190, 3), (175, 3),
            (175, 4), (190, 4), (190, 5), (170, 5), (170, 0),
        ].map { Position($0.0, $0.1) }
        #expect(try Antimeridian.cut(.polygon([comb])).polygons.count == 4)
        let all = try geoJSON(try written([batch([.polygon([comb])])]), options: .strict)
        #expect(all.batch.geometry[0]?.polygons.count == 4)
        #expect(try Antimeridian.cut(.point(Position(190, 1))) == .point(Position(-170, 1)))
        #expect(
            try Antimeridian.cut(.polygon([ring.map { Position($0.x + 30, $0.y) }])).polygons.count
                == 1
        )
    }

    private struct FlatRing {
        let turn: Double
        init(_ ring: [Position]) {
            var flat = FlatGeometries()
            for position in ring { flat.append(position.x, position.y) }
            turn = flat.turn(0..<ring.count)
        }
    }

    @Test func `boxes are written where they are asked for`() throws {
        var options = WritingOptions()
        options.writesBoxes = true
        let text = try written(
            [batch([.point(Position(1, 2)), nil, .point(Position(-3, 4))])], options: options)
        #expect(text.contains(#""properties":{},"bbox":[1,2,1,2],"geometry""#))
        #expect(text.hasSuffix("],\n\"bbox\":[-3,2,1,4]}\n"))
        #expect(try geoJSON(text).batch.count == 3)
    }

    @Test func `another system is named and comes back within a millimetre`() throws {
        let seoul = Position(126.978, 37.5665)
        let text = try written([batch([.point(seoul)])], options: .init(crs: "EPSG:5179"))
        #expect(text.contains(#""name":"urn:ogc:def:crs:EPSG::5179""#))
        guard case .point(let back)? = try geoJSON(text).batch.geometry[0] else { return }
        #expect(abs(back.x - seoul.x) < 2e-8 && abs(back.y - seoul.y) < 2e-8)
    }

    @Test func `no features make an empty collection`() throws {
        let text = try written([])
        #expect(text == "{\"type\":\"FeatureCollection\",\n\"features\":[\n]}\n")
        #expect(try geoJSON(text).batch.count == 0)
    }

    @Test func `a position that is not finite is refused with its feature`() {
        let error = #expect(throws: FormatError.self) {
            try written([batch([nil, .lineString([Position(1, 2), Position(.infinity, 2)])])])
        }
        #expect(error?.place.contains("feature 2") == true)
    }

    @Test func `sequences are read with and without record separators`() throws {
        var batch = FeatureBatch(geometry: GeometryColumn([.point(Position(1, 2)), nil]))
        batch.set("a", .string(["x\ny", nil]))
        for separators in [false, true] {
            var options = WritingOptions()
            options.writesRecordSeparators = separators
            let text = try written([batch, batch], options: options, name: "a.geojsonl")
            #expect(text.filter { $0 == "\n" }.count == 4)
            let source = GeoJSONSeqSource(bytes: Array("\n\n\(text)\r\n \n".utf8))
            let back = try #require(try source.next())
            #expect(back.count == 4)
            #expect(back["a"] == FeatureBatch.joining([batch, batch])["a"])
            #expect(back.geometry.shapes == batch.geometry.shapes + batch.geometry.shapes)
            #expect(try source.next() == nil)
        }
        let pretty =
            "\u{1E}{\"type\":\"Feature\",\n\"properties\":{},\n\"geometry\":null}\n\u{1E}"
            + "{\"type\":\"Point\",\"coordinates\":[1,2]}\n"
        let source = GeoJSONSeqSource(bytes: Array(pretty.utf8))
        #expect(try source.next()?.geometry.shapes == [nil, .point(Position(1, 2))])
        let wrong = GeoJSONSeqSource(bytes: Array("{\"type\":\"Feature\"\n}".utf8), name: "s")
        let error = #expect(throws: FormatError.self) { try wrong.next() }
        #expect(error?.place.hasPrefix("s, feature 1, line 1") == true)
    }
}
