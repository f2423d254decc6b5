import Analysis
import Features
import Geometry
import TestSupport
import Testing

struct ZoneCoverageTests {
    private static let facilities: [Position] = {
        var random = SeededGenerator(seed: 631)
        return (0..<9).map { _ in random.position(127...127.8, 36...36.6) }
    }()

    /// Squares of a tenth of a degree, some with a hole, in two parts or turned inside out.
    private static let zones: [Shape?] = (0..<9).flatMap { i in
        (0..<7).map { j -> Shape? in
            let (x, y) = (126.95 + 0.1 * Double(i), 35.95 + 0.1 * Double(j))
            let outer = box(x, y, x + 0.1, y + 0.1)
            switch (i + j) % 4 {
            case 0:
                return .polygon([outer, box(x + 0.03, y + 0.03, x + 0.07, y + 0.06).reversed()])
            case 1:
                return .multiPolygon([
                    [box(x, y, x + 0.04, y + 0.1)], [box(x + 0.06, y, x + 0.1, y + 0.1)],
                ])
            default: return .polygon([outer])
            }
        }
    }

    @Test func `shares are those of points thrown into a zone`() throws {
        let coverage = try Coverage(
            by: FacilityLayer("labs", Self.facilities),
            within: [.kilometres(5), .kilometres(12)], weightField: "n")
        let operation = try ZoneCoverage(coverage)
        let weights = Self.zones.indices.map { Double($0 % 4) * 10 }
        let batch = FeatureBatch(shapes: Self.zones).with("n", .double(weights.map { $0 }))
        var tally = ZoneCoverageTally(of: operation)
        var shares: [[Double?]] = [[], []]
        for part in batch.cut(into: 10) {
            let measured = try operation.measure(part, layer: "zones")
            tally.add(measured)
            for (i, label) in ["5km", "12km"].enumerated() {
                let found = measured.batch.numbers("covered_share_\(label)")
                shares[i] += found
                for (row, weight) in measured.batch.numbers("covered_weight_\(label)").enumerated()
                {
                    let whole = try #require(part.numbers("n")[row])
                    #expect(weight == (found[row] ?? .nan) * whole)
                }
            }
        }
        for (row, zone) in Self.zones.enumerated() {
            let zone = try #require(zone)
            let area = try PreparedArea(zone)
            let box = try #require(zone.envelope)
            // A fine lattice; within a tenth of a degree all its points stand for as much.
            var (inside, covered) = (0, [0, 0])
            for i in 0..<40 {
                for j in 0..<40 {
                    let place = Position(
                        box.minX + box.width * (Double(i) + 0.5) / 40,
                        box.minY + box.height * (Double(j) + 0.5) / 40)
                    guard try area.covers(place) else { continue }
                    inside += 1
                    let nearest = Self.facilities.map { karney(place, $0) }.min() ?? .infinity
                    if nearest <= 5000 { covered[0] += 1 }
                    if nearest <= 12_000 { covered[1] += 1 }
                }
            }
            for i in 0...1 {
                let expected = Double(covered[i]) / Double(inside)
                #expect(abs(try #require(shares[i][row]) - expected) < 0.02)
            }
        }
        #expect(shares[1].contains(1) && shares[0].contains(0))
        let total = weights.reduce(0, +)
        #expect(tally.demandWeight == total && tally.zoneCount == 63)
        for i in 0...1 {
            let weight = zip(shares[i], weights).reduce(0) { $0 + ($1.0 ?? 0) * $1.1 }
            #expect(abs(tally.coveredWeights[i] - weight) < 1e-9)
            #expect(abs(try #require(tally.coveredWeightShare(i)) - weight / total) < 1e-12)
        }
        let areas = try operation.areas(tally)
        #expect(areas.numbers("covered_share") == [tally.coveredShare(0), tally.coveredShare(1)])
        // Squares that tile a region share out what the areas cover of it.
        let region = Self.zones.compactMap { $0 }
        let union = try Shape.unionAll(region)
        for (i, area) in areas.geometry.shapes.enumerated() {
            let common = try #require(area).intersection(union).geodesicArea
            #expect(abs(tally.coveredAreas[i] / common - 1) < 1e-6)
        }
    }

