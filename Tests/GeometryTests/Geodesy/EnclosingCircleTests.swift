import Geometry
import TestSupport
import Testing

private func farthest(
    _ centre: Position, _ places: [Position], _ margins: [Double] = []
) -> Double {
    places.indices.map {
        Geodesic.wgs84.distance(from: centre, to: places[$0]) + (margins.isEmpty ? 0 : margins[$0])
    }.max() ?? 0
}

/// A circle that holds all places is the smallest where no direction leads away from none of those
/// on its edge: between their bearings there is no gap of more than half a turn.
private func widestGap(_ circle: EnclosingCircle, _ places: [Position]) -> Double {
    let bearings = circle.support.map {
        Geodesic.wgs84.inverse(from: circle.centre, to: places[$0]).azimuth
    }.sorted()
    let gaps = zip(bearings, bearings.dropFirst()).map { $1 - $0 }
    return max(gaps.max() ?? 0, 360 - (bearings[bearings.count - 1] - bearings[0]))
}

struct EnclosingCircleTests {
    @Test func `no circle is smaller than the one found, and it holds all places`() throws {
        var random = SeededGenerator(seed: 71)
        for count in [2, 3, 4, 5, 8, 13, 40] {
            for spread in [0.001, 0.2, 3] {
                let middle = random.position(126...129, -60...60)
                let places = (0..<count).map { _ in
                    Position(
                        middle.x + .random(in: -spread...spread, using: &random),
                        middle.y + .random(in: -spread...spread, using: &random))
                }
                let circle = try #require(EnclosingCircle(around: places))
                #expect(farthest(circle.centre, places) <= circle.radius + 1e-6)
                #expect(widestGap(circle, places) < 180.0001)
                #expect(circle.support.count <= 3)
                for i in circle.support {
                    let distance = Geodesic.wgs84.distance(from: circle.centre, to: places[i])
                    #expect(abs(distance - circle.radius) < 2e-6)
                }
            }
        }
    }

    @Test func `margins are added to distances, and taken from them`() throws {
        var random = SeededGenerator(seed: 72)
        for count in [2, 3, 5, 9] {
            for sign in [-1.0, 1.0] {
                let places = (0..<count).map { _ in random.position(127...127.4, 36...36.3) }
                let margins = (0..<count).map { _ in
                    sign * .random(in: 0...3000, using: &random)
                }
                let circle = try #require(EnclosingCircle(around: places, margins: margins))
                #expect(farthest(circle.centre, places, margins) <= circle.radius + 1e-6)
                #expect(circle.support.count == 1 || widestGap(circle, places) < 180.0001)
                for i in circle.support {
                    let distance = Geodesic.wgs84.distance(from: circle.centre, to: places[i])
                    #expect(abs(distance + margins[i] - circle.radius) < 2e-6)
                }
            }
        }
    }

    @Test func `two places lie across the circle, one has none around it`() throws {
        let (a, b) = (Position(127.36, 36.38), Position(127.43, 36.33))
        let both = try #require(EnclosingCircle(around: [a, b, a, b]))
        #expect(abs(both.radius - Geodesic.wgs84.distance(from: a, to: b) / 2) < 1e-6)
        let one = try #require(EnclosingCircle(around: [a, a, a]))
        #expect(one.radius == 0)
        #expect(one.centre == a)
        #expect(EnclosingCircle(around: []) == nil)
    }

    @Test func `places around the antimeridian, a pole and half the earth`() throws {
        let across = [Position(179.9, 0), Position(-179.9, 0), Position(180, 0.05)]
        let circle = try #require(EnclosingCircle(around: across))
        #expect(
            abs(circle.radius - Geodesic.wgs84.distance(from: across[0], to: across[1]) / 2) < 1e-6)
        let pole = (0..<6).map { Position(Double($0) * 60 - 180, 89) }
        let around = try #require(EnclosingCircle(around: pole))
        #expect(abs(around.centre.y - 90) < 1e-9)
        #expect(EnclosingCircle(around: [Position(0, 0), Position(90, 0)]) == nil)
    }

    @Test func `neither the order of places nor a turn of the globe changes the radius`() throws {
        var random = SeededGenerator(seed: 73)
        let places = (0..<30).map { _ in random.position(127...128, 35...36) }
        let radius = try #require(EnclosingCircle(around: places)).radius
        let other = try #require(EnclosingCircle(around: places.shuffled(using: &random))).radius
        #expect(abs(radius - other) < 1e-6)
        let turned = places.map { Position($0.x - 200, $0.y) }
        #expect(abs(try #require(EnclosingCircle(around: turned)).radius - radius) < 1e-6)
    }
}
