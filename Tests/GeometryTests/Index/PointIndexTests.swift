import Geometry
import TestSupport
import Testing

/// A full scan with Karney's inverse geodesic is the judge.
private func scan(_ positions: [Position], from place: Position) -> [PointIndex.Neighbour] {
    positions.indices.map {
        PointIndex.Neighbour(
            index: $0, distance: Geodesic.wgs84.distance(from: place, to: positions[$0]))
    }.sorted { ($0.distance, $0.index) < ($1.distance, $1.index) }
}

/// How far a distance may lie from Karney's, in metres.
private let tolerance = 1e-6

private func expectSame(
    _ found: [PointIndex.Neighbour], _ expected: some Collection<PointIndex.Neighbour>,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(found.map(\.index) == expected.map(\.index), sourceLocation: sourceLocation)
    for (a, b) in zip(found, expected) {
        #expect(abs(a.distance - b.distance) <= tolerance, sourceLocation: sourceLocation)
    }
}

struct Arrangement: CustomTestStringConvertible, Sendable {
    let name: String
    let positions: [Position]
    let queries: [Position]
    var testDescription: String { name }

    static let all: [Arrangement] = {
        var random = SeededGenerator(seed: 11)
        let korea = random.korea(900)
        let clusters = (0..<900).map { i in
            let centre = korea[i % 7]
            return Position(
                centre.x + .random(in: -1e-4...1e-4, using: &random),
                centre.y + .random(in: -1e-4...1e-4, using: &random))
        }
        let grid = (0..<900).map {
            Position(127 + Double($0 % 30) * 0.01, 36 + Double($0 / 30) * 0.01)
        }
        let globe = (0..<900).map { _ in random.position() }
        let queries = random.korea(60)
        let dateline = (0..<900).map { i in
            Position(
                (i % 2 == 0 ? 180 : -180)
                    + .random(in: i % 2 == 0 ? -1...0 : 0...1, using: &random),
                .random(in: -1...1, using: &random))
        }
        let polar = (0..<900).map { _ in random.position(-180...180, 89...90) }
        return [
            Arrangement(name: "uniform", positions: korea, queries: queries),
            Arrangement(
                name: "clustered", positions: clusters, queries: queries + clusters.prefix(30)),
            Arrangement(
                name: "along a meridian",
                positions: (0..<500).map { Position(127, 34 + Double($0) * 0.01) },
                queries: queries + [Position(127, 36.005)]),
            Arrangement(
                name: "along the equator",
                positions: (0..<360).map { Position(Double($0) - 180, 0) },
                queries: [
                    Position(0.5, 0), Position(179.5, 0), Position(10, 90), Position(-180, 0),
                ]),
            Arrangement(
                name: "grid", positions: grid,
                queries: grid.prefix(40) + [Position(127.005, 36.005)]),
            Arrangement(
                name: "globe", positions: globe, queries: (0..<60).map { _ in random.position() }),
            Arrangement(
                name: "duplicates",
                positions: [0..<100, 0..<100, 0..<50].flatMap { korea[$0] },
                queries: queries + korea.prefix(20)),
            Arrangement(
                name: "all in one place", positions: Array(repeating: korea[0], count: 50),
                queries: queries),
            Arrangement(
                name: "across the antimeridian", positions: dateline,
                queries: [
                    Position(180, 0), Position(-180, 0), Position(179.99, 0.5),
                    Position(-179.99, -0.5),
                ]),
            Arrangement(
                name: "around the north pole", positions: polar,
                queries: [Position(0, 90), Position(137, 90), Position(-45, 89.5)]),
            Arrangement(
                name: "antipodes", positions: korea.prefix(200).map { $0 },
                queries: korea.prefix(5).map { Position($0.x - 180, -$0.y) }),
        ]
    }()
}

struct PointIndexTests {
    @Test(arguments: Arrangement.all)
    func `the nearest are those of a full scan`(arrangement: Arrangement) throws {
        let index = try PointIndex(arrangement.positions)
        for query in arrangement.queries {
            let expected = scan(arrangement.positions, from: query)
            for k in [1, 2, 5, 64] {
                expectSame(try index.nearest(to: query, k: k), expected.prefix(k))
            }
        }
    }

