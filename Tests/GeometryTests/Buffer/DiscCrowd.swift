import TestSupport
import Testing

@testable import Geometry

/// Arrangements of discs that have gone wrong somewhere.
struct DiscCrowd: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let centres: [Position]
    let radius: Double

    static let all: [DiscCrowd] = {
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
            DiscCrowd(testDescription: "loose", centres: loose, radius: 5000),
            DiscCrowd(testDescription: "dense", centres: loose, radius: 20_000),
            DiscCrowd(testDescription: "small", centres: loose, radius: 30),
            DiscCrowd(testDescription: "a ring with a hole", centres: ring, radius: 5000),
            DiscCrowd(
                testDescription: "a hole filled by one", centres: ring + [Position(127.5, 36.5)],
                radius: 5000),
            DiscCrowd(testDescription: "a ring without a hole", centres: ring, radius: 20_000),
            DiscCrowd(testDescription: "pairs", centres: pairs, radius: 5000),
            DiscCrowd(
                testDescription: "one thrice", centres: [loose[0], loose[0], loose[0]], radius: 100),
            DiscCrowd(
                testDescription: "a grid",
                centres: (0..<64).map {
                    Position(127 + Double($0 % 8) * 0.05, 36 + Double($0 / 8) * 0.05)
                }, radius: 3000),
            DiscCrowd(
                testDescription: "far apart",
                centres: (0..<12).map { _ in random.position(100...140, 10...50) },
                radius: 250_000),
            DiscCrowd(
                testDescription: "across the antimeridian",
                centres: [Position(179.9, 10), Position(-179.9, 10.1)], radius: 30_000),
        ]
    }()
}
