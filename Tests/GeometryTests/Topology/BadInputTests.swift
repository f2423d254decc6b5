import Geometry
import Testing

/// Shapes that no geometry can be built from.
enum BadInput {
    static let openRing = Shape.polygon([[Position(0, 0), Position(1, 0), Position(0, 1)]])
    static let onePointLine = Shape.lineString([Position(1, 2)])
    static let holeOnly = Shape.polygon([[], RandomShapes.square(0, 0)])
    static let nested = (0..<200).reduce(Shape.point(Position(1, 2))) { inner, _ in
        .collection([inner])
    }
    static let all: [Shape] = [
        openRing, onePointLine, holeOnly, nested,
        .polygon([[Position(0, 0), Position(0, 0)]]),
        .point(Position(.nan, 1)), .point(Position(1, .infinity)),
        .point(Position(1, 2, .infinity)), .point(Position(1e200, 1)), .point(Position(0, -1e-200)),
        .lineString([Position(0, 0), Position(.nan, .nan)]),
        .multiLineString([[Position(0, 0), Position(1, 1)], [Position(0, 0)]]),
        .multiPolygon([[RandomShapes.square(0, 0)], [[Position(0, 0), Position(1, 1)]]]),
        .multiPoint([Position(0, 0), Position(0, -.infinity)]),
        .collection([.point(Position(1, 1)), onePointLine]),
    ]
}

@Suite struct `Bad input` {
    @Test(arguments: BadInput.all.indices)
    func `is an error with clear words, whatever is asked`(index: Int) throws {
        let bad = BadInput.all[index]
        let good = Shape.polygon([RandomShapes.square(0, 0)])
        for call in WrappedCalls.all {
            for (a, b) in [(bad, good), (good, bad)] where call.name != "validity" {
                let error = #expect(throws: GeometryError.self, "\(call.name)") {
                    if !call.isAboutTwo, a == good { throw GeometryError(.malformed, "") }
                    try call.run(a, b)
                }
                #expect(error?.code == .malformed, "\(call.name)")
            }
        }
    }

    @Test func `an open ring is named with its ends and the way out`() throws {
        let error = #expect(throws: GeometryError.self) { try BadInput.openRing.planarArea() }
        #expect(
            error?.description == """
                exterior ring is not closed: first position 0.0, 0.0; last position 0.0, 1.0
                  To fix: repeat the first position at the end of the ring
                """)
    }

    @Test func `arguments outside their range are refused`() throws {
        let square = Shape.polygon([RandomShapes.square(0, 0)])
        let calls: [() throws -> Void] = [
            { _ = try square.simplified(tolerance: -1) },
            { _ = try square.simplified(tolerance: .nan) },
            { _ = try square.simplifiedPreservingTopology(tolerance: .infinity) },
            { _ = try square.densified(planarMaxLength: 0) },
            { _ = try square.densified(planarMaxLength: 1e-300) },
            { _ = try square.intersection(square, gridSize: 0) },
            { _ = try square.union(square, gridSize: -1) },
            { _ = try square.dissolved(gridSize: .nan) },
            { _ = try square.relate(square, pattern: "T*") },
            { _ = try square.relate(square, pattern: "T*******X") },
            { _ = try square.equalsExactly(square, tolerance: .nan) },
            { _ = try square.isWithinPlanarDistance(.nan, of: square) },
            { _ = try square.planarBuffer(width: .infinity) },
            { _ = try square.planarBuffer(width: 1, quadrantSegments: 0) },
            { _ = try square.planarBuffer(width: 1, mitreLimit: 0) },
            { _ = try square.voronoi(tolerance: -1) },
        ]
        for call in calls {
            let error = #expect(throws: GeometryError.self) { try call() }
            #expect(error?.code == .badArgument)
        }
    }

    @Test func `positions that are not finite are refused by index`() throws {
        let error = #expect(throws: GeometryError.self) {
            try Shape.delaunayTriangles([Position(0, 0), Position(1, 0), .empty, Position(0, 1)])
        }
        #expect(error?.code == .badPosition)
        #expect(error?.problem.contains("position 2") == true)
        let area = try PreparedArea(.polygon([RandomShapes.square(0, 0)]))
        #expect(throws: GeometryError.self) { try area.covers(Position(.nan, 1)) }
    }

    @Test func `an error of GEOS names the operation, and is not repeated`() throws {
        let other = Shape.polygon([RandomShapes.square(0, 1)])
        let error = #expect(throws: GeometryError.self) {
            try `Validity`.bowTie.intersection(other)
        }
        #expect(error?.code == .topology)
        #expect(error?.problem.hasPrefix("the intersection: TopologyException") == true)
        #expect(error?.remedy?.contains("madeValid") == true)
        #expect(try other.planarArea() == 4)
    }
}
