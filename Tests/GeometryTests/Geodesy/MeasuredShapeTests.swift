import TestSupport
import Testing

@testable import Geometry

struct MeasuredShapeTests {
    /// The places of a shape's edges and points, so many metres apart: slow and plain.
    private static func places(_ shape: Shape, every metres: Double) -> [Position] {
        let chains = shape.lines + shape.polygons.flatMap { $0 }
        return shape.points
            + chains.flatMap { chain in
                zip(chain, chain.dropFirst()).flatMap { a, b in
                    let length = Geodesic.wgs84.distance(from: a, to: b)
                    let pieces = max(1, Int((length / metres).rounded(.up)))
                    return (0...pieces).map { i in
                        let t = Double(i) / Double(pieces)
                        return Position(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t)
                    }
                }
            }
    }

    /// The least distance between any two of the places; it can only be too far.
    private static func judged(_ a: Shape, _ b: Shape, every metres: Double) throws -> Double {
        let index = try PointIndex(places(b, every: metres))
        return try places(a, every: metres).reduce(.infinity) {
            min($0, try index.nearest(to: $1).first?.distance ?? .infinity)
        }
    }

    /// The same for long edges: of places far apart first, then of those around the nearest.
    private static func judgedClosely(_ a: Shape, _ b: Shape) throws -> Double {
        let (first, second) = (places(a, every: 1000), places(b, every: 1000))
        let nearest = try PointIndex(second)
        var best = (distance: Double.infinity, place: Position(0, 0))
        for place in first {
            let found = try nearest.nearest(to: place)[0].distance
            if found < best.distance { best = (found, place) }
        }
        func around(_ shape: Shape, _ radius: Double) -> [Position] {
            places(shape, every: 100).filter {
                Geodesic.wgs84.distance(from: $0, to: best.place) < radius
            }
        }
        let index = try PointIndex(around(b, best.distance + 20_000))
        return try around(a, 20_000).reduce(.infinity) {
            min($0, try index.nearest(to: $1)[0].distance)
        }
    }

