import Features
import Foundation
import Geometry
import TestSupport
import Testing

@testable import Formats

/// Areas that cover the world, a pole or both meridians, which writers of GeoJSON have lost, turned
/// inside out or refused (OSGeo/gdal, issues 2833, 6250, 1068).
struct WorldPolygonTests {
    private static func box(
        _ west: Double, _ south: Double, _ east: Double, _ north: Double
    ) -> [Position] {
        [
            Position(west, south), Position(east, south), Position(east, north),
            Position(west, north), Position(west, south),
        ]
    }

    /// Areas within ±180°, with their square degrees.
    static let areas: [(rings: [[Position]], squareDegrees: Double)] = [
        ([box(-180, -90, 180, 90)], 64_800),
        ([box(-180, -60, 179.99, 72)], 359.99 * 132),
        ([box(-179.99, -60, 180, 72)], 359.99 * 132),
        ([box(-180, 66, 180, 90)], 360 * 24),
        ([box(-180, -90, 180, -60)], 360 * 30),
        ([box(-180, -90, 180, 90), box(-10, -10, 10, 10).reversed()], 64_800 - 400),
        ([box(-180, -90, 0, 90)], 32_400),
        // A cap whose edge wanders, closed along the antimeridian and the pole.
        (
            [
                [
                    Position(-180, 90), Position(-180, 70), Position(-90, 60), Position(0, 72),
                    Position(90, 60), Position(180, 70), Position(180, 90), Position(-180, 90),
                ]
            ], 90.0 * (25 + 24 + 24 + 25)
        ),
    ]

    /// Areas whose longitudes run on, with how many parts they must have.
    static let beyond: [(ring: [Position], parts: Int)] = [
        (box(-220, -20, 15, 68), 2), (box(170, -20, 200, 20), 2), (box(-540, -90, -180, 90), 1),
        (box(-200, 60, 160, 90), 1), (box(0, -10, 360, 10), 1),
    ]

    /// The square degrees of a shape, holes taken off.
    static func squareDegrees(_ shape: Shape?) -> Double {
        var sum = 0.0
        for ring in (shape?.polygons ?? []).flatMap({ $0 }) {
            for (a, b) in zip(ring, ring.dropFirst()) { sum += (a.x * b.y - b.x * a.y) / 2 }
        }
        return sum
    }

    @Test(arguments: areas.indices, ["geojson", "geojsonl", "csv", "arrow", "gpkg", "fgb", "shp"])
    func `an area that covers the world or a pole stays as it is`(at: Int, ending: String) throws {
        let scratch = Scratch()
        let shape = Shape.polygon(Self.areas[at].rings)
        var batch = FeatureBatch(geometry: GeometryColumn([shape]))
        batch.set("n", .int([1]))
        var sink = try openSink(scratch / "a.\(ending)")
        try sink.write(batch)
        try sink.finish(CollectionInfo())
        var source = try openSource(scratch / "a.\(ending)")
        let back = try source.readAll().geometry[0]
        #expect(back?.envelope == shape.envelope)
        // Shapefiles and FlatGeobufs wind rings the other way round.
        var found = 0.0
        for (at, ring) in (back?.polygons ?? []).flatMap({ $0 }).enumerated() {
            let area = abs(Self.squareDegrees(.polygon([ring])))
            found += at == 0 ? area : -area
        }
        #expect(abs(found - Self.areas[at].squareDegrees) < 1e-6)
        #expect(back?.polygons.count == 1)
    }

    @Test(arguments: beyond.indices)
    func `an area that runs on is cut into parts that make it whole`(at: Int) throws {
        let (ring, parts) = Self.beyond[at]
        let text = try written([FeatureBatch(geometry: GeometryColumn([.polygon([ring])]))])
        let shape = try geoJSON(text).batch.geometry[0]
        #expect(shape?.polygons.count == parts)
        #expect(
            abs(Self.squareDegrees(shape) - Self.squareDegrees(.polygon([ring]))) < 1e-6)
        shape?.forEachPosition { #expect($0.isOnGlobe) }
        #expect(try shape?.validity().isValid == true)
    }

    @Test func `ogr2ogr reads the same areas`() throws {
        guard let tool = SharedData.tool("ogr2ogr") else { return }
        let scratch = Scratch()
        let shapes: [Shape?] = Self.areas.map { .polygon($0.rings) }
        _ = try scratch.write(
            try written([FeatureBatch(geometry: GeometryColumn(shapes))]), to: "a.geojson")
        let run = try SharedData.run(tool, [scratch / "b.gpkg", scratch / "a.geojson"])
        #expect(run.code == 0, "\(run.errors)")
        var source = try openSource(scratch / "b.gpkg")
        #expect(try source.readAll().geometry.shapes == shapes)
    }
}
