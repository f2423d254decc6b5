import Geometry
import Testing

@Suite struct `Overlay` {
    static let a = Shape.polygon([RandomShapes.square(0, 0)])
    static let b = Shape.polygon([RandomShapes.square(1, 1)])

    @Test func `two squares that overlap by a quarter`() throws {
        #expect(try Self.a.intersection(Self.b).planarArea() == 1)
        #expect(try Self.a.union(Self.b).planarArea() == 7)
        #expect(try Self.a.difference(Self.b).planarArea() == 3)
        #expect(try Self.a.symmetricDifference(Self.b).planarArea() == 6)
        #expect(
            try Self.a.intersection(Self.b).equals(.polygon([RandomShapes.square(1, 1, side: 1)])))
    }

    @Test func `areas add up for random polygons`() throws {
        var random = RandomShapes(seed: 2)
        for _ in 0..<200 {
            let (a, b) = (random.polygon(hole: true), random.polygon())
            let areas = (try a.planarArea(), try b.planarArea())
            let common = try a.intersection(b).planarArea()
            let tolerance = 1e-12 * (areas.0 + areas.1)
            #expect(abs(try a.union(b).planarArea() - (areas.0 + areas.1 - common)) <= tolerance)
            #expect(abs(try a.difference(b).planarArea() - (areas.0 - common)) <= tolerance)
            #expect(
                abs(try a.symmetricDifference(b).planarArea() - (areas.0 + areas.1 - 2 * common))
                    <= tolerance)
        }
    }

    @Test func `many at once give the same as one after the other`() throws {
        var random = RandomShapes(seed: 3)
        let shapes = (0..<60).map { _ in random.polygon() }
        var one = Shape.collection([])
        for shape in shapes { one = try one.union(shape) }
        let all = try Shape.unionAll(shapes)
        #expect(try all.symmetricDifference(one).planarArea() < 1e-12)
        #expect(try all.validity().isValid)
        #expect(try Shape.unionAll([]) == .collection([]))
    }

    @Test func `on a grid every coordinate is a multiple of its spacing`() throws {
        var random = RandomShapes(seed: 4)
        let (a, b) = (random.polygon(), random.polygon())
        let result = try a.union(b, gridSize: 0.25)
        result.forEachPosition {
            #expect(($0.x * 4).rounded() == $0.x * 4)
            #expect(($0.y * 4).rounded() == $0.y * 4)
        }
        #expect(!result.isEmpty)
    }

    @Test func `heights are kept and interpolated at crossings`() throws {
        let line = Shape.lineString([Position(-1, 1, 0), Position(3, 1, 40)])
        let cut = try line.intersection(Self.a)
        #expect(cut == .lineString([Position(0, 1, 10), Position(2, 1, 30)]))
    }
}

@Suite struct `Predicates` {
    let square = Shape.polygon([RandomShapes.square(0, 0)])

    @Test func `the border is covered but not contained`() throws {
        let edge = Shape.point(Position(0, 1))
        #expect(try square.covers(edge))
        #expect(try !square.contains(edge))
        #expect(try edge.coveredBy(square))
        #expect(try !edge.within(square))
        #expect(try square.touches(edge))
        #expect(try square.intersects(edge))
        #expect(try !square.disjoint(edge))
    }

    @Test func `lines cross, areas overlap`() throws {
        let line = Shape.lineString([Position(-1, 1), Position(3, 1)])
        #expect(try line.crosses(square))
        #expect(try square.overlaps(.polygon([RandomShapes.square(1, 1)])))
        #expect(try square.relate(line) == "1F20F1102")
        #expect(try square.relate(line, pattern: "t*t***t**"))
        #expect(try !square.relate(line, pattern: "FF*******"))
    }

    @Test func `equal are the same positions, exactly equal the same order`() throws {
        let turned = Shape.polygon([Array(RandomShapes.square(0, 0).reversed())])
        #expect(try square.equals(turned))
        #expect(try !square.equalsExactly(turned))
        #expect(try square.normalized() == turned.normalized())
        let moved = square.mapPositions { Position($0.x + 0.01, $0.y) }
        #expect(try square.equalsExactly(moved, tolerance: 0.02))
        #expect(try !square.equalsExactly(moved, tolerance: 0.005))
    }
}
