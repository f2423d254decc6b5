import Features
import Geometry
import TestSupport
import Testing

@testable import Siting

@Suite struct CandidateTests {
    static func box(_ west: Double, _ south: Double, _ east: Double, _ north: Double) -> Shape {
        .polygon([
            [
                Position(west, south), Position(east, south), Position(east, north),
                Position(west, north), Position(west, south),
            ]
        ])
    }

    static func all(_ source: GridSource) throws -> FeatureBatch {
        var source = source
        return try source.readAll()
    }

    /// How far the area of a cell may be off, as the grid's documentation says.
    static let tolerance = 1e-6

    @Test(arguments: EqualAreaGrid.Form.allCases, [1000.0, 5000, 20_000])
    func `cells have the area they are said to have`(
        form: EqualAreaGrid.Form, side: Double
    ) throws {
        // A part of the country's rim, far from the centre of its grid.
        let rim = [Self.box(124.5, 33, 124.8, 33.3), Self.box(131.2, 38.3, 131.5, 38.6)]
        let cells = try Self.all(
            GridSource(over: rim, side: side, form, drawsCells: true, name: "g"))
        #expect(cells.count >= 2)
        for shape in cells.geometry.shapes {
            let area = try #require(shape).geodesicArea
            #expect((area / (side * side) - 1).magnitude < Self.tolerance)
        }
    }

    @Test(arguments: EqualAreaGrid.Form.allCases)
    func `cells tile: each edge within is that of two cells, and no place is in two`(
        form: EqualAreaGrid.Form
    ) throws {
        let region = Self.box(127, 36, 127.3, 36.2)
        let cells = try Self.all(
            GridSource(over: [region], side: 1000, form, drawsCells: true, name: "g"))
        struct Edge: Hashable {
            let a: Position
            let b: Position
        }
        var edges: [Edge: Int] = [:]
        for shape in cells.geometry.shapes {
            let ring = try #require(shape?.polygons.first?.first)
            #expect(Geodesic.wgs84.areaAndPerimeter(ofRing: ring).area > 0)
            for (a, b) in zip(ring, ring.dropFirst()) { edges[Edge(a: a, b: b), default: 0] += 1 }
        }
        #expect(edges.values.allSatisfy { $0 == 1 })
        let rim = edges.keys.filter { edges[Edge(a: $0.b, b: $0.a)] == nil }
        // The rim goes once around: about as long as the region's own.
        #expect(rim.count < edges.count / 10)
        let area = cells.geometry.shapes.reduce(0) { $0 + ($1?.geodesicArea ?? 0) }
        #expect((area / region.geodesicArea - 1).magnitude < 0.03)
        var generator = SeededGenerator(seed: 81)
        let areas = try cells.geometry.shapes.map { try PreparedArea(try #require($0)) }
        for _ in 0..<200 {
            let place = generator.position(127.02...127.28, 36.02...36.18)
            #expect(try areas.count { try $0.covers(place) } == 1)
        }
    }

    @Test func `centres are those of the cells, and batches change nothing`() throws {
        let region = Self.box(127, 36, 129, 38)
        let points = try Self.all(
            GridSource(over: [region], side: 700, .hexagon, drawsCells: false, name: "g"))
        #expect(points.count > FeatureBatch.usualCount)
        #expect(Set((0..<points.count).compactMap { points.id($0) }).count == points.count)
        let expected = region.geodesicArea / 490_000
        #expect((Double(points.count) / expected - 1).magnitude < 0.005)
        let small = Self.box(127.5, 36.5, 127.55, 36.55)
        let few = try Self.all(
            GridSource(over: [small], side: 700, .hexagon, drawsCells: false, name: "g"))
        let cells = try Self.all(
            GridSource(over: [small], side: 700, .hexagon, drawsCells: true, name: "g"))
        #expect(few.count == cells.count && few.ids == cells.ids)
        for row in 0..<few.count {
            guard case .point(let place)? = few.geometry[row] else { continue }
            #expect(try #require(cells.geometry[row]).covers(.point(place)))
            #expect(try small.covers(.point(place)))
        }
    }

    @Test func `regions around one whole degree share their grid`() throws {
        let one = try Self.all(
            GridSource(
                over: [Self.box(127.6, 36.6, 128.3, 37.3)], side: 5000, .square, drawsCells: false,
                name: "g"))
        let other = try Self.all(
            GridSource(
                over: [Self.box(127.9, 36.8, 128.2, 37.3)], side: 5000, .square, drawsCells: false,
                name: "g"))
        let known = Dictionary(
            uniqueKeysWithValues: (0..<one.count).map { (one.id($0), one.geometry[$0]) })
        #expect(other.count > 5)
        for row in 0..<other.count { #expect(known[other.id(row)] == other.geometry[row]) }
    }

    @Test func `candidates along a line lie on it at their spacing`() throws {
        let line = [Position(127, 36), Position(127.4, 36.3), Position(127.4, 36.5)]
        let batch = FeatureBatch(geometry: GeometryColumn([.lineString(line)]), ids: .string(["w"]))
        let made = try LineCandidates(.along(.metres(750))).candidates(of: batch)
        // The length in pieces of 10 m and less.
        func fine(_ a: Position, _ b: Position) -> [Position] {
            (0...6000).map {
                Position(
                    a.x + (b.x - a.x) * Double($0) / 6000, a.y + (b.y - a.y) * Double($0) / 6000)
            }
        }
        let path = fine(line[0], line[1]) + fine(line[1], line[2]).dropFirst()
        let length = Geodesic.wgs84.length(of: path)
        #expect(made.count == Int(length / 750) + 1)
        #expect(made.id(0) == "w/1")
        let target = try DistanceTarget(.lineString(line))
        for row in 0..<made.count {
            guard case .point(let place)? = made.geometry[row] else { continue }
            #expect(try #require(try target.distance(from: place)) < 0.001)
            #expect(made["along_m"]?.number(row) == Double(row) * 750)
            // The way to it along the fine path.
            let before = path.prefix {
                $0.y < place.y || ($0.y == place.y && $0.x < place.x)
            }
            let way = Geodesic.wgs84.length(of: Array(before) + [place])
            #expect((way - Double(row) * 750).magnitude < 0.001)
        }
    }

    @Test func `vertices are there once for each feature`() throws {
        let shapes: [Shape?] = [
            Self.box(127, 36, 128, 37), .point(Position(126, 35)), nil,
            .lineString([Position(1, 2), Position(3, 4), Position(1, 2)]),
        ]
        var batch = FeatureBatch(geometry: GeometryColumn(shapes))
        batch.set("kind", .string(["a", "b", "c", "d"]))
        let made = try LineCandidates(.vertices).candidates(of: batch)
        #expect(made.count == 7)
        #expect((0..<7).map { made["kind"]?[$0].text } == ["a", "a", "a", "a", "b", "d", "d"])
        #expect(made.id(6) == "4/2")
    }

    @Test func `grids that cannot be made are refused`() throws {
        func code(_ shapes: [Shape], _ side: Double) -> String? {
            do {
                _ = try GridSource(over: shapes, side: side, .square, drawsCells: false, name: "g")
                return nil
            } catch let error as SitingError { return error.code.name } catch { return "\(error)" }
        }
        #expect(code([.point(Position(1, 2))], 1000) == "empty")
        #expect(code([Self.box(127, 36, 128, 37)], 0.5) == "bad-argument")
        #expect(code([Self.box(-179, -80, 179, 80)], 1000) == "bad-argument")
        #expect(throws: SitingError.self) { try LineCandidates(.along(.metres(0))) }
    }
}
