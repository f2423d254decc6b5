import Geometry
import TestSupport
import Testing

struct CoveringTests {
    @Test(arguments: Arrangement.all)
    func `the least distance that covers is that of a full scan`(arrangement: Arrangement) throws {
        let index = try PointIndex(arrangement.positions)
        let places = arrangement.queries
        let nearest = places.map { place in
            arrangement.positions.map { Geodesic.wgs84.distance(from: place, to: $0) }.min() ?? 0
        }
        // Among them distances at which some place is exactly, and a hair beside it.
        let own = nearest.prefix(12).flatMap { [$0.nextDown, $0, $0.nextUp] }
        for limits in [[500, 20_000, 150_000], [3e6], own, [1e-9, 1e7, 3e7]] as [[Double]] {
            let limits = limits.filter { $0 > 0 }.sorted()
            let found = try index.covering(
                longitudes: places.map(\.x), latitudes: places.map(\.y),
                within: limits.map { .metres($0) })
            let expected = nearest.map { metres in
                limits.firstIndex { metres <= $0 } ?? limits.count
            }
            #expect(found == expected)
        }
    }

    @Test(arguments: Arrangement.all)
    func `of crowds each is answered as it is alone`(arrangement: Arrangement) throws {
        var random = SeededGenerator(seed: 72)
        let index = try PointIndex(arrangement.positions)
        let crowd = (0..<1500).map { i in
            let centre = arrangement.positions[i * 7 % 40 % arrangement.positions.count]
            let spread = [1e-3, 0.05, 0.5][i % 3]
            return Position(
                min(180, max(-180, centre.x + .random(in: -spread...spread, using: &random))),
                min(90, max(-90, centre.y + .random(in: -spread...spread, using: &random))))
        }
        let limits = [60.0, 700, 4000, 25_000].map { Distance.metres($0) }
        let found = try index.covering(
            longitudes: crowd.map(\.x), latitudes: crowd.map(\.y), within: limits)
        for (row, place) in crowd.enumerated() {
            let expected = try limits.firstIndex {
                try !index.nearest(to: place, within: $0).isEmpty
            }
            #expect(found[row] == expected ?? limits.count)
        }
        #expect(Set(found).count > 1)
    }

    @Test func `a place that is none has no answer, and one off the globe is named`() throws {
        let index = try PointIndex([Position(127, 36)])
        let found = try index.covering(
            longitudes: [.nan, 127, 10], latitudes: [36, 36, 36], within: [.metres(1)])
        #expect(found == [-1, 0, 1])
        let error = #expect(throws: GeometryError.self) {
            try index.covering(longitudes: [127, 36], latitudes: [36, 127], within: [.metres(1)])
        }
        #expect(error?.problem.hasPrefix("row 1 is") == true)
        let nothing = try PointIndex([])
        #expect(try nothing.covering(longitudes: [1], latitudes: [1], within: [.metres(1)]) == [1])
        #expect(try index.covering(longitudes: [], latitudes: [], within: []) == [])
    }

    @Test func `hundreds in one place cover what lies around`() throws {
        let site = Position(127, 36)
        let index = try PointIndex(Array(repeating: site, count: 700))
        let places = (0..<30).map { Position(127 + Double($0) * 1e-4, 36) }
        let limit = 0.5 * Geodesic.wgs84.distance(from: site, to: places[29])
        let found = try index.covering(
            longitudes: places.map(\.x), latitudes: places.map(\.y), within: [.metres(limit)])
        #expect(
            found == places.map { Geodesic.wgs84.distance(from: $0, to: site) <= limit ? 0 : 1 })
    }
}
