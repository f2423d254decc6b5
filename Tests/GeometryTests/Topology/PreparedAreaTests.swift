import Geometry
import Testing

@Suite struct `Prepared area` {
    @Test func `answers as the unprepared shape does`() throws {
        var random = RandomShapes(seed: 9)
        for _ in 0..<20 {
            let shape = random.polygon(hole: true)
            let area = try PreparedArea(shape)
            let others = (0..<20).map { _ in random.polygon() }
            for other in others {
                #expect(try area.covers(other) == shape.covers(other))
                #expect(try area.contains(other) == shape.contains(other))
                #expect(try area.intersects(other) == shape.intersects(other))
            }
            // Its own corners are on the border, positions near its centre are in the hole.
            let centre = try #require(shape.envelope).centre
            var positions = shape.polygons[0][0] + [centre]
            for _ in 0..<50 {
                positions.append(
                    Position(
                        centre.x + .random(in: -1...1, using: &random),
                        centre.y + .random(in: -1...1, using: &random)))
            }
            for position in positions {
                let point = Shape.point(position)
                #expect(try area.covers(position) == shape.covers(point))
                #expect(try area.contains(position) == shape.contains(point))
                #expect(try area.intersects(position) == shape.intersects(point))
            }
        }
    }

    @Test func `border and corner are covered but not contained`() throws {
        let area = try PreparedArea(.polygon([RandomShapes.square(0, 0)]))
        for position in [Position(0, 0), Position(1, 0), Position(2, 2)] {
            #expect(try area.covers(position))
            #expect(try area.intersects(position))
            #expect(try !area.contains(position))
        }
        #expect(try area.contains(Position(1, 1)))
        #expect(try !area.covers(Position(2.0000001, 1)))
    }

    @Test func `an empty area covers nothing`() throws {
        for empty in RandomShapes.empties {
            let area = try PreparedArea(empty)
            #expect(area.envelope == nil)
            #expect(try !area.covers(Position(0, 0)))
            #expect(try !area.intersects(.polygon([RandomShapes.square(0, 0)])))
        }
    }
}
