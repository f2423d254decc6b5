import Geometry
import Testing

@Suite struct `Planar measures` {
    let square = Shape.polygon([RandomShapes.square(0, 0)])

    @Test func `area, length and distance of squares`() throws {
        #expect(try square.planarArea() == 4)
        #expect(try square.planarLength() == 8)
        let other = Shape.polygon([RandomShapes.square(5, 6)])
        #expect(try square.planarDistance(to: other) == 5)
        #expect(try square.isWithinPlanarDistance(5, of: other))
        #expect(try !square.isWithinPlanarDistance(4.999, of: other))
    }

    @Test func `there is no distance to an empty shape`() throws {
        for empty in RandomShapes.empties {
            #expect(try square.planarDistance(to: empty) == nil)
            #expect(try empty.planarDistance(to: square) == nil)
            #expect(try !square.isWithinPlanarDistance(1e9, of: empty))
            #expect(try empty.centroid() == nil)
            #expect(try empty.interiorPoint() == nil)
            #expect(try empty.minimumClearance() == .infinity)
            #expect(try empty.planarArea() == 0)
        }
    }

    @Test func `middle, hull, boundary and clearance of a square with a hole`() throws {
        let shape = Shape.polygon([
            RandomShapes.square(0, 0), RandomShapes.square(0.5, 0.5, side: 1).reversed(),
        ])
        #expect(try shape.centroid() == Position(1, 1))
        let inside = try #require(try shape.interiorPoint())
        #expect(try shape.contains(.point(inside)))
        #expect(try shape.convexHull().equals(square))
        #expect(try shape.boundary().lines.count == 2)
        #expect(try shape.minimumClearance() == 0.5)
        #expect(try shape.minimumClearanceLine().planarLength() == 0.5)
    }

    @Test func `densified segments are short, simplified ones are long again`() throws {
        let dense = try square.densified(planarMaxLength: 0.3)
        #expect(dense.positionCount == 29)
        #expect(try dense.simplified(tolerance: 1e-9).equals(square))
        #expect(try dense.simplifiedPreservingTopology(tolerance: 1e-9).positionCount == 5)
    }

    @Test func `lines that cross themselves are not simple`() throws {
        #expect(try square.isSimple())
        #expect(try Shape.lineString([Position(0, 0), Position(1, 1)]).isSimple())
        #expect(
            try !Shape.lineString([
                Position(0, 0), Position(2, 2), Position(2, 0), Position(0, 2),
            ]).isSimple())
    }

    @Test func `buffers end and turn as told`() throws {
        let line = Shape.lineString([Position(0, 0), Position(10, 0)])
        #expect(try line.planarBuffer(width: 1, cap: .flat).planarArea() == 20)
        #expect(try line.planarBuffer(width: 1, cap: .square).planarArea() == 24)
        let round = try line.planarBuffer(width: 1, quadrantSegments: 64).planarArea()
        #expect(abs(round - 20 - .pi) < 1e-3)
        #expect(try square.planarBuffer(width: 1, join: .mitre).planarArea() == 16)
        #expect(try square.planarBuffer(width: 1, join: .bevel).planarArea() == 14)
        #expect(try square.planarBuffer(width: -0.5).planarArea() == 1)
        #expect(try square.planarBuffer(width: -2).isEmpty)
    }

    @Test func `the version of GEOS is told`() {
        #expect(TopologyEngine.version.hasPrefix("3."))
    }
}
