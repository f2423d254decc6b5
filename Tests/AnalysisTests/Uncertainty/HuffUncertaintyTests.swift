import Analysis
import Features
import Geometry
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct HuffUncertaintyTests {
    private static let malls = PositionsInError(5, seed: 631)
    private static let homes = PositionsInError(60, seed: 632)
    private static let sizes: [Double] = [3, 1, 0, 2, 5]

    private func model(
        _ malls: [Position], beta: Double, within limit: Double?, _ accuracy: PositionAccuracy?
    ) throws -> HuffModel {
        try HuffModel(
            to: FacilityLayer(
                name: "malls",
                FeatureBatch(points: malls).with("size", .double(Self.sizes.map { $0 }))
                    .with("off", .double(Self.malls.errors.map { $0 }))),
            attractionField: "size", alpha: 0.8, beta: beta, within: limit.map { .metres($0) },
            floor: .metres(300), weightField: "n", accuracy: accuracy)
    }

    private func batch(_ homes: [Position]) -> FeatureBatch {
        FeatureBatch(points: homes).with("off", .double(Self.homes.errors.map { $0 }))
            .with("n", .double(homes.indices.map { Double($0 % 4) }))
    }

    /// The definition over distances.
    private func probabilities(
        _ metres: [Double], beta: Double, within limit: Double
    ) -> [Double] {
        let terms = zip(metres, Self.sizes).map { d, size in
            size > 0 && d <= limit ? pow(size, 0.8) * pow(max(300, d), -beta) : 0
        }
        let sum = terms.reduce(0, +)
        return terms.map { sum > 0 ? $0 / sum : 0 }
    }

    @Test(arguments: [(2.0, nil), (1.3, 12_000.0), (-0.5, nil)])
    func `ranges are the extremes over all corners of the errors`(
        beta: Double, limit: Double?
    ) throws {
        let model = try model(Self.malls.positions, beta: beta, within: limit, .field("off"))
        let measured = try model.measure(batch(Self.homes.positions), layer: "homes")
        var tally = HuffTally(of: model)
        tally.add(measured)
        var totals = Self.sizes.map { _ in (low: 0.0, high: 0.0) }
        var (inner, fragile) = (0, 0)
        for (row, home) in Self.homes.positions.enumerated() {
            let box = zip(Self.malls.positions, Self.malls.errors).map { mall, error in
                let (d, e) = (karney(home, mall), Self.homes.errors[row] + error)
                return (low: max(0, d - e), high: d + e)
            }
            let all = corners(box).map {
                probabilities($0, beta: beta, within: limit ?? .infinity)
            }
            for mall in totals.indices {
                let weight = Double(row % 4)
                totals[mall].low += weight * (all.map { $0[mall] }.min() ?? 0)
                totals[mall].high += weight * (all.map { $0[mall] }.max() ?? 0)
            }
            let label = measured.batch.texts("stability")[row]
            if label == "fragile" { fragile += 1 }
            guard let id = measured.batch.texts("facility_id")[row], let mall = Int(id) else {
                #expect(label == (all.contains { $0.contains { $0 > 0 } } ? "fragile" : "stable"))
                continue
            }
            let own = all.map { $0[mall - 1] }
            let low = try #require(measured.batch.numbers("probability_low")[row])
            let high = try #require(measured.batch.numbers("probability_high")[row])
            #expect(abs(low - (own.min() ?? 0)) < 1e-9 && abs(high - (own.max() ?? 0)) < 1e-9)
            if high - low > 0.01 { inner += 1 }
            let isSame = all.allSatisfy { shares in
                shares.indices.allSatisfy { $0 == mall - 1 || shares[$0] < shares[mall - 1] }
            }
            #expect((label == "stable") == isSame)
            #expect(
                measured.batch.numbers("plus_minus_m")[row]
                    == Self.homes.errors[row] + Self.malls.errors[mall - 1])
        }
        #expect(inner > 20 && fragile > 0 && fragile < 50)
        #expect(tally.fragile == fragile)
        let ranges = try #require(tally.ranges)
        for (found, total) in zip(ranges, totals) {
            #expect(abs(found.low - total.low) < 1e-7 && abs(found.high - total.high) < 1e-7)
        }
    }

    @Test(arguments: [nil, 12_000.0])
    func `wherever things truly lie, what is expected lies within the ranges`(
        limit: Double?
    ) throws {
        let model = try model(Self.malls.positions, beta: 2, within: limit, .field("off"))
        let judged = try model.measure(batch(Self.homes.positions), layer: "homes")
        var tally = HuffTally(of: model)
        tally.add(judged)
        let loads = tally.facilities(of: model)
        var random = SeededGenerator(seed: 633)
        var changed = 0
        for _ in 0..<25 {
            let truly = try self.model(
                Self.malls.moved(&random), beta: 2, within: limit, nil)
            let truth = try truly.measure(batch(Self.homes.moved(&random)), layer: "homes")
            var total = HuffTally(of: truly)
            total.add(truth)
            let trulyExpected = total.facilities(of: truly)
            for name in ["expected_demand", "expected_share"] {
                let (low, high) = (loads.numbers(name + "_low"), loads.numbers(name + "_high"))
                for (row, value) in trulyExpected.numbers(name).enumerated() {
                    let value = try #require(value)
                    #expect(try #require(low[row]) <= value + 1e-9)
                    #expect(try #require(high[row]) >= value - 1e-9)
                }
            }
            let (ids, trueIDs) = (
                judged.batch.texts("facility_id"), truth.batch.texts("facility_id")
            )
            for row in Self.homes.positions.indices {
                if ids[row] != trueIDs[row] {
                    changed += 1
                    #expect(judged.batch.texts("stability")[row] == "fragile")
                } else if let value = truth.batch.numbers("probability")[row] {
                    let low = try #require(judged.batch.numbers("probability_low")[row])
                    let high = try #require(judged.batch.numbers("probability_high")[row])
                    #expect(low <= value + 1e-9 && value <= high + 1e-9)
                }
            }
        }
        #expect(changed > 0)
    }

    @Test(arguments: [nil, 12_000.0])
    func `exact positions give the plain answer`(limit: Double?) throws {
        let model = try model(Self.malls.positions, beta: 2, within: limit, .metres(0))
        let measured = try model.measure(batch(Self.homes.positions), layer: "homes")
        let batch = measured.batch
        #expect(batch.numbers("probability_low") == batch.numbers("probability"))
        #expect(batch.numbers("probability_high") == batch.numbers("probability"))
        #expect(batch.texts("stability").allSatisfy { $0 == "stable" })
        var tally = HuffTally(of: model)
        tally.add(measured)
        #expect(tally.ranges?.map(\.low) == tally.expected)
        #expect(tally.ranges?.map(\.high) == tally.expected)
    }
}
