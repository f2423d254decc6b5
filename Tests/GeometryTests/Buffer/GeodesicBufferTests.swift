import TestSupport
import Testing

@testable import Geometry

struct GeodesicBufferTests {
    private static let line = Shape.lineString([
        Position(127.0, 36.0), Position(127.3, 36.05), Position(127.35, 36.3),
        Position(127.1, 36.25),
    ])
    private static let area = Shape.polygon([
        [
            Position(126.8, 35.1), Position(127.2, 35.0), Position(127.4, 35.3),
            Position(127.05, 35.25),
            Position(126.9, 35.4), Position(126.8, 35.1),
        ]
    ])
    private static let wide = Shape.lineString([Position(126.5, 34.5), Position(129.2, 37.8)])

    private func worst(_ shape: Shape, _ radius: Double) throws -> Double {
        let target = try DistanceTarget(shape)
        // As written with seven decimals.
        let buffer = try shape.buffered(by: .metres(radius)).rounded(decimals: 7)
        #expect(try buffer.validity().isValid)
        var worst = 0.0
        for ring in buffer.polygons.flatMap({ $0 }) {
            for (a, b) in zip(ring, ring.dropFirst()) {
                for t in [0, 0.25, 0.5, 0.75] {
                    let place = Position(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t)
                    let distance = try #require(try target.distance(from: place))
                    worst = max(worst, abs(distance - radius))
                }
            }
        }
        return worst
    }

    @Test(arguments: [10.0, 500, 5000, 20_000, 100_000])
    func `the edge around lines and areas lies at the radius`(radius: Double) throws {
        for shape in [Self.line, Self.area] {
            let error = try worst(shape, radius)
            #expect(error <= max(0.01, radius * 1e-4), "\(error) m")
        }
    }

    @Test func `a line across the country is buffered in pieces`() throws {
        for radius in [5000.0, 50_000] {
            let error = try worst(Self.wide, radius)
            #expect(error <= radius * 1e-4, "\(error) m at \(radius) m")
        }
    }

    @Test func `a buffer covers what it surrounds`() throws {
        let buffer = try Self.area.buffered(by: .kilometres(3))
        #expect(try buffer.covers(Self.area))
        #expect(buffer.geodesicArea > Self.area.geodesicArea)
        let mixed = Shape.collection([Self.line, .point(Position(128, 36))])
        #expect(try mixed.buffered(by: .kilometres(2)).covers(mixed))
    }

    @Test func `points together are discs together`() throws {
        let points = Shape.multiPoint([Position(127, 36), Position(127.01, 36), Position(129, 36)])
        let buffer = try points.buffered(by: .kilometres(2))
        #expect(buffer.polygons.count == 2)
        #expect(try Shape.multiPoint([]).buffered(by: .kilometres(1)).isEmpty)
    }

    @Test func `what cannot be drawn is refused in words`() {
        for (shape, radius) in [
            (Shape.lineString([Position(179, 10), Position(179.9, 10)]), 50_000.0),
            (.lineString([Position(0, 88), Position(10, 88)]), 1000),
            (Self.line, 0), (Self.line, 2e6),
            (.lineString([Position(36, 127), Position(36, 128)]), 1000),
        ] {
            #expect(throws: GeometryError.self) { try shape.buffered(by: .metres(radius)) }
        }
    }
}
