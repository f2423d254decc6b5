import Analysis
import Features
import Geometry
import Testing

struct AccessibilitySummaryTests {
    /// The access of facilities each at a place of their own.
    private func tally(_ access: [Double], _ weights: [Double]) throws -> AccessibilityTally {
        let places = access.indices.map { Position(120 + Double($0), 36) }
        let supply = try FacilityLayer(
            name: "clinics", FeatureBatch(points: places).with("beds", .double(access)))
        let operation = try Accessibility(
            to: supply, method: .cumulativeOpportunities, within: .kilometres(1),
            weightField: "people", capacityField: "beds")
        var tally = AccessibilityTally()
        tally.add(
            try operation.scores(
                of: FeatureBatch(points: places).with("people", .double(weights)), layer: "homes"))
        return tally
    }

    @Test func `the figures are those of the people, not of the places`() throws {
        let once = try #require(tally([4, 0, 2, 0, 7, 1], [1, 3, 2, 0, 1, 1]).summary())
        // The same people one by one.
        let each = try #require(
            tally([4, 0, 0, 0, 2, 2, 7, 1], .init(repeating: 1, count: 8))
                .summary())
        #expect(once == each)
        #expect(once.mean == 2 && once.median == 1.5 && once.least == 0 && once.greatest == 7)
        #expect(once.zeroShare == 0.375)
    }

    @Test func `inequality is half the mean difference over the mean`() throws {
        let access = [4.0, 0, 2, 5, 7, 1, 0]
        let weights = [1.0, 3, 2, 0.5, 1, 1, 0]
        let summary = try #require(tally(access, weights).summary())
        var difference = 0.0
        for (a, p) in zip(access, weights) {
            for (b, q) in zip(access, weights) { difference += p * q * abs(a - b) }
        }
        let total = weights.reduce(0, +)
        let expected = difference / (total * total) / 2 / summary.mean
        #expect(abs(try #require(summary.gini) - expected) < 1e-14)
        #expect(try tally([3, 3, 3], [1, 2, 0.5]).summary()?.gini ?? 1 < 1e-15)
    }

    @Test func `nobody with anything has no inequality`() throws {
        #expect(try tally([0, 0], [1, 1]).summary()?.gini == nil)
        #expect(try tally([0, 0], [1, 1]).summary()?.zeroShare == 1)
        #expect(try tally([1, 2], [0, 0]).summary() == nil)
    }
}
