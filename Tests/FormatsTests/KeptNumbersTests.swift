import Features
import Geometry
import Testing

@testable import Formats

/// Reading numbers as they stand, for files whose system is in doubt.
struct KeptNumbersTests {
    /// Numbers of metres, latitude first, beyond the globe, with all their digits.
    private static let positions = [
        Position(36.512345678901234, 127.512345678901), Position(990_000.1234567891, 1_815_000.3),
        Position(-1e15, 12_345.000000000002), Position(200.1, 95.3),
    ]

    private func read(_ text: String, _ name: String) throws -> (FeatureBatch, CollectionInfo) {
        let scratch = Scratch()
        var options = ReadingOptions()
        options.keepsNumbers = true
        var source = try openSource(try scratch.write(text, to: name), options: options)
        let batch = try source.readAll()
        return (batch, source.collection)
    }

    @Test(arguments: ["geojson", "geojsonl", "csv", "wkt.csv"])
    func `no digit of a text changes`(ending: String) throws {
        let features = Self.positions.map {
            #"{"type":"Feature","properties":{},"#
                + #""geometry":{"type":"Point","coordinates":[\#($0.x),\#($0.y)]}}"#
        }
        let crs = #""crs":{"type":"name","properties":{"name":"EPSG:99999"}}"#
        let text =
            switch ending {
            case "geojson":
                #"{"type":"FeatureCollection",\#(crs),"features":["#
                    + features.joined(separator: ",") + "]}"
            case "geojsonl": features.joined(separator: "\n")
            case "csv": "x,y\n" + Self.positions.map { "\($0.x),\($0.y)\n" }.joined()
            default: "wkt\n" + Self.positions.map { "POINT (\($0.x) \($0.y))\n" }.joined()
            }
        let (batch, collection) = try read(text, "a.\(ending)")
        #expect(batch.geometry.shapes == Self.positions.map { .point($0) })
        #expect(collection.crs == (ending == "geojson" ? "EPSG:99999" : nil))
        #expect(throws: FormatError.self) {
            let scratch = Scratch()
            var source = try openSource(try scratch.write(text, to: "a.\(ending)"))
            _ = try source.readAll()
        }
    }

    @Test(arguments: ["arrow", "gpkg", "shp", "fgb"])
    func `no bit of a file's numbers changes`(ending: String) throws {
        let scratch = Scratch()
        let metres = [Position(0, 0), Position(127, 36.5), Position(128.25, 35.125)]
        var batch = FeatureBatch(geometry: GeometryColumn(metres.map { .point($0) }))
        batch.set("n", .int([1, 2, 3]))
        var sink = try openSink(scratch / "a.\(ending)", options: WritingOptions(crs: "EPSG:5179"))
        try sink.write(batch)
        try sink.finish(CollectionInfo())
        var options = ReadingOptions()
        options.keepsNumbers = true
        var source = try openSource(scratch / "a.\(ending)", options: options)
        let kept = try source.readAll()
        let transformer = try #require(
            try Transformer.to("EPSG:5179", doubtful: .refuse, place: "test"))
        let expected = try transformer.apply(batch.geometry, place: "test")
        #expect(kept.geometry.shapes == expected.shapes)
        #expect(source.collection.crs == "EPSG:5179")
        #expect(source.collection.remarks.isEmpty)
    }
}
