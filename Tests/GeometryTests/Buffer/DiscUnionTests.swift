import TestSupport
import Testing

@testable import Geometry

private struct Crowd: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let centres: [Position]
    let radius: Double

    static let all: [Crowd] = {
        var random = SeededGenerator(seed: 31)
        let loose = (0..<60).map { _ in random.position(127...128, 36...37) }
        let ring = (0..<24).map {
            Geodesic.wgs84.direct(
                from: Position(127.5, 36.5), azimuth: Double($0) * 15, distance: 18_000
            ).position
        }
        let pairs = [0.001, 0.4, 30, 3000, 9990, 9999.9, 10_000, 10_000.1].enumerated().flatMap {
            row, apart -> [Position] in
            let one = Position(127, 34 + Double(row) * 0.5)
            return [
                one, Geodesic.wgs84.direct(from: one, azimuth: 40, distance: apart).position,
            ]
        }
        return [
            Crowd(testDescription: "loose", centres: loose, radius: 5000),
            Crowd(testDescription: "dense", centres: loose, radius: 20_000),
            Crowd(testDescription: "small", centres: loose, radius: 30),
            Crowd(testDescription: "a ring with a hole", centres: ring, radius: 5000),
            Crowd(
                testDescription: "a hole filled by one", centres: ring + [Position(127.5, 36.5)],
                radius: 5000),
            Crowd(testDescription: "a ring without a hole", centres: ring, radius: 20_000),
            Crowd(testDescription: "pairs", centres: pairs, radius: 5000),
            Crowd(
                testDescription: "one thrice", centres: [loose[0], loose[0], loose[0]], radius: 100),
            Crowd(
                testDescription: "a grid",
                centres: (0..<64).map {
                    Position(127 + Double($0 % 8) * 0.05, 36 + Double($0 / 8) * 0.05)
                }, radius: 3000),
            Crowd(
                testDescription: "far apart",
                centres: (0..<12).map { _ in random.position(100...140, 10...50) },
                radius: 250_000),
            Crowd(
                testDescription: "across the antimeridian",
                centres: [Position(179.9, 10), Position(-179.9, 10.1)], radius: 30_000),
        ]
    }()
}

struct DiscUnionTests {
    @Test(arguments: Crowd.all)
    private func `discs around many places are those around each, merged`(crowd: Crowd) throws {
        let merged = try Shape.discs(around: crowd.centres, radius: .metres(crowd.radius))
        let judge = try Shape.unionAll(
            crowd.centres.map { try Shape.disc(around: $0, radius: .metres(crowd.radius)) })
        #expect(try merged.validity().isValid)
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