    @Test(arguments: [
        PositionAccuracy.sides(moving: .metres(300), fixed: .field("off")), .metres(400),
    ])
    func `wherever things truly lie, shares lie within their ranges`(
        accuracy: PositionAccuracy
    ) throws {
        let errors = Self.facilities.indices.map { Double($0 * 7919 % 11) * 60 }
        func measured(
            _ facilities: [Position], _ zones: [Shape?], _ accuracy: PositionAccuracy?
        ) throws -> (zones: FeatureBatch, area: FeatureBatch) {
            let labs = FeatureBatch(points: facilities).with("off", .double(errors.map { $0 }))
            let operation = try ZoneCoverage(
                Coverage(
                    by: FacilityLayer(name: "labs", labs), within: [.metres(400), .kilometres(6)],
                    weightField: "n"), accuracy: accuracy)
            var tally = ZoneCoverageTally(of: operation)
            let weights = zones.indices.map { Double($0 % 4) }
            let found = try operation.measure(
                FeatureBatch(shapes: zones).with("n", .double(weights.map { $0 })), layer: "zones")
            tally.add(found)
            return (found.batch, try operation.areas(tally))
        }
        let judged = try measured(Self.facilities, Self.zones, accuracy)
        var random = SeededGenerator(seed: 633)
        func moved(_ place: Position, _ off: Double) -> Position {
            Geodesic.wgs84.direct(
                from: place, azimuth: Double.random(in: 0...360, using: &random), distance: off
            ).position
        }
        let own = accuracy == .metres(400) ? 400.0 : 300
        for _ in 0..<4 {
            let facilities = zip(Self.facilities, errors).map {
                moved($0, accuracy == .metres(400) ? 400 : $1)
            }
            // All zones off by the same, as a map is.
            let shift = moved(Position(127.4, 36.3), own * 0.99)
            let zones = Self.zones.map { zone in
                zone?.mapPositions { Position($0.x + shift.x - 127.4, $0.y + shift.y - 36.3) }
            }
            let truth = try measured(facilities, zones, nil)
            for (field, ending) in [("covered_share", "6km"), ("covered_weight", "6km")] {
                let name = "\(field)_\(ending)"
                let (low, high) = (
                    judged.zones.numbers(name + "_low"), judged.zones.numbers(name + "_high")
                )
                for (row, value) in truth.zones.numbers(name).enumerated() {
                    let (value, low) = (try #require(value), try #require(low[row]))
                    #expect(low <= value + 1e-6 && value <= (high[row] ?? .nan) + 1e-6)
                }
            }
            for name in ["covered_share", "covered_weight_share"] {
                let value = try #require(truth.area.numbers(name)[1])
                let low = try #require(judged.area.numbers(name + "_low")[1])
                let high = try #require(judged.area.numbers(name + "_high")[1])
                #expect(low < value && value < high && high - low < 0.5)
            }
        }
        // A disc that the accuracy may swallow covers nothing for sure.
        if accuracy == .metres(400) { #expect(judged.area.numbers("covered_share_low")[0] == 0) }
        #expect(throws: AnalysisError.self) {
            try measured(Self.facilities, Self.zones, .field("off"))
        }
    }

    @Test func `groups add up to the whole, each to the sum of its own zones`() throws {
        let coverage = try Coverage(
            by: FacilityLayer("labs", Self.facilities), within: [.kilometres(5), .kilometres(12)],
            weightField: "n")
        let operation = try ZoneCoverage(coverage)
        let labels = Self.zones.indices.map { ["나", "가", nil][$0 % 3] }
        let batch = FeatureBatch(shapes: Self.zones)
            .with("n", .double(Self.zones.indices.map { Double($0 % 4) }))
            .with("province", .string(labels))
        var groups = ZoneCoverageGroups(of: operation, by: "province")
        var sums: [String?: (area: Double, covered: Double, weight: Double)] = [:]
        for part in batch.cut(into: 10) {
            let measured = try operation.measure(part, layer: "zones")
            try groups.add(measured, layer: "zones")
            let found = measured.batch
            for row in 0..<found.count {
                let area = try #require(found.numbers("zone_km2")[row])
                let share = try #require(found.numbers("covered_share_12km")[row])
                let weight = try #require(found.numbers("covered_weight_12km")[row])
                var sum = sums[found.texts("province")[row], default: (0, 0, 0)]
                sum = (sum.area + area, sum.covered + area * share, sum.weight + weight)
                sums[found.texts("province")[row]] = sum
            }
        }
        let table = groups.table()
        #expect(table.texts("group") == ["가", "나", nil])
        #expect(table.numbers("zone_count") == [21, 21, 21])
        for (row, label) in table.texts("group").enumerated() {
            let sum = try #require(sums[label])
            let covered = try #require(table.numbers("covered_km2_12km")[row])
            let share = try #require(table.numbers("covered_share_12km")[row])
            let weight = try #require(table.numbers("covered_weight_12km")[row])
            #expect(abs(covered - sum.covered) < 1e-4 && covered > 100)
            #expect(abs(share - sum.covered / sum.area) < 1e-6)
            #expect(abs(weight - sum.weight) < 1e-9)
        }
        #expect(throws: AnalysisError.self) {
            var wrong = ZoneCoverageGroups(of: operation, by: "도")
            try wrong.add(operation.measure(batch, layer: "zones"), layer: "zones")
        }
    }

    @Test func `what is no area counts nowhere, and no zones have no share`() throws {
        let operation = try ZoneCoverage(
            Coverage(by: FacilityLayer("labs", Self.facilities), within: [.kilometres(5)]))
        var tally = ZoneCoverageTally(of: operation)
        tally.add(
            try operation.measure(
                FeatureBatch(shapes: [nil, .point(Position(127, 36))]), layer: "zones"))
        #expect(tally.others == 2 && tally.zoneCount == 0 && tally.coveredShare(0) == nil)
        #expect(tally.coveredWeightShare(0) == nil)
        let error = #expect(throws: AnalysisError.self) {
            try operation.measure(
                FeatureBatch(shapes: [.polygon([box(36, 127, 36.1, 127.1)])]), layer: "zones")
        }
        #expect(error?.place == "zones, feature 1")
    }
}
