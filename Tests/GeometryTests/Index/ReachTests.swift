import Geometry
import TestSupport
import Testing

struct ReachTests {
    @Test(arguments: Arrangement.all)
    func `all within a distance are those of a full scan, in the order given`(
        arrangement: Arrangement
    ) throws {
        let index = try PointIndex(arrangement.positions)
        let places = arrangement.queries
        for limit in [nil, 500, 20_000, 150_000] as [Double?] {
            let rows = try index.reach(
                longitudes: places.map(\.x), latitudes: places.map(\.y),
                within: limit.map { .metres($0) })
            #expect(rows.rows == places.count)
            for (row, place) in places.enumerated() {
                let expected = arrangement.positions.enumerated().map {
                    ($0, Geodesic.wgs84.distance(from: place, to: $1))
                }.filter { $0.1 <= limit ?? .infinity }
                let entries = rows.entries(of: row)
                #expect(rows.indices[entries].map { Int($0) } == expected.map(\.0))
                for (found, (_, distance)) in zip(rows.distances[entries], expected) {
                    // What the point index promises.
                    #expect(abs(found - distance) <= 1e-6)
                }
            }
        }
    }

    @Test func `a position exactly at the limit counts`() throws {
        var random = SeededGenerator(seed: 71)
        for _ in 0..<200 {
            let (a, b) = (random.korea(1)[0], random.korea(1)[0])
            let index = try PointIndex([b])
            let metres = Geodesic.wgs84.distance(from: a, to: b)
            let counts = try [metres.nextDown, metres, metres.nextUp].map {
                try index.reach(longitudes: [a.x], latitudes: [a.y], within: .metres($0)).count
            }
            #expect(counts == [0, 1, 1])
        }
    }

    @Test func `a place that is none reaches nothing, and one off the globe is named`() throws {
        let index = try PointIndex([Position(127, 36)])
        let rows = try index.reach(
            longitudes: [.nan, 127], latitudes: [36, 36], within: .metres(1))
        #expect(rows.starts == [0, 0, 1] && rows.indices == [0])
        let error = #expect(throws: GeometryError.self) {
            try index.reach(longitudes: [127, 36], latitudes: [36, 127], within: nil)
        }
        #expect(error?.problem.hasPrefix("row 1 is") == true)
        #expect(try PointIndex([]).reach(longitudes: [1], latitudes: [1], within: nil).count == 0)
    }

    @Test(arguments: [0, 1, 4, 6, 203])
    func `without a limit all distances are there, as Karney has them`(count: Int) throws {
        var random = SeededGenerator(seed: 11)
        let korea = (0..<count).map { _ in
            Position(
                .random(in: 125...130, using: &random), .random(in: 33...39, using: &random))
        }
        let anywhere = (0..<count).map { _ in random.position() }
        let edges = [
            Position(180, 0), Position(-180, 0), Position(0, 90), Position(50, -90),
            Position(127, 36),
        ]
        for others in [korea, anywhere, korea + edges] {
            let places = korea.prefix(20) + edges + others.prefix(5)
            let rows = try PointIndex(others).reach(
                longitudes: places.map(\.x), latitudes: places.map(\.y), within: nil)
            for (row, place) in places.enumerated() {
                let entries = rows.entries(of: row)
                #expect(entries.count == others.count)
                for (entry, other) in zip(entries, others) {
                    let expected = Geodesic.wgs84.distance(from: place, to: other)
                    #expect(abs(rows.distances[entry] - expected) < 3e-8)
                }
            }
        }
    }
}
