import Features
import Formats
import Foundation
import Geometry
import HTTPTypes
import Testing

@testable import Service
@testable import Tiles

struct TileRouteTests {
    private let tiles = "/collections/universities/tiles/WebMercatorQuad"

    /// The box of a tile and its room, as a box of the items request.
    private func box(_ tile: TileAddress) -> String {
        let box = tile.boxWithBuffer
        return "bbox=\(box.minX),\(box.minY),\(box.maxX),\(box.maxY)&bbox-crs=EPSG:3857"
    }

    /// The identifiers in a tile, as its keys and values hold them.
    private func ids(_ target: String) async throws -> Set<String> {
        let response = try await ServiceFixture.get(target)
        if response.status == .noContent { return [] }
        #expect(response.status == .ok && response.headers[.contentType] == MediaType.vectorTile)
        return Set(try TileIdentifiers.of(response.body))
    }

    @Test(arguments: [
        ("universities", 6, 24, 54), ("universities", 9, 198, 436),
        ("universities", 12, 1587, 3492),
        ("municipalities-outlines", 9, 198, 436), ("municipalities-outlines", 11, 793, 1746),
    ])
    func `a tile holds what the items request finds in its box`(
        collection: String, zoom: Int, row: Int, column: Int
    ) async throws {
        let tile = try #require(TileAddress(zoom: zoom, row: row, column: column))
        let items = try await ServiceFixture.json(
            "/collections/\(collection)/items?limit=10000&\(box(tile))")
        #expect(!items.ids.isEmpty)
        let found = try await ids(
            "/collections/\(collection)/tiles/WebMercatorQuad/\(zoom)/\(row)/\(column)")
        #expect(found == Set(items.ids))
    }

    @Test func `a tile holds what a filter keeps`() async throws {
        let filter = "filter=" + RequestTarget.encoded("province = '경기도'")
        let tile = try #require(TileAddress(zoom: 6, row: 24, column: 54))
        let items = try await ServiceFixture.json(
            "/collections/universities/items?limit=10000&\(filter)&\(box(tile))")
        #expect(try await ids("\(tiles)/6/24/54?\(filter)") == Set(items.ids))
        #expect(items.ids.count > 5)
    }

    @Test func `empty tiles are 204, and beyond the range is 404`() async throws {
        #expect(try await ServiceFixture.get("\(tiles)/9/0/0").status == .noContent)
        for tile in ["23/0/0", "3/8/0", "3/0/8", "3/-1/0", "99999999999999999999/0/0"] {
            let status = try await ServiceFixture.get("\(tiles)/\(tile)").status
            #expect(status == .notFound || status == .badRequest, "\(tile)")
        }
        #expect(try await ServiceFixture.get("\(tiles)/3/8/0").status == .notFound)
        #expect(try await ServiceFixture.get("\(tiles)/a/0/0").status == .badRequest)
        #expect(try await ServiceFixture.get("\(tiles)/6/24/54?zz=1").status == .badRequest)
    }

    @Test func `tiles are held by their tags and packed`() async throws {
        let response = try await ServiceFixture.get("\(tiles)/6/24/54")
        let tag = try #require(response.headers[.eTag])
        let held = try await ServiceFixture.get("\(tiles)/6/24/54", [.ifNoneMatch: tag])
        #expect(held.status == .notModified && held.body.isEmpty)
        let packed = try await ServiceFixture.get("\(tiles)/6/24/54", [.acceptEncoding: "gzip"])
        #expect(packed.headers[.contentEncoding] == "gzip")
        #expect(packed.body.count < response.body.count)
    }

    @Test func `tiles are described as TileJSON and as OGC does`() async throws {
        let json = try await ServiceFixture.json("\(tiles)?f=tilejson")
        #expect(json["tiles"]?[0]?.string == "http://atlas.example\(tiles)/{z}/{y}/{x}")
        #expect(json["vector_layers"]?[0]?["id"]?.string == "universities")
        #expect(json["vector_layers"]?[0]?["fields"]?["level"]?.string == "string")
        #expect(json["bounds"]?.array?.count == 4)
        let set = try await ServiceFixture.json(tiles)
        #expect(set.link("item")?.hasSuffix("/{z}/{y}/{x}") == true)
        let sets = try await ServiceFixture.json("/collections/universities/tiles")
        #expect(sets["tilesets"]?[0]?["dataType"]?.string == "vector")
    }

