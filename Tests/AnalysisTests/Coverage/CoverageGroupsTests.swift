import Analysis
import Features
import Geometry
import TestSupport
import Testing

struct CoverageGroupsTests {
    @Test func `groups are what a coverage of each alone gives`() throws {
        var random = SeededGenerator(seed: 321)
        let layer = try FacilityLayer("labs", random.korea(20))
        let places = random.korea(150)
        let labels: [String?] = places.indices.map { ["나", "가", nil, "B"][$0 % 7 % 4] }
        let batch = FeatureBatch(points: places)
            .with("n", .double(places.indices.map { Double($0 % 5) }))
            .with("province", .string(labels))
        let distances = [Distance.kilometres(15), .kilometres(40)]
        let coverage = try Coverage(
            by: layer, within: distances, weightField: "n", groupField: "province")
        var groups = CoverageGroups(of: coverage)
        for part in batch.cut(into: 37) {
            groups.add(try coverage.measure(part, layer: "demand"))
        }
        let table = groups.table()
        #expect(table.texts("group") == ["B", "가", "나", nil])
        for (row, label) in table.texts("group").enumerated() {
            let alone = try Coverage(by: layer, within: distances, weightField: "n")
            var tally = CoverageTally(of: alone)
            let part = batch.taking(labels.indices.filter { labels[$0] == label })
            let measured = try alone.measure(part, layer: "demand")
            tally.add(measured)
            #expect(table.numbers("demand_count")[row] == Double(tally.demandCount))
            #expect(table.numbers("demand_weight")[row] == tally.demandWeight)
            for (i, distance) in ["15km", "40km"].enumerated() {
                #expect(
                    table.numbers("covered_count_\(distance)")[row]
                        == Double(tally.coveredCounts[i]))
                #expect(
                    table.numbers("covered_weight_\(distance)")[row] == tally.coveredWeights[i])
                #expect(
                    table.numbers("covered_weight_share_\(distance)")[row]
                        == tally.coveredWeightShare(i))
            }
            let nearest = measured.batch.numbers("nearest_m").compactMap { $0 }
            let weights = part.numbers("n").compactMap { $0 }
            let mean = zip(nearest, weights).reduce(0) { $0 + $1.0 * $1.1 } / tally.demandWeight
            #expect(abs(try #require(table.numbers("mean_distance_m")[row]) - mean) < 1e-5)
        }
    }

    @Test func `a group field that is not there is named with those that are`() throws {
        let layer = try FacilityLayer("labs", [Position(127, 36)])
        let coverage = try Coverage(by: layer, within: [.kilometres(5)], groupField: "provence")
        let batch = FeatureBatch(points: [Position(127, 36)]).with("province", .string(["가"]))
        let error = #expect(throws: AnalysisError.self) {
            try coverage.measure(batch, layer: "homes")
        }
        #expect(error?.code == .badField && error?.place == "homes")
        #expect(error?.remedy?.contains("did you mean province?") == true)
    }
}
