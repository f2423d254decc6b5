import Geometry
import Testing

@Suite struct `Polygonization` {
    /// A square with both diagonals.
    let lines: [Shape] = [
        .lineString(RandomShapes.square(0, 0)),
        .lineString([Position(0, 0), Position(2, 2)]),
        .lineString([Position(0, 2), Position(2, 0)]),
    ]

    @Test func `noded lines share the position where they cross`() throws {
        let noded = try Shape.noded(lines: lines)
        let ends = noded.flatMap(\.lines).filter {
            $0.first == Position(1, 1) || $0.last == Position(1, 1)
        }
        #expect(ends.count == 4)
    }

    @Test func `the rings of areas count as lines, even where they cross themselves`() throws {
        let areas = try Shape.polygonize(lines: try Shape.noded(lines: [`Validity`.bowTie]))
        #expect(areas.count == 2)
    }

    @Test func `noded lines enclose four triangles, crossing ones do not`() throws {
        let areas = try Shape.polygonize(lines: try Shape.noded(lines: lines))
        #expect(areas.count == 4)
        for area in areas { #expect(try area.planarArea() == 1) }
        #expect(try Shape.polygonize(lines: []).isEmpty)
        #expect(try Shape.polygonize(lines: [lines[1]]).isEmpty)
    }
}