    @Test(arguments: Arrangement.all)
    func `all within a radius are those of a full scan`(arrangement: Arrangement) throws {
        let index = try PointIndex(arrangement.positions)
        for query in arrangement.queries.prefix(30) {
            let expected = scan(arrangement.positions, from: query)
            let radii =
                [0, 1, 1000, 30_000, 2e6, 3e7] + expected.prefix(5).map(\.distance)
                + expected.suffix(2).map(\.distance)
            for radius in radii {
                expectSame(
                    try index.all(within: .metres(radius), of: query),
                    expected.prefix { $0.distance <= radius })
            }
        }
    }

    @Test(arguments: Arrangement.all)
    func `a limit keeps the nearest that lie within it`(arrangement: Arrangement) throws {
        let index = try PointIndex(arrangement.positions)
        for query in arrangement.queries.prefix(30) {
            let expected = scan(arrangement.positions, from: query)
            for k in [1, 3] {
                let limit = expected[min(k, expected.count) - 1].distance
                for radius in [limit, limit.nextDown, limit.nextUp, limit / 2] {
                    expectSame(
                        try index.nearest(to: query, k: k, within: .metres(radius)),
                        expected.prefix(k).filter { $0.distance <= radius })
                }
            }
        }
    }

    @Test(arguments: Arrangement.all)
    func `a table of many places holds what single queries find`(arrangement: Arrangement) throws {
        let index = try PointIndex(arrangement.positions)
        let queries = arrangement.queries
        for k in [1, 3] {
            for limit in [nil, Distance.kilometres(20)] {
                let table = try index.nearest(
                    longitudes: queries.map(\.x), latitudes: queries.map(\.y), k: k, within: limit)
                for (row, query) in queries.enumerated() {
                    let found = (0..<k).compactMap { table[row, $0] }
                    #expect(found == (try index.nearest(to: query, k: k, within: limit)))
                }
            }
        }
    }

    @Test(arguments: Arrangement.all)
    func `crowds of places find what single queries find`(arrangement: Arrangement) throws {
        let index = try PointIndex(arrangement.positions)
        var random = SeededGenerator(seed: 12)
        let hosts = arrangement.positions.prefix(40) + arrangement.queries.prefix(10)
        let crowd = hosts.flatMap { host in
            let spread = [0, 1e-9, 1e-4, 0.02, 0.3][Int.random(in: 0..<5, using: &random)]
            return (0..<30).map { _ in
                Position(
                    min(180, max(-180, host.x + .random(in: -spread...spread, using: &random))),
                    min(90, max(-90, host.y + .random(in: -spread...spread, using: &random))))
            }
        }
        for (k, limit) in [
            (1, nil), (1, 3000), (2, 1.5), (4, nil), (4, 20_000), (16, nil), (17, nil),
        ] as [(Int, Double?)] {
            let limit = limit.map { Distance(metres: $0) }
            let table = try index.nearest(
                longitudes: crowd.map(\.x), latitudes: crowd.map(\.y), k: k, within: limit)
            for (row, place) in crowd.enumerated() {
                let found = (0..<k).compactMap { table[row, $0] }
                #expect(found == (try index.nearest(to: place, k: k, within: limit)))
            }
        }
    }

    @Test func `no positions have no neighbours`() throws {
        let index = try PointIndex([Position]())
        #expect(try index.nearest(to: Position(127, 37), k: 3).isEmpty)
        #expect(try index.all(within: .kilometres(1000), of: Position(127, 37)).isEmpty)
    }

    @Test func `a row without a place has no neighbours`() throws {
        let index = try PointIndex([Position(127, 37)])
        let table = try index.nearest(longitudes: [.nan, 127], latitudes: [.nan, 37])
        #expect(table[0, 0] == nil)
        #expect(table[1, 0]?.distance == 0)
    }

    @Test(arguments: [
        Position(.nan, 0), Position(0, .infinity), Position(0, 90.1), Position(181, 0),
    ])
    func `a position that is not on the globe is refused by name`(bad: Position) {
        let error = #expect(throws: GeometryError.self) { try PointIndex([Position(0, 0), bad]) }
        #expect(error?.code == .badPosition)
        #expect(error?.problem.contains("position 1") == true)
    }

    @Test func `swapped Korean coordinates are recognised`() {
        let error = #expect(throws: GeometryError.self) { try PointIndex([Position(36.5, 127.4)]) }
        #expect(error?.remedy?.contains("swapped") == true)
    }
}
