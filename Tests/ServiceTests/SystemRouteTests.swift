import Features
import Formats
import Geometry
import HTTPTypes
import Testing

@testable import Service

struct SystemRouteTests {
    private static let base = "/collections/universities/items?limit=10000"

    @Test(arguments: ["EPSG:5179", "EPSG:5186", "EPSG:3857"])
    func `positions are transformed as PROJ does, in the order of the axes`(
        code: String
    ) async throws {
        let plain = try await ServiceFixture.json(Self.base).points
        let moved = try await ServiceFixture.json(Self.base + "&crs=\(code)").points
        let way = try Transformation(from: .wgs84, to: CoordinateReferenceSystem(code))
        #expect(plain.count == moved.count && !plain.isEmpty)
        // EPSG lists northing first for the Korean systems, easting first for 3857.
        let isNorthFirst = code != "EPSG:3857"
        for (from, to) in zip(plain, moved) {
            let wanted = try way.apply(Position(from[0], from[1]))
            let found = isNorthFirst ? Position(to[1], to[0]) : Position(to[0], to[1])
            // Metres are written to the millimetre.
            #expect(abs(found.x - wanted.x) <= 0.000_51 && abs(found.y - wanted.y) <= 0.000_51)
        }
    }

    // echo 37.5665 126.9780 | cs2cs -f %.3f EPSG:4326 EPSG:5179 (PROJ 9.1.1), and so on; cs2cs
    // keeps the order of axes that EPSG gives.
    @Test(arguments: [
        (ServedSystem.unified, "[1952032.081,953901.165]"),
        (.central, "[551885.031,198056.367]"), (.webMercator, "[14135126.302,4518366.51]"),
        (.wgs84, "[37.5665,126.978]"), (.crs84, "[126.978,37.5665]"),
    ])
    func `a city hall lies where cs2cs puts it`(system: ServedSystem, coordinates: String) throws {
        let hall = FeatureBatch(
            geometry: GeometryColumn(longitudes: [126.978], latitudes: [37.5665]))
        let batch = try hall.inSystem(system, SystemTransformations())
        let texts = try FeatureTexts(batch, decimals: system.decimals, isOnGlobe: false)
        #expect(
            String(decoding: texts[0], as: UTF8.self).contains("\"coordinates\":\(coordinates)"))
    }

    @Test func `EPSG 4326 is latitude first, with the same numbers`() async throws {
        let plain = try await ServiceFixture.json(Self.base).points
        let turned = try await ServiceFixture.json(
            Self.base + "&crs=http://www.opengis.net/def/crs/EPSG/0/4326")
        #expect(turned.points == plain.map { [$0[1], $0[0]] })
    }

    @Test func `the answer says in which system it is`() async throws {
        let name = try #require(HTTPField.Name("Content-Crs"))
        let plain = try await ServiceFixture.get(Self.base)
        #expect(plain.headers[name] == "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>")
        let other = try await ServiceFixture.get(Self.base + "&crs=EPSG:5186")
        #expect(other.headers[name] == "<http://www.opengis.net/def/crs/EPSG/0/5186>")
    }

    @Test(arguments: [ServedSystem.wgs84, .unified, .central, .webMercator])
    func `a box in another system holds the positions that lie in it there`(
        system: ServedSystem
    ) async throws {
        let all = try await ServiceFixture.json(Self.base + "&crs=\(system.address)")
        let points = all.points
        // A box between the quartiles of what there is.
        func quartiles(_ axis: Int) -> (Double, Double) {
            let sorted = points.map { $0[axis] }.sorted()
            return (sorted[sorted.count / 4], sorted[3 * sorted.count / 4])
        }
        let (a, b) = (quartiles(0), quartiles(1))
        let items = try await ServiceFixture.json(
            Self.base + "&bbox=\(a.0),\(b.0),\(a.1),\(b.1)&bbox-crs=\(system.address)")
        let wanted = (0..<points.count).filter { i in
            points[i][0] >= a.0 && points[i][0] <= a.1 && points[i][1] >= b.0
                && points[i][1] <= b.1
        }.map { all.ids[$0] }
        // What is written is rounded to the millimetre; nothing else lies so near an edge.
        #expect(Set(items.ids).symmetricDifference(wanted).count <= 4)
        #expect(wanted.count > 50)
    }
}
