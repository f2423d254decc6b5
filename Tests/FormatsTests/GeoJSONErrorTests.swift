import Features
import Geometry
import Testing

@testable import Formats

@Suite struct `Errors in GeoJSON` {
    @Test(arguments: [
        (#"{"a":NaN}"#, "NaN"), (#"{"a":1,}"#, "name in quotation marks"), (#"{"a":01}"#, "0"),
        (#"{"a":1.}"#, "digit"), (#"{"a":.5}"#, "value"), (#"{"a":+5}"#, "value"),
        (#"{"a":"\x"}"#, "escape"), (#"{"a":"\ud800"}"#, "surrogate"),
        (#"{"a":"\ud800A"}"#, "surrogate"), (#"{"a":"\udc00"}"#, "surrogate"),
        ("{\"a\":\"\u{1}\"}", "unescaped"), ("{\"a\":\"\n\"}", "unescaped"),
        (#"{"a":tru}"#, "value"),
        (#"{"a":1e999}"#, "greater than"), (#"{"a":"\u12g4"}"#, "hexadecimal"),
        (#"{"a" 1}"#, "':'"), (#"{"a":1 "b":2}"#, "','"), (#"{a:1}"#, "quotation marks"),
        (#"{"a":[1,]}"#, "value"), (#"{"a":/*c*/1}"#, "comment"), (#"{"a":Infinity}"#, "Infinity"),
        (#"{"a":[1}}"#, "']'"),
    ])
    func `properties that break the grammar are refused`(json: String, word: String) throws {
        let error = #expect(throws: FormatError.self) {
            try geoJSON(feature("null", properties: json, more: #","id":"U41""#))
        }
        #expect(error?.problem.contains(word) == true, "\(error?.description ?? "")")
        #expect(
            error?.place.hasPrefix("test.geojson, feature 1 (id \"U41\"), line 1 (byte ") == true,
            "\(error?.place ?? "")")
    }

    @Test(
        arguments: [
            [0xFF], [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80],
            [0xF4, 0x90, 0x80, 0x80], [0x80], [0xC3], [0xB0, 0xA1],
        ] as [[UInt8]])
    func `bytes that are no UTF-8 are refused`(bytes: [UInt8]) {
        let text = feature("null", properties: #"{"a":"?"}"#).utf8
        let broken = text.split(separator: UInt8(ascii: "?")).map(Array.init)
        let source = GeoJSONSource(bytes: broken[0] + bytes + broken[1])
        let error = #expect(throws: FormatError.self) { while try source.next() != nil {} }
        #expect(error?.code == .encoding)
    }

    @Test(arguments: [
        (#"{"type":"Point","coordinates":[36.35,127.38]}"#, FormatError.Code.swappedAxes),
        (#"{"type":"Point","coordinates":[200000,500000]}"#, .projected),
        (#"{"type":"Point","coordinates":[955000.5,1950000]}"#, .projected),
        (#"{"type":"Point","coordinates":[181,0]}"#, .badPosition),
        (#"{"type":"Point","coordinates":["1",0]}"#, .geometry),
        (#"{"type":"Point","coordinates":[1]}"#, .geometry),
        (#"{"type":"Point","coordinates":[1,null]}"#, .geometry),
        (#"{"type":"LineString","coordinates":[[1,2]]}"#, .geometry),
        (#"{"type":"Polygon","coordinates":[[]]}"#, .geometry),
        (#"{"type":"Polygon","coordinates":[[[0,0],[1,1],[0,0]]]}"#, .geometry),
        (#"{"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0],[0,0.1]]]}"#, .geometry),
        (#"{"type":"MultiPolygon","coordinates":[[]]}"#, .geometry),
        (#"{"type":"Point","coordinates":[1,2],"bbox":[1,2,3]}"#, .structure),
        (#"{"type":"Curve","coordinates":[1,2]}"#, .structure),
        (#"{"type":"GeometryCollection"}"#, .structure), (#"[1,2]"#, .structure),
    ])
    func `geometries that cannot be are refused`(json: String, code: FormatError.Code) {
        let before = #"{"type":"Feature","properties":{},"geometry":null},"#
        let text =
            #"{"type":"FeatureCollection","features":["# + "\n\(before)\n"
            + #"{"type":"Feature","properties":{},"geometry":\#(json),"id":"P-7"}]}"#
        let error = #expect(throws: FormatError.self) { try geoJSON(text) }
        #expect(error?.code == code, "\(error?.description ?? "")")
        #expect(
            error?.place.hasPrefix("test.geojson, feature 2 (id \"P-7\"), line 3 (byte ") == true,
            "\(error?.place ?? "")")
    }

    @Test func `swapped and projected coordinates are called by their name`() {
        let swapped = #expect(throws: FormatError.self) {
            try geoJSON(feature(#"{"type":"Point","coordinates":[36.35,127.38]}"#))
        }
        #expect(swapped?.problem.contains("latitude and longitude look swapped") == true)
        #expect(swapped?.remedy?.contains("127.38, 36.35") == true)
        let projected = #expect(throws: FormatError.self) {
            try geoJSON(feature(#"{"type":"Point","coordinates":[200000,500000]}"#))
        }
        #expect(projected?.problem.contains("coordinates look projected (metres)") == true)
        #expect(projected?.remedy?.contains("--assume-crs") == true)
    }

    @Test func `a text cut at any byte is refused and never crashes`() throws {
        let text = Array(
            """
            {"name":"n\\u00e9","type":"FeatureCollection","features":[{"type":"Feature","id":"가",\
            "properties":{"a":[1,{"b":null}],"c":-1.5e3,"d":true},"geometry":{"type":"Polygon",\
            "coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}},{"type":"Feature","properties":{},\
            "geometry":null}],"more":{"x":"y"}}
            """.utf8)
        for length in 0..<text.count {
            for piece in [Int.max, 3] {
                var options = ReadingOptions()
                if piece == 3 { options.readBytes = 3 }
                let source = GeoJSONSource(
                    MemoryInput(Array(text[..<length]), name: "cut", piece: piece),
                    options: options)
                let error = #expect(throws: FormatError.self, "\(length) bytes") {
                    while try source.next() != nil {}
                }
                #expect(error?.code == .truncated, "\(length): \(error?.description ?? "")")
            }
        }
    }

    @Test func `a text with any byte changed never crashes`() throws {
        let text = Array(
            feature(
                #"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}"#,
                properties: #"{"a":"\u00e9가","b":[1,2.5e3]}"#
            ).utf8)
        for at in text.indices {
            for byte: UInt8 in [0, 0x22, 0x5B, 0x5C, 0x7B, 0x7D, 0x5D, 0x2C, 0x39, 0xE0, 0xFF] {
                var changed = text
                changed[at] = byte
                let source = GeoJSONSource(bytes: changed)
                do {
                    while try source.next() != nil {}
                } catch { #expect(!error.problem.isEmpty) }
            }
        }
    }

    @Test func `ten thousand brackets are an error`() {
        let many = String(repeating: "[", count: 10_000)
        let braces = String(repeating: #"{"a":"#, count: 10_000)
        for text in [
            many, braces, #"{"x":"# + many, feature("null", properties: #"{"a":\#(many)"#),
            feature("null", properties: braces),
            feature(#"{"type":"Polygon","coordinates":\#(many)"#),
            feature(#"{"coordinates":\#(many),"type":"Polygon"}"#),
            #"{"type":"FeatureCollection","features":[\#(braces)"#,
        ] {
            #expect(throws: FormatError.self) { try geoJSON(text) }
        }
        let nested =
            String(repeating: #"{"type":"GeometryCollection","geometries":["#, count: 40)
            + String(repeating: "]}", count: 40)
        let error = #expect(throws: FormatError.self) { try geoJSON(feature(nested)) }
        #expect(error?.code == .tooDeep)
        let deep = String(repeating: "[", count: 520) + String(repeating: "]", count: 520)
        let tooDeep = #expect(throws: FormatError.self) {
            try geoJSON(feature("null", properties: #"{"a":\#(deep)}"#))
        }
        #expect(tooDeep?.code == .tooDeep)
    }

    @Test(arguments: [
        ("", "empty"), (" \n ", "empty"), ("\u{1}\u{2}", "byte 0x01"), ("<html>", "XML or HTML"),
        ("PK\u{3}\u{4}", "ZIP"), ("lon,lat\n1,2\n", "'{'"), ("[]", "'{'"), ("{}", "\"type\""),
        (#"{"type":"FeatureCollection","features":[]} x"#, "follows"),
        (#"{"type":"FeatureCollection","features":[],}"#, "name"),
        (#"{"type":"FeatureCollection","features":[],"features":[]}"#, "second"),
        (#"{"type":"FeatureCollection","features":[1]}"#, "feature"),
        (#"{"type":"Topology","objects":{}}"#, "TopoJSON"),
        (#"{"type":"FeatureCollection","features":[],"bbox":[1]}"#, "bbox"),
        (#"{"type":"Feature","properties":{},"geometry":null}{"type":"Feature"}"#, "follows"),
        (#"{"type":"FeatureCollection","crs":{"type":"link"},"features":[]}"#, "crs"),
        (
            #"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:1"}},"#
                + #""features":[{"type":"Feature","properties":{},"geometry":null}]}"#, "EPSG:1"
        ),
    ])
    func `texts that are no collection are refused`(text: String, word: String) {
        let error = #expect(throws: FormatError.self) { try geoJSON(text) }
        #expect(error?.problem.contains(word) == true, "\(error?.description ?? "")")
        #expect(error?.place.hasPrefix("test.geojson") == true)
    }

    @Test func `a trailing comma after the last feature is named`() {
        let error = #expect(throws: FormatError.self) {
            try geoJSON(
                #"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"#
                    + #""geometry":null},]}"#)
        }
        #expect(error?.problem == "a comma stands after the last feature")
        #expect(error?.place == "test.geojson, feature 2, line 1 (byte 91)")
    }

    @Test func `a missing quotation mark is found where it matters`() {
        let error = #expect(throws: FormatError.self) {
            try geoJSON(
                #"{"type":"FeatureCollection","features":[{"type":"Feature","id":3,"#
                    + #""properties":{"a":"b, "c":1},"geometry":null}]}"#)
        }
        #expect(error?.code == .syntax)
        #expect(error?.problem == "expected ',' or '}', found 'c'")
        #expect(error?.place.contains("feature 1 (id 3)") == true)
    }

    @Test func `features before a fault are given out first`() throws {
        let row = #"{"type":"Feature","properties":{},"geometry":null}"#
        let source = GeoJSONSource(
            bytes: Array(#"{"type":"FeatureCollection","features":[\#(row),\#(row),x"#.utf8))
        #expect(try source.next()?.count == 2)
        #expect(throws: FormatError.self) { try source.next() }
    }

    @Test func `files that are not there, or are directories, are named`() {
        let missing = #expect(throws: FormatError.self) {
            try GeoJSONSource(path: "/no/such.geojson")
        }
        #expect(missing?.description.hasPrefix("/no/such.geojson: there is no such file") == true)
        let directory = #expect(throws: FormatError.self) { try GeoJSONSource(path: "/tmp") }
        #expect(directory?.problem == "this is a directory")
    }
}
