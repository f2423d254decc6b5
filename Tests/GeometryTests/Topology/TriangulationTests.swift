import Geometry
import Testing

@Suite struct `Triangulation` {
    @Test func `a square falls into two triangles, counter-clockwise and sorted`() throws {
        let corners = [Position(0, 0), Position(1, 0), Position(1, 1.1), Position(0, 1)]
        let triangles = try Shape.delaunayTriangles(corners)
        #expect(triangles.count == 2)
        for (a, b, c) in triangles {
            #expect(a < b && a < c)
            #expect(Self.turn(corners[a], corners[b], corners[c]) > 0)
        }
    }

    @Test func `no other position lies within the circle around a triangle`() throws {
        var random = RandomShapes(seed: 5)
        let positions = random.positions(200...200)
        let triangles = try Shape.delaunayTriangles(positions)
        for (a, b, c) in triangles {
            for other in positions.indices where ![a, b, c].contains(other) {
                let inside = Self.circle(
                    positions[a], positions[b], positions[c], holds: positions[other])
                #expect(inside <= 1e-9)
            }
        }
        // Euler: 2n − 2 − h triangles for h positions on the hull.
        let hull = try Shape.multiPoint(positions).convexHull().polygons[0][0].count - 1
        #expect(triangles.count == 2 * 200 - 2 - hull)
    }

    @Test func `duplicates are resolved to the first, zeros of either sign are one`() throws {
        let positions = [
            Position(0, 0), Position(0, 0, 7), Position(1, 0), Position(1, 0), Position(-0.0, 1),
            Position(0.0, 1),
        ]
        #expect(try Shape.delaunayTriangles(positions).map { [$0, $1, $2] } == [[0, 2, 4]])
    }

    @Test func `positions in a line, or too few, give no triangles`() throws {
        #expect(try Shape.delaunayTriangles([]).isEmpty)
        #expect(try Shape.delaunayTriangles([Position(0, 0), Position(1, 1)]).isEmpty)
        #expect(try Shape.delaunayTriangles((0..<5).map { Position(Double($0), 0) }).isEmpty)
    }

    @Test func `each cell holds its own site, and nothing is nearer to another`() throws {
        var random = RandomShapes(seed: 6)
        var sites = random.positions(80...80)
        sites.append(sites[3])
        let cells = try Shape.voronoiCells(of: sites)
        #expect(cells[80] == nil)
        for (index, cell) in cells.dropLast().enumerated() {
            let area = try PreparedArea(try #require(cell))
            for (other, site) in sites.dropLast().enumerated() {
                #expect(try area.contains(site) == (other == index))
            }
            let inside = try #require(try cell?.interiorPoint())
            let distances = sites.dropLast().map { Self.squared($0, inside) }
            #expect(distances[index] <= (distances.min() ?? 0) + 1e-12)
        }
    }

    @Test func `a single site has the whole envelope, if there is one`() throws {
        let box = Envelope(minX: -1, minY: -1, maxX: 1, maxY: 1)
        #expect(try Shape.voronoiCells(of: [Position(0, 0)]) == [nil])
        let cell = try #require(try Shape.voronoiCells(of: [Position(0, 0)], within: box)[0])
        #expect(cell.envelope == box)
    }

    private static func turn(_ a: Position, _ b: Position, _ c: Position) -> Double {
        (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
    }

    private static func squared(_ a: Position, _ b: Position) -> Double {
        (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)
    }

    /// Above 0 where the position is within the circle through three others.
    private static func circle(
        _ a: Position, _ b: Position, _ c: Position, holds p: Position
    ) -> Double {
        let (ax, ay, bx, by) = (a.x - p.x, a.y - p.y, b.x - p.x, b.y - p.y)
        let (cx, cy) = (c.x - p.x, c.y - p.y)
        return (ax * ax + ay * ay) * (bx * cy - cx * by)
            - (bx * bx + by * by) * (ax * cy - cx * ay) + (cx * cx + cy * cy) * (ax * by - bx * ay)
    }
}
