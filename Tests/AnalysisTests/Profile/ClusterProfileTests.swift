import Analysis
import Features
import Geometry
import TestSupport
import Testing

private func layer(_ name: String, _ places: [Position?], _ accuracies: [Double?]) throws
    -> ProfileLayer
{
    try ProfileLayer(
        FeatureBatch(points: places, ids: .string(places.indices.map { "\(name)\($0)" }))
            .with("position_accuracy_m", .double(accuracies)), name: name)
}

private func some(_ count: Int, _ random: inout SeededGenerator) -> ([Position?], [Double?]) {
    (
        (0..<count).map { $0 % 9 == 8 ? nil : random.position(127...127.6, 36...36.5) },
        (0..<count).map { _ in .random(in: 0...1500, using: &random) }
    )
}

struct ClusterProfileTests {
    @Test func `counts, bounds and the nearest are those of a full scan`() throws {
        var random = SeededGenerator(seed: 51)
        for _ in 0..<12 {
            let (places, accuracies) = some(40, &random)
            let profiler = try ClusterProfiler(
                rings: [.kilometres(20), .kilometres(5), .kilometres(5)],
                layers: [try layer("a", places, accuracies)])
            #expect(profiler.rings.map(\.metres) == [5000, 20000])
            let subject = ProfileSubject(
                id: "s", position: random.position(127...127.6, 36...36.5), accuracy: 700)
            let measured = try profiler.measure(subject)
            let near = scan(places, from: subject.position)
            let errors = near.map { 700 + (accuracies[$0.index] ?? 0) }
            for (ring, count) in zip(profiler.rings, measured.findings[0].counts) {
                #expect(count.value == Double(near.count { $0.distance <= ring.metres }))
                let ends = zip(near, errors).map { ($0.distance - $1, $0.distance + $1) }
                #expect(count.least == Double(ends.count { $0.1 <= ring.metres }))
                #expect(count.greatest == Double(ends.count { $0.0 <= ring.metres }))
            }
            let nearest = try #require(measured.findings[0].nearest)
            #expect(nearest.found.place == near[0].index)
            #expect(abs(nearest.found.distance - near[0].distance) < micrometre)
            let least = zip(near, errors).map { max(0, $0.distance - $1) }.min() ?? 0
            let greatest = zip(near, errors).map { $0.distance + $1 }.min() ?? 0
            #expect(abs(try #require(nearest.distance.least) - least) < micrometre)
            #expect(abs(try #require(nearest.distance.greatest) - greatest) < micrometre)
            let rival = zip(near, errors).dropFirst().map { $0.distance - $1 }.min() ?? .infinity
            #expect((nearest.stability == .fragile) == (rival < near[0].distance + errors[0]))
        }
    }

