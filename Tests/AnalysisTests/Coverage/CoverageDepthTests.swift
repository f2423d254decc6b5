import Analysis
import Features
import Geometry
import TestSupport
import Testing

struct CoverageDepthTests {
    private static let facilities: [Position] = {
        var random = SeededGenerator(seed: 301)
        // The last two stand at one position.
        let places = random.korea(18)
        return places + [places[17]]
    }()

    private static let demand: [Position] = {
        var random = SeededGenerator(seed: 302)
        return random.korea(250)
    }()

    private func coverage(_ distances: [Double]) throws -> Coverage {
        try Coverage(
            by: FacilityLayer("labs", Self.facilities), within: distances.map { .kilometres($0) },
            weightField: "n", countsDepth: true)
    }

    @Test func `how many facilities cover is what a full scan counts`() throws {
        let coverage = try coverage([60, 25])
        let weights = Self.demand.indices.map { Double($0 % 7) }
        let batch = FeatureBatch(points: Self.demand + [nil])
            .with("n", .double(weights + [5]))
        let measured = try coverage.measure(batch, layer: "demand")
        var tally = CoverageDepthTally(of: coverage)
        tally.add(measured)
        for (i, metres) in [25_000.0, 60_000].enumerated() {
            let depths = Self.demand.map { place in
                Self.facilities.count { karney(place, $0) <= metres }
            }
            let label = coverage.distances[i].label
            #expect(measured.batch.numbers("depth_\(label)") == depths.map(Double.init) + [nil])
            for depth in 0...3 {
                let rows = depths.indices.filter { min(depths[$0], 3) == depth }
                #expect(tally.counts[i][depth] == rows.count)
                #expect(tally.weights[i][depth] == rows.reduce(0) { $0 + weights[$1] })
            }
            #expect(
                measured.batch.truths("covered_\(label)").dropLast() == depths.map { $0 > 0 }[...])
            #expect(tally.counts[i][3] > 0 && tally.counts[i][0] > 0)
        }
        #expect(tally.weightShare(0, depth: 0) == tally.weights[0][0] / weights.reduce(0, +))
    }

    @Test func `layers of depth are where so many discs lie`() throws {
        let coverage = try coverage([60])
        let layers = try coverage.depthAreas()
        #expect(layers.texts("depth") == ["1", "2", "3+"])
        #expect(layers.numbers("within_m") == [60_000, 60_000, 60_000])
        let areas = try (0..<3).map { try PreparedArea(#require(layers.geometry[$0])) }
        var checked = 0
        for place in Self.demand {
            let distances = Self.facilities.map { karney(place, $0) }
            // Within a metre of an edge the drawing may err.
            if distances.contains(where: { abs($0 - 60_000) < 1 }) { continue }
            let depth = min(3, distances.count { $0 < 60_000 })
            for (level, area) in areas.enumerated() {
                #expect(try area.covers(place) == (depth == level + 1), "\(place)")
            }
            checked += 1
        }
        #expect(checked > 240)
        let union = try #require(
            try coverage.areas(CoverageTally(of: coverage)).numbers("area_km2")[0])
        let sum = layers.numbers("area_km2").reduce(0) { $0 + ($1 ?? 0) }
        #expect(abs(sum / union - 1) < 1e-6)
        for row in 0..<3 { #expect(try layers.geometry[row]?.validity().isValid == true) }
    }

    @Test func `one facility has no depth of two`() throws {
        let coverage = try Coverage(
            by: FacilityLayer("labs", [Position(127, 36)]), within: [.kilometres(5)],
            countsDepth: true)
        let layers = try coverage.depthAreas(CoverageDepthTally(of: coverage))
        #expect(layers.geometry.shapes.map { $0 == nil } == [false, true, true])
        #expect(layers.numbers("area_km2")[1] == 0)
        #expect(layers.numbers("demand_weight_share") == [nil, nil, nil])
    }

    @Test func `facilities all at one position are as deep as they are many`() throws {
        let place = Position(127, 36)
        for count in [2, 3, 5] {
            let coverage = try Coverage(
                by: FacilityLayer("labs", Array(repeating: place, count: count)),
                within: [.kilometres(5)], countsDepth: true)
            let layers = try coverage.depthAreas()
            let filled = layers.geometry.shapes.indices.filter { layers.geometry[$0] != nil }
            #expect(filled == [min(count, 3) - 1])
        }
    }
}