    @Test func `areas around the poles are drawn as far as tiles reach`() async throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(
            "caps.geojson",
            #"{"type":"FeatureCollection","features":[{"type":"Feature","id":"cap","#
                + #""properties":{},"geometry":{"type":"Polygon","coordinates":[[[-180,-90],"#
                + #"[180,-90],[180,-60],[-180,-60],[-180,-90]]]}}]}"#)
        let service = try ServiceFixture.service(folder: folder.path)
        let response = await service.respond(
            to: ServiceRequest(.get, "/collections/caps/tiles/WebMercatorQuad/0/0/0"))
        #expect(response.status == .ok)
        #expect(try TileIdentifiers.of(response.body) == ["cap"])
    }

    @Test func `GDAL and mapbox_vector_tile read the same features`() async throws {
        let target = "/collections/municipalities-outlines/tiles/WebMercatorQuad/9/198/436"
        let response = try await ServiceFixture.get(target)
        let wanted = Set(try TileIdentifiers.of(response.body))
        let folder = try TemporaryFolder()
        let file = folder.path + "/436.pbf"
        try Data(response.body).write(to: URL(filePath: file))
        let python = ProcessInfo.processInfo.environment["CLUSTERATLAS_PYTHON"] ?? "python3"
        let script =
            "import sys, mapbox_vector_tile as m\n"
            + "t = m.decode(open(sys.argv[1], 'rb').read())\n"
            + "for f in t['municipalities-outlines']['features']: print(f['properties']['id'])"
        if let text = try Self.run(python, ["-c", script, file]) {
            #expect(Set(text.split(separator: "\n").map(String.init)) == wanted)
        } else {
            print("skipped: no mapbox_vector_tile for \(python); CLUSTERATLAS_PYTHON names another")
        }
        if let text = try Self.run("ogrinfo", ["-al", "-geom=NO", "-oo", "CLIP=NO", "MVT:" + file])
        {
            let ids = text.split(separator: "\n").compactMap { line -> String? in
                let parts = line.split(separator: " ")
                return parts.first == "id" ? parts.last.map(String.init) : nil
            }
            #expect(Set(ids) == wanted)
        } else {
            print("skipped: no ogrinfo with a driver for MVT")
        }
    }

    /// What a program prints; `nil` where it is not there or fails.
    private static func run(_ program: String, _ arguments: [String]) throws -> String? {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        let out = Pipe()
        process.standardOutput = out
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = out.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return process.terminationStatus == 0 ? String(decoding: data, as: UTF8.self) : nil
    }
}

/// Finds the attribute `id` of each feature of a tile.
enum TileIdentifiers {
    struct Broken: Error {}

    static func of(_ bytes: [UInt8]) throws -> [String] {
        guard let layer = try fields(bytes[...]).first(where: { $0.number == 3 })?.bytes else {
            throw Broken()
        }
        let all = try fields(layer)
        func texts(_ number: UInt64) -> [ArraySlice<UInt8>] {
            all.filter { $0.number == number }.map(\.bytes)
        }
        let keys = texts(3).map { String(decoding: $0, as: UTF8.self) }
        let values = try texts(4).map { value in
            try fields(value).first.map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
        }
        return try texts(2).compactMap { feature in
            guard let tags = try fields(feature).first(where: { $0.number == 2 })?.bytes else {
                return nil
            }
            var rest = tags
            while !rest.isEmpty {
                let (key, value) = (try number(&rest), try number(&rest))
                if keys[Int(key)] == "id" { return values[Int(value)] }
            }
            return nil
        }
    }

    private static func number(_ bytes: inout ArraySlice<UInt8>) throws -> UInt64 {
        var result: UInt64 = 0
        var shift: UInt64 = 0
        while let byte = bytes.popFirst() {
            result |= UInt64(byte & 127) << shift
            if byte < 128 { return result }
            shift += 7
        }
        throw Broken()
    }

    private static func fields(
        _ bytes: ArraySlice<UInt8>
    ) throws -> [(number: UInt64, bytes: ArraySlice<UInt8>)] {
        var rest = bytes
        var fields: [(number: UInt64, bytes: ArraySlice<UInt8>)] = []
        while !rest.isEmpty {
            let key = try number(&rest)
            var count = 0
            switch key & 7 {
            case 0: _ = try number(&rest)
            case 1: count = 8
            default: count = Int(try number(&rest))
            }
            fields.append((key >> 3, rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        return fields
    }
}
