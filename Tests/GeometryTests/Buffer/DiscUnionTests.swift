import TestSupport
import Testing

@testable import Geometry

struct DiscUnionTests {
    @Test(arguments: DiscCrowd.all)
    func `discs around many places are those around each, merged`(crowd: DiscCrowd) throws {
        let merged = try Shape.discs(around: crowd.centres, radius: .metres(crowd.radius))
        let judge = try Shape.unionAll(
            crowd.centres.map { try Shape.disc(around: $0, radius: .metres(crowd.radius)) })
        #expect(try merged.validity().isValid)
        // Discs that just touch go the long way, as do large ones far north, and ones across the
        // antimeridian.
        let arrangement = try DiscArrangement(around: crowd.centres, radius: crowd.radius)
        if !["pairs", "far apart", "across the antimeridian"].contains(crowd.testDescription) {
            #expect(try arrangement?.drawn != nil)
        }
        let outline = judge.polygons.flatMap { $0 }.reduce(0) { $0 + Geodesic.wgs84.length(of: $1) }
        let off = try merged.symmetricDifference(judge).geodesicArea
        #expect(off <= outline * Shape.bufferTolerance(radius: crowd.radius) * 0.01)
        #expect(merged.polygons.count == judge.polygons.count)
        #expect(
            merged.polygons.flatMap { $0 }.count { $0.count > 12 }
                == judge.polygons.flatMap { $0 }.count { $0.count > 12 })
    }

    @Test func `no places have no discs`() throws {
        #expect(try Shape.discs(around: [], radius: .metres(5)).isEmpty)
    }

    @Test func `a radius out of range is refused`() {
        for radius in [0.0, -1, 6_000_000] {
            #expect(throws: GeometryError.self) {
                try Shape.discs(around: [Position(127, 36)], radius: .metres(radius))
            }
        }
    }
}
