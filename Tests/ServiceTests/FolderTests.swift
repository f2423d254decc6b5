import Features
import Formats
import Geometry
import HTTPTypes
import Testing

@testable import Service

struct FolderTests {
    private static let points = """
        {"type":"FeatureCollection","features":[
        {"type":"Feature","id":7,"properties":{"name":"가","n":1.5,"ok":true},"geometry":{"type":"Point","coordinates":[127.123456789012,36.1]}},
        {"type":"Feature","id":8,"properties":{"name":"나","n":2,"ok":false},"geometry":null},
        {"type":"Feature","id":9,"properties":{"name":"가","n":3,"ok":null},"geometry":{"type":"LineString","coordinates":[[127,36],[128,37]]}}]}
        """

    @Test func `each readable layer of a folder is a collection, and what is bad is told`()
        async throws
    {
        let folder = try TemporaryFolder()
        _ = try folder.write("시설.geojson", Self.points)
        _ = try folder.write("table.csv", "name,lon,lat\na,127,36\nb,128,37\n")
        _ = try folder.write("broken.geojson", "{\"type\":\"FeatureCollection\",\"features\":[{]}")
        _ = try folder.write("notes.md", "nothing")
        _ = try folder.write("universities.csv", "name,lon,lat\na,127,36\n")
        var told: [String] = []
        let service = try ServiceFixture.service(folder: folder.path) { told.append($0) }
        #expect(told.count == 1 && told[0].contains("broken.geojson"))
        let own = service.shelf.collections.filter { $0.layer == nil }.map(\.id)
        #expect(own == ["table", "universities-2", "시설"])
        func get(_ target: String) async throws -> JSONValue {
            try JSONValue.parse(await service.respond(to: ServiceRequest(.get, target)).body)
        }
        let name = RequestTarget.encoded("시설")
        let items = try await get("/collections/\(name)/items")
        #expect(items["numberMatched"]?.int == 3)
        // All digits of the file, which plain GeoJSON would cut to seven.
        #expect(items["features"]?[0]?["geometry"]?["coordinates"]?[0]?.number == 127.123456789012)
        #expect(try await get("/collections/\(name)/items/9")["properties"]?["n"]?.number == 3)
        let chosen = try await get(
            "/collections/\(name)/items?name=\(RequestTarget.encoded("가"))&n=3.0")
        #expect(chosen["features"]?.array?.compactMap { $0["id"]?.int } == [9])
        #expect(try await get("/collections/\(name)/items?ok=false")["numberMatched"]?.int == 1)
        // The line crosses a corner of the box around it only with its envelope.
        let corner = try await get("/collections/\(name)/items?bbox=127.7,36.1,127.9,36.3")
        #expect(corner["numberReturned"]?.int == 0)
        // A collection without time is whole on every day.
        #expect(
            try await get("/collections/table/items?datetime=1900-01-01")["numberMatched"]?.int == 2
        )
        // Without identifiers, features are numbered from 1.
        #expect(try await get("/collections/table/items/2")["properties"]?["name"]?.string == "b")
    }

    @Test func `identifiers that repeat give way to numbers`() throws {
        let batch = FeatureBatch(
            geometry: GeometryColumn(longitudes: [127, 128], latitudes: [36, 37]),
            ids: .string(["a", "a"]))
        let content = try CollectionContent(batch)
        #expect(content.row(of: "a") == nil && content.row(of: "2") == 1)
        #expect(content.remarks.count == 1)
    }
}