    private func distance(_ a: Shape, _ b: Shape) throws -> Double {
        let (a, b) = (try #require(try MeasuredShape(a)), try #require(try MeasuredShape(b)))
        let found = try a.distance(to: b)
        #expect(abs(try b.distance(to: a) - found) < 1e-3)
        #expect(a.leastDistance(to: b) <= found + 1e-6)
        return found
    }

    /// A star-shaped polygon.
    private static func polygon(
        around middle: Position, _ size: Double, _ random: inout SeededGenerator
    ) -> Shape {
        let corners = Int.random(in: 3...9, using: &random)
        let ring = (0..<corners).map { corner in
            Geodesic.wgs84.direct(
                from: middle, azimuth: -360 * Double(corner) / Double(corners),
                distance: size * .random(in: 0.3...1, using: &random)
            ).position
        }
        return .polygon([ring + ring.prefix(1)])
    }

    @Test func `areas, lines and points are as far apart as their nearest places`() throws {
        var random = SeededGenerator(seed: 651)
        var (apart, touching) = (0, 0)
        for i in 0..<25 {
            let place = random.position(126...129, 34...38)
            let other = Position(
                place.x + .random(in: -0.08...0.08, using: &random),
                place.y + .random(in: -0.08...0.08, using: &random))
            var a = Self.polygon(around: place, 5000, &random)
            let b = Self.polygon(around: other, 4000, &random)
            if i % 5 == 1 { a = .lineString(Array(a.polygons[0][0].dropLast())) }
            if i % 5 == 2 { a = .multiPoint(a.polygons[0][0]) }
            if i % 5 == 3 {
                a = .multiPolygon([
                    a.polygons[0],
                    Self.polygon(around: Position(place.x + 0.3, place.y), 5000, &random)
                        .polygons[0],
                ])
            }
            let found = try distance(a, b)
            if try a.intersects(b) {
                touching += 1
                #expect(found == 0)
                continue
            }
            apart += 1
            let step = 40.0
            let judged = try Self.judged(a, b, every: step)
            #expect(found <= judged + 1e-3)
            // Half a step away along both edges, at right angles to the shortest way at worst.
            #expect(judged - found <= step * step / (2 * max(found, step / 2)) + 1e-3)
        }
        #expect(apart > 8 && touching > 2)
    }

    @Test func `long edges are nearest between their ends where the earth bends them`() throws {
        // Two parallels: their edges bend the same way; a meridian's end against a parallel; and a
        // pair of which one bends towards the other.
        let pairs: [(Shape, Shape)] = [
            (
                .lineString([Position(126, 36), Position(129, 36)]),
                .lineString([Position(126.5, 36.3), Position(128.7, 36.31)])
            ),
            (
                .polygon([
                    [
                        Position(124, 60), Position(130, 60), Position(130, 61), Position(124, 61),
                        Position(124, 60),
                    ]
                ]),
                .lineString([Position(122, 62.2), Position(128, 61.2), Position(133, 63)])
            ),
            (
                .lineString([Position(120, -50), Position(130, -52)]),
                .lineString([Position(121, -49), Position(131, -51.2)])
            ),
        ]
        for (a, b) in pairs {
            let found = try distance(a, b)
            let judged = try Self.judgedClosely(a, b)
            #expect(found <= judged + 1e-3)
            #expect(judged - found < 0.2, "\(judged) \(found)")
        }
    }

    /// Pieces of edges are halved until no place of them can be nearer: from both sides.
    @Test func `areas are as far apart as branch and bound proves, to millimetres`() throws {
        var random = SeededGenerator(seed: 652)
        var count = 0
        while count < 4 {
            let place = random.position(126...129, 34...38)
            let other = Position(
                place.x + .random(in: 0.05...0.09, using: &random),
                place.y + .random(in: -0.08...0.08, using: &random))
            let a = Self.polygon(around: place, 5000, &random)
            let b = Self.polygon(around: other, 4000, &random)
            if try a.intersects(b) { continue }
            count += 1
            let found = try distance(a, b)
            let bracket = DistanceBracket(of: a, b, gap: 2e-3)
            #expect(bracket.low - 1e-3 <= found && found <= bracket.high + 1e-3)
        }
        // Edges of hundreds of kilometres, which the earth bends.
        let north = Shape.polygon([
            [
                Position(124, 60), Position(130, 60), Position(130, 61), Position(124, 61),
                Position(124, 60),
            ]
        ])
        let peak = Shape.polygon([
            [Position(122, 62.2), Position(128, 61.2), Position(133, 63), Position(122, 62.2)]
        ])
        let found = try distance(north, peak)
        let bracket = DistanceBracket(of: north, peak, gap: 0.1)
        #expect(bracket.low - 1e-3 <= found && found <= bracket.high + 1e-3)
    }

    @Test func `what touches or overlaps is at no distance`() throws {
        func square(_ x: Double, _ y: Double, _ size: Double) -> Shape {
            .polygon([
                [
                    Position(x, y), Position(x + size, y), Position(x + size, y + size),
                    Position(x, y + size), Position(x, y),
                ]
            ])
        }
        let a = square(127, 36, 1)
        for b in [
            square(127.4, 36.4, 0.1), square(126, 35, 4), square(127.9, 36.9, 1),
            square(128, 36, 1),
            square(128, 37, 1), .point(Position(127.5, 36.5)), .point(Position(127, 36.2)),
            .lineString([Position(126, 36.5), Position(129, 36.5)]), a,
        ] {
            #expect(try distance(a, b) == 0)
        }
        // In a hole it is apart, as on the far side of a wall.
        let hole = [
            Position(127.2, 36.2), Position(127.2, 36.8), Position(127.8, 36.8),
            Position(127.8, 36.2), Position(127.2, 36.2),
        ]
        let ring = Shape.polygon(a.polygons[0] + [hole])
        let inner = square(127.4, 36.4, 0.2)
        let found = try distance(ring, inner)
        #expect(abs(found - (try Self.judged(ring, inner, every: 100))) < 0.2 && found > 15_000)
    }

    @Test func `due north along a meridian the answer is known`() throws {
        let south = Shape.lineString([Position(9, 0), Position(11, 0)])
        let north = Shape.polygon([
            [Position(9.5, 1), Position(10.5, 1), Position(10, 2), Position(9.5, 1)]
        ])
        // A parallel's ends are no farther than what lies between them; all is a degree away.
        let degree = Geodesic.wgs84.distance(from: Position(10, 0), to: Position(10, 1))
        #expect(abs(try distance(south, north) - degree) < 1e-3)
    }

    @Test func `what is empty cannot be measured, and what is not on the globe is refused`() throws
    {
        #expect(try MeasuredShape(.polygon([])) == nil)
        #expect(throws: GeometryError.self) {
            try MeasuredShape(.lineString([Position(36, 127), Position(36, 128)]))
        }
    }
}
