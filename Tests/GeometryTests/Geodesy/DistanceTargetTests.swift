import Geometry
import TestSupport
import Testing

/// The nearest of many places along the edges is the judge; it can only be too far.
private func dense(_ chain: [Position], from place: Position, pieces: Int) -> Double {
    var best = Double.infinity
    for (a, b) in zip(chain, chain.dropFirst()) {
        for i in 0...pieces {
            let t = Double(i) / Double(pieces)
            let on = Position(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t)
            best = min(best, Geodesic.wgs84.distance(from: place, to: on))
        }
    }
    return best
}

struct DistanceTargetTests {
    @Test func `the distance to a line is that to its nearest place`() throws {
        var random = SeededGenerator(seed: 31)
        for _ in 0..<40 {
            let start = random.position(126...129, 34...38)
            let line = (0..<6).map { _ in
                Position(
                    start.x + .random(in: -0.4...0.4, using: &random),
                    start.y + .random(in: -0.4...0.4, using: &random))
            }
            let target = try DistanceTarget(.lineString(line))
            let place = random.position(125...130, 33...39)
            let found = try #require(try target.distance(from: place))
            let judged = dense(line, from: place, pieces: 4000)
            #expect(found <= judged + 1e-6)
            #expect(judged - found < 1)
        }
    }

    /// With the answer known: due north of an east-west edge along the equator.
    @Test func `an edge along the equator is as far as the meridian says`() throws {
        let target = try DistanceTarget(.lineString([Position(10, 0), Position(13, 0)]))
        for latitude in [0.0001, 0.01, 0.5, 5, 60] {
            let expected = Geodesic.wgs84.distance(
                from: Position(11.7, latitude), to: Position(11.7, 0))
            let found = try #require(try target.distance(from: Position(11.7, latitude)))
            #expect(abs(found - expected) < 1e-3)
        }
    }

    @Test func `inside and on the edge of an area the distance is 0`() throws {
        let square = [
            Position(127, 36), Position(128, 36), Position(128, 37), Position(127, 37),
            Position(127, 36),
        ]
        let hole = [
            Position(127.4, 36.4), Position(127.4, 36.6), Position(127.6, 36.6),
            Position(127.6, 36.4), Position(127.4, 36.4),
        ]
        let target = try DistanceTarget(.polygon([square, hole]))
        #expect(try target.distance(from: Position(127.1, 36.1)) == 0)
        #expect(try target.distance(from: Position(127, 36.5)) == 0)
        #expect(try target.distance(from: Position(128, 37)) == 0)
        let inHole = try #require(try target.distance(from: Position(127.5, 36.5)))
        let judged = dense(hole, from: Position(127.5, 36.5), pieces: 10_000)
        #expect(abs(inHole - judged) < 0.01)
        let outside = try #require(try target.distance(from: Position(129, 36.5)))
        #expect(abs(outside - dense(square, from: Position(129, 36.5), pieces: 20_000)) < 0.01)
    }

    @Test func `points are as far as the index says`() throws {
        var random = SeededGenerator(seed: 33)
        let points = random.korea(50)
        let target = try DistanceTarget(.multiPoint(points))
        for place in random.korea(50) {
            let expected = points.map { Geodesic.wgs84.distance(from: place, to: $0) }.min() ?? 0
            #expect(abs(try #require(try target.distance(from: place)) - expected) < 1e-6)
        }
    }

    @Test func `many edges in blocks give what all of them give`() throws {
        var random = SeededGenerator(seed: 34)
        var at = Position(127, 36)
        let line = (0..<500).map { _ in
            at = Position(
                at.x + .random(in: -0.02...0.022, using: &random),
                at.y + .random(in: -0.02...0.021, using: &random))
            return at
        }
        let whole = try DistanceTarget(.lineString(line))
        for place in random.korea(30) {
            let single = try zip(line, line.dropFirst()).map {
                try DistanceTarget(.lineString([$0, $1])).distance(from: place) ?? .infinity
            }.min()
            #expect(try whole.distance(from: place) == single)
        }
    }

    @Test func `an empty shape is at no distance`() throws {
        #expect(try DistanceTarget(.multiPoint([])).distance(from: Position(127, 36)) == nil)
        #expect(throws: GeometryError.self) {
            try DistanceTarget(.lineString([Position(36, 127), Position(36, 128)]))
        }
    }
}