    @Test func `wherever positions truly are, a stable nearest stays the nearest`() throws {
        var random = SeededGenerator(seed: 52)
        var stable = 0
        for _ in 0..<30 {
            let (places, accuracies) = some(6, &random)
            let own = random.position(127...127.6, 36...36.5)
            let profiler = try ClusterProfiler(
                rings: [.kilometres(10)], layers: [try layer("a", places, accuracies)])
            let measured = try profiler.measure(
                ProfileSubject(id: "s", position: own, accuracy: 500))
            let nearest = try #require(measured.findings[0].nearest)
            func moved(_ place: Position, _ most: Double) -> Position {
                Geodesic.wgs84.direct(
                    from: place, azimuth: .random(in: 0...360, using: &random),
                    distance: .random(in: 0...most, using: &random)
                ).position
            }
            for _ in 0..<20 {
                let there = zip(places, accuracies).map { place, accuracy in
                    place.map { moved($0, accuracy ?? 0) }
                }
                let near = scan(there, from: moved(own, 500))
                if nearest.stability == .stable { #expect(near[0].index == nearest.found.place) }
                #expect(near[0].distance >= (nearest.distance.least ?? 0) - 1e-3)
                #expect(near[0].distance <= (nearest.distance.greatest ?? 0) + 1e-3)
                let count = Double(near.count { $0.distance <= 10_000 })
                let bounds = measured.findings[0].counts[0]
                #expect(count >= bounds.least ?? 0 && count <= bounds.greatest ?? 0)
            }
            if nearest.stability == .stable { stable += 1 }
        }
        #expect(stable > 5 && stable < 30)
    }

    @Test func `ranks are those of sorting, and bounds hold all that may be true`() {
        var random = SeededGenerator(seed: 53)
        for moreIsBetter in [true, false] {
            for _ in 0..<30 {
                let figures = (0..<7).map { _ in
                    let value = Double(Int.random(in: 0...20, using: &random))
                    return Bounded(
                        value, least: value - .random(in: 0...4, using: &random),
                        greatest: value + .random(in: 0...4, using: &random))
                }
                let rank = Rank(
                    of: figures[0], among: figures.dropFirst().map { $0 } + [nil],
                    moreIsBetter: moreIsBetter)
                func place(_ values: [Double]) -> Int {
                    1
                        + values.dropFirst().count {
                            moreIsBetter ? $0 > values[0] : $0 < values[0]
                        }
                }
                #expect(rank.rank == place(figures.map(\.value)))
                #expect(rank.count == 7)
                for _ in 0..<40 {
                    let true_ = figures.map {
                        Double.random(in: ($0.least ?? 0)...($0.greatest ?? 0), using: &random)
                    }
                    #expect(place(true_) >= rank.best ?? 0)
                    #expect(place(true_) <= rank.worst ?? 0)
                }
                #expect(rank.stability == (rank.best == rank.worst ? .stable : .fragile))
            }
        }
    }

    @Test func `nothing around, the place itself, coincident places, unknown accuracies`() throws {
        let place = Position(127.3, 36.4)
        let empty = try layer("e", [nil], [nil])
        let same = try layer("s", [place, place, place], [nil, 10, 10])
        let profiler = try ClusterProfiler(rings: [.kilometres(1)], layers: [empty, same])
        let measured = try profiler.measure(
            ProfileSubject(id: "s0", position: place, accuracy: 10))
        #expect(measured.findings[0].counts == [Bounded(0, least: 0, greatest: 0)])
        #expect(measured.findings[0].nearest == nil)
        #expect(measured.findings[1].counts[0].value == 2)
        #expect(measured.findings[1].nearest?.found.place == 1)
        #expect(measured.findings[1].nearest?.stability == .fragile)
        let other = try profiler.measure(ProfileSubject(id: "x", position: place))
        #expect(other.findings[1].counts == [Bounded(3)])
        #expect(other.findings[1].nearest?.stability == nil)
        let ranks = profiler.ranks(of: other, among: [measured])
        #expect(ranks.counts[1][0].rank == 1)
        #expect(ranks.counts[1][0].stability == nil)
        #expect(ranks.nearest[0] == nil)
        #expect(throws: AnalysisError.self) {
            try ClusterProfiler(rings: [], layers: [])
        }
    }

    @Test func `zones count by their share of area, points whole`() throws {
        let square = [
            Position(127.0, 36.0), Position(127.2, 36.0), Position(127.2, 36.2),
            Position(127.0, 36.2), Position(127.0, 36.0),
        ]
        let shapes: [Shape?] = [.polygon([square]), .point(Position(127.1, 36.15)), nil]
        let zones = try ProfileZones(
            FeatureBatch(shapes: shapes).with("people", .double([1000, 7, 3])), name: "z",
            field: "people")
        #expect(zones.uncounted == 1)
        let profiler = try ClusterProfiler(
            rings: [.kilometres(3), .kilometres(6), .kilometres(60)], layers: [], zones: zones)
        let measured = try profiler.measure(
            ProfileSubject(id: "s", position: Position(127.1, 36.1), accuracy: 1000))
        // A disc of 3 km lies wholly within the square.
        let area = Shape.polygon([square]).geodesicArea
        let disc = Double.pi * 9e6
        #expect(abs(measured.amounts[0].value - 1000 * disc / area) < 0.01)
        let amount = measured.amounts[1]
        #expect(amount.value > 7 && amount.least ?? 0 < amount.value)
        #expect(amount.value < amount.greatest ?? 0)
        #expect(abs(measured.amounts[2].value - 1007) < 1e-6)
        #expect(measured.amounts[2].least == measured.amounts[2].greatest)
    }
}
