import Geometry
import Testing

@Suite struct `Validity` {
    static let bowTie = Shape.polygon([
        [Position(0, 0), Position(2, 2), Position(2, 0), Position(0, 2), Position(0, 0)]
    ])

    @Test func `a bow tie is invalid where it crosses itself`() throws {
        let validity = try Self.bowTie.validity()
        #expect(!validity.isValid)
        #expect(validity.reason == "Self-intersection")
        #expect(validity.place == Position(1, 1))
    }

    @Test func `a valid polygon has no reason and no place`() throws {
        let validity = try Shape.polygon([RandomShapes.square(0, 0)]).validity()
        #expect(validity == Shape.Validity(isValid: true))
    }

    @Test(arguments: [Shape.Repair.linework, .structure(keepCollapsed: false)])
    func `a bow tie is repaired into two triangles`(repair: Shape.Repair) throws {
        let repaired = try Self.bowTie.madeValid(repair)
        #expect(try repaired.validity().isValid)
        #expect(repaired.polygons.count == 2)
        #expect(try repaired.planarArea() == 2)
    }

    @Test func `a collapsed ring is kept only where asked for`() throws {
        let flat = Shape.polygon([[Position(0, 0), Position(1, 1), Position(0, 0), Position(0, 0)]])
        #expect(try flat.madeValid().isEmpty)
        #expect(try flat.madeValid(.structure(keepCollapsed: true)).kind == .lineString)
        #expect(try flat.madeValid(.linework).kind == .lineString)
    }

    @Test func `what cannot be built is invalid too, with its place`() throws {
        let open = try BadInput.openRing.validity()
        #expect(!open.isValid)
        #expect(open.reason?.contains("exterior ring is not closed") == true)
        #expect(open.place == Position(0, 1))
        #expect(try !BadInput.onePointLine.validity().isValid)
        #expect(try !Shape.point(Position(1, .nan)).validity().isValid)
        #expect(try !Shape.point(Position(.infinity, 1)).validity().isValid)
        #expect(try Shape.point(.empty).validity().isValid)
    }

    @Test func `a hole outside its ring is found`() throws {
        let shape = Shape.polygon([RandomShapes.square(0, 0), RandomShapes.square(5, 5)])
        #expect(try shape.validity().reason == "Hole lies outside shell")
        #expect(try shape.validity().place == Position(5, 5))
    }
}
