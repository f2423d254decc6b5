import Features
import Geometry
import Testing

@testable import Formats

@Suite struct `Reading GeoJSON` {
    @Test func `members come in any order`() throws {
        let (batch, collection) = try geoJSON(
            """
            {"b": {"x": [1, "]}"]}, "features": [{"geometry": {"coordinates": [127.5, 36.5], \
            "type": "Point"}, "properties": {"name": "x"}, "id": 7, "type": "Feature"}], \
            "name": "layer", "a": 1, "type": "FeatureCollection"}
            """)
        #expect(batch.count == 1)
        #expect(batch.geometry[0] == .point(Position(127.5, 36.5)))
        #expect(batch["name"]?[0] == .string("x"))
        #expect(batch.ids?[0] == .int(7))
        #expect(collection.name == "layer")
        #expect(collection.foreignMembers.map(\.name) == ["b", "a"])
        #expect(collection.foreignMembers[0].json == #"{"x": [1, "]}"]}"#)
    }

    @Test func `a single feature and a bare geometry are collections of one`() throws {
        let one = try geoJSON(
            #"{"type":"Feature","properties":{"a":1},"geometry":null,"title":"t"}"#)
        #expect(one.batch.count == 1)
        #expect(one.batch.geometry[0] == nil)
        #expect(one.batch["a"]?[0] == .int(1))
        #expect(one.collection.foreignMembers.isEmpty)
        #expect(one.collection.remarks.count == 1)
        let bare = try geoJSON(#"{"coordinates":[[1,2],[3,4]],"type":"LineString"}"#)
        #expect(bare.batch.geometry[0] == .lineString([Position(1, 2), Position(3, 4)]))
        #expect(bare.batch.columns.isEmpty)
    }

    @Test func `columns take the order in which names first appear`() throws {
        let (batch, _) = try geoJSON(
            """
            {"type":"FeatureCollection","features":[
            {"type":"Feature","properties":{"b":1,"a":"x"},"geometry":null},
            {"type":"Feature","properties":{"a":null,"c":[1, {"d": "e f"}],"b":2.5},"geometry":null},
            {"type":"Feature","properties":null,"geometry":null},
            {"type":"Feature","properties":{"c":true,"a":"y"},"geometry":null}]}
            """)
        #expect(batch.columns.map(\.name) == ["b", "a", "c"])
        #expect((0..<4).map { batch["b"]?[$0] } == [.double(1), .double(2.5), .null, .null])
        #expect(
            (0..<4).map { batch["a"]?[$0] } == [.string("x"), .null, .null, .string("y")])
        #expect(
            (0..<4).map { batch["c"]?[$0] }
                == [.null, .json(#"[1,{"d":"e f"}]"#), .null, .json("true")])
    }

    @Test func `of members with the same name the last one counts`() throws {
        let (batch, _) = try geoJSON(
            """
            {"type":"FeatureCollection","features":[{"type":"Feature","id":1,"id":"two",\
            "properties":{"a":1,"b":2,"a":3},"geometry":{"type":"Point","coordinates":[1,2],\
            "coordinates":[3,4]}},
            {"type":"Feature","properties":{"z":9},"properties":{"b":5},"geometry":null,\
            "geometry":{"type":"Point","type":"MultiPoint","coordinates":[[5,6]]}}]}
            """)
        #expect(batch.columns.map(\.name) == ["a", "b", "z"])
        #expect(batch["a"]?[0] == .int(3))
        #expect(batch["b"]?[1] == .int(5))
        #expect(batch["z"]?[1] == .null)
        #expect(batch.ids?[0] == .string("two"))
        #expect(batch.geometry[0] == .point(Position(3, 4)))
        #expect(batch.geometry[1] == .multiPoint([Position(5, 6)]))
    }

    @Test func `heights are kept and further numbers are not`() throws {
        let (batch, _) = try geoJSON(
            #"{"type":"LineString","coordinates":[[1,2,3.5,99],[4,5,6,7,8]]}"#)
        #expect(batch.geometry[0] == .lineString([Position(1, 2, 3.5), Position(4, 5, 6)]))
        let some = try geoJSON(#"{"type":"LineString","coordinates":[[1,2,3.5],[4,5]]}"#)
        #expect(some.batch.geometry[0] == .lineString([Position(1, 2, 3.5), Position(4, 5)]))
    }

    @Test func `rows without a geometry keep their place in every layout`() throws {
        for (kind, coordinates) in [
            ("Point", "[1,2]"), ("LineString", "[[1,2],[3,4]]"),
            ("Polygon", "[[[0,0],[1,0],[1,1],[0,0]]]"),
            ("MultiPolygon", "[[[[0,0],[1,0],[1,1],[0,0]]]]"),
        ] {
            let geometry = #"{"type":"\#(kind)","coordinates":\#(coordinates)}"#
            let rows = [
                "null", geometry, "null", geometry, #"{"type":"\#(kind)","coordinates":[]}"#,
            ]
            .map { #"{"type":"Feature","properties":{},"geometry":\#($0)}"# }
            let (batch, _) = try geoJSON(
                #"{"type":"FeatureCollection","features":[\#(rows.joined(separator: ","))]}"#)
            #expect(batch.geometry.kind?.geoJSONName == kind)
            #expect(batch.geometry.shapes.map { $0 == nil } == [true, false, true, false, false])
            #expect(batch.geometry[1] == batch.geometry[3])
            #expect(batch.geometry[4]?.isEmpty == true)
        }
    }

    @Test func `rings that turn the wrong way are turned, and a remark says so`() throws {
        let text = feature(
            """
            {"type":"Polygon","coordinates":[[[0,0],[0,9],[9,9],[9,0],[0,0]],\
            [[1,1],[2,1],[2,2],[1,1]]]}
            """)
        let (batch, collection) = try geoJSON(text)
        #expect(
            batch.geometry[0]
                == .polygon([
                    [
                        Position(0, 0), Position(9, 0), Position(9, 9), Position(0, 9),
                        Position(0, 0),
                    ], [Position(1, 1), Position(2, 2), Position(2, 1), Position(1, 1)],
                ]))
        #expect(collection.remarks.count == 1)
        #expect(throws: FormatError.self) { try geoJSON(text, options: .strict) }
    }

    @Test func `odd texts come through as they are meant`() throws {
        let (batch, _) = try geoJSON(
            feature(
                "null",
                properties:
                    #"{"a":"\ud83d\ude00 😀 \u0000 \" \\ \/ \b\f\n\r\t \uac00가","\u0062":"c"}"#
            ))
        #expect(
            batch["a"]?[0].text
                == "😀 😀 \0 \" \\ / \u{8}\u{c}\n\r\t 가가")
        #expect(batch["b"]?[0] == .string("c"))
    }

    @Test func `numbers are exact to the last bit`() throws {
        let (batch, _) = try geoJSON(
            feature(
                "null",
                properties: """
                    {"a":5e-324,"b":1.7976931348623157e308,"c":9007199254740993,\
                    "d":-9223372036854775808,"e":9223372036854775808,"f":0.1,"g":-0.0,"h":1E2,\
                    "i":0.30000000000000004,"j":123456789012345678901234567890}
                    """))
        #expect(batch["a"]?[0] == .double(.leastNonzeroMagnitude))
        #expect(batch["b"]?[0] == .double(1.7976931348623157e308))
        #expect(batch["c"]?[0] == .int(9_007_199_254_740_993))
        #expect(batch["d"]?[0] == .int(.min))
        #expect(batch["e"]?[0] == .double(9_223_372_036_854_775_808))
        #expect(batch["f"]?[0] == .double(0.1))
        #expect(batch["g"]?.number(0)?.sign == .minus)
        #expect(batch["h"]?[0] == .double(100))
        #expect(batch["i"]?[0] == .double(0.30000000000000004))
        #expect(batch["j"]?[0] == .double(1.2345678901234568e29))
    }

    @Test func `a file with a byte order mark and white space is read`() throws {
        let (batch, _) = try geoJSON(
            "\u{FEFF}\r\n\t " + feature("null").replacing(":", with: " :\n ") + " \n\n")
        #expect(batch.count == 1)
        let (none, info) = try geoJSON(
            #"{"type":"FeatureCollection","name":"n","features":[ ],"x":null,"bbox":[1,2,3,4]}"#)
        #expect(none.count == 0)
        #expect(info.name == "n")
        #expect(info.foreignMembers == [.init(name: "x", json: "null")])
    }

    @Test(arguments: [1, 2, 3, 5, 7, 11, 13, 16, 31, 64])
    func `chunks of any size give the same features`(size: Int) throws {
        let text = """
            {"type":"FeatureCollection","name":"chunks \\"}{","a":[{"b":"]}"}],"features":[
            {"type":"Feature","id":"가","properties":{"n":"\\\\\\"{","v":-1.25e-3},"geometry":\
            {"type":"Point","coordinates":[127.123456789,36.5]}} ,
            {"type":"Feature","id":2,"properties":{"n":"😀}","v":12345678},"geometry":null},\
            {"type":"Feature","properties":{"n":null,"o":{"p":[[],{}]}},"geometry":\
            {"type":"MultiPoint","coordinates":[[1,2],[3,4]]}}
            ],"z":{"y":"x"}, "crs":{"type":"name","properties":{"name":"EPSG:4326"}}}

            """
        let whole = try geoJSON(text)
        var options = ReadingOptions()
        options.readBytes = size
        let source = GeoJSONSource(
            MemoryInput(Array(text.utf8), name: "test.geojson", piece: size), options: options)
        var batches: [FeatureBatch] = []
        while let batch = try source.next() { batches.append(batch) }
        #expect(FeatureBatch.joining(batches) == whole.batch)
        #expect(source.collection == whole.collection)
        #expect(source.collection.foreignMembers.map(\.name) == ["a", "z"])
    }

    @Test func `blocks number their features through`() throws {
        let rows = (1...200).map {
            #"{"type":"Feature","id":\#($0),"properties":{"n":\#($0)},"geometry":null}"#
        }
        let text = #"{"type":"FeatureCollection","features":[\#(rows.joined(separator: ",\n"))]}"#
        var options = ReadingOptions()
        options.blockBytes = 1000
        options.readBytes = 100
        let source = GeoJSONSource(
            MemoryInput(Array(text.utf8), name: "test.geojson"), options: options)
        var batches: [FeatureBatch] = []
        var count = 0
        while let batch = try source.next() {
            #expect(batch.firstIndex == count)
            count += batch.count
            batches.append(batch)
        }
        #expect(batches.count > 10)
        let whole = FeatureBatch.joining(batches)
        #expect((0..<200).map { whole["n"]?[$0] } == (1...200).map { .int($0) })
    }

    @Test func `projected coordinates are transformed where the file names their system`() throws {
        let crs = #""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::5179"}}"#
        let features =
            #""features":[{"type":"Feature","properties":{},"geometry":"#
            + #"{"type":"Point","coordinates":[953936.9,1952043.8]}}]"#
        for text in [
            #"{"type":"FeatureCollection",\#(crs),\#(features)}"#,
            #"{"type":"FeatureCollection",\#(features),\#(crs)}"#,
        ] {
            let (batch, collection) = try geoJSON(text)
            guard case .point(let position) = batch.geometry[0] else {
                Issue.record("no point")
                continue
            }
            // Seoul City Hall, to about 100 m.
            #expect(abs(position.x - 126.978) < 0.001 && abs(position.y - 37.5665) < 0.001)
            #expect(collection.remarks.first?.contains("EPSG:5179") == true)
        }
        let (given, _) = try geoJSON(
            #"{"type":"FeatureCollection",\#(features)}"#,
            options: ReadingOptions(assumedCRS: "EPSG:5179"))
        #expect(given.geometry[0]?.envelope?.minX.rounded() == 127)
    }

    @Test func `a system named after features that have been given out is an error`() throws {
        let rows = (1...50).map { _ in
            #"{"type":"Feature","properties":{},"geometry":null}"#
        }
        let text =
            #"{"type":"FeatureCollection","features":[\#(rows.joined(separator: ","))],"#
            + #""crs":{"type":"name","properties":{"name":"EPSG:5179"}}}"#
        var options = ReadingOptions()
        options.blockBytes = 500
        let source = GeoJSONSource(
            MemoryInput(Array(text.utf8), name: "test.geojson", piece: 100), options: options)
        let error = #expect(throws: FormatError.self) { while try source.next() != nil {} }
        #expect(error?.code == .crs)
        #expect(error?.remedy?.contains("before") == true)
    }
}
