import Analysis
import Features
import Geometry
import TestSupport
import Testing

struct AccessUncertaintyTests {
    private static let limit = 15_000.0
    private static let decays: [String: DistanceDecay] = [
        "gravity": .exponential(scale: .kilometres(4)),
        "m2sfca": .gaussian(sigma: .kilometres(6)),
        "3sfca": .gaussian(sigma: .kilometres(6)),
        "bfca": .logLogistic(median: .kilometres(6), exponent: 2),
    ]
    static let methods = AccessibilityMethod.all.map(\.name)

    private struct Answer {
        let scores: FeatureBatch
        let loads: FeatureBatch
        let tally: AccessibilityTally
    }

    private func answer(
        _ name: String, _ labs: [Position], _ supply: [Double], _ homes: [Position],
        _ demand: [Double], errors: (homes: [Double], labs: [Double]) = ([], []),
        accuracy: PositionAccuracy? = nil
    ) throws -> Answer {
        func batch(_ places: [Position], _ numbers: [Double], _ off: [Double]) -> FeatureBatch {
            FeatureBatch(points: places).with("n", .double(numbers.map { $0 }))
                .with("off", .double(places.indices.map { off.isEmpty ? 0 : off[$0] }))
        }
        let operation = try Accessibility(
            to: FacilityLayer(name: "labs", batch(labs, supply, errors.labs)),
            method: #require(AccessibilityMethod(named: name)), within: .metres(Self.limit),
            decay: Self.decays[name], weightField: "n", capacityField: "n", accuracy: accuracy)
        let homes = batch(homes, demand, errors.homes)
        var loads = AccessibilityLoads(of: operation)
        for part in homes.cut(into: 7) { loads.add(try operation.loads(of: part, layer: "homes")) }
        let scored = try operation.scores(of: homes, layer: "homes", under: loads)
        var tally = AccessibilityTally()
        tally.add(scored)
        return Answer(
            scores: scored.batch, loads: operation.facilities(under: loads), tally: tally)
    }

    @Test(arguments: methods)
    func `ranges hold all corners of the errors, and are them where the guide says so`(
        name: String
    ) throws {
        let isTight = !["3sfca", "bfca"].contains(name)
        var wide = 0
        for seed in 641..<649 as Range<UInt64> {
            let (labs, homes) = (
                PositionsInError(2, seed: seed), PositionsInError(4, seed: seed + 20)
            )
            let (supply, demand) = ([3.0, 5], [7.0, 2, 4, 1])
            let found = try answer(
                name, labs.positions, supply, homes.positions, demand,
                errors: ([0, 700, 300, 1500], [400, 1100]), accuracy: .field("off"))
            let box = homes.positions.enumerated().flatMap { i, home in
                labs.positions.enumerated().map { j, lab in
                    let d = karney(home, lab)
                    let e = [0.0, 700, 300, 1500][i] + [400.0, 1100][j]
                    return (low: max(0, d - e), high: d + e)
                }
            }
            let method = try #require(AccessibilityMethod(named: name))
            let decay = Self.decays[name] ?? method.usualDecay(within: .metres(Self.limit))
            let all = corners(box).map { metres in
                let plain = PlainCase(
                    demand: demand, supply: supply,
                    metres: (0..<4).map { i in (0..<2).map { metres[i * 2 + $0] } },
                    limit: Self.limit, decay: decay)
                return plain.access(name)
            }
            for row in 0..<4 {
                let least = all.map { $0[row] }.min() ?? 0
                let most = all.map { $0[row] }.max() ?? 0
                let low = try #require(found.scores.numbers("access_low")[row])
                let high = found.scores.numbers("access_high")[row] ?? .infinity
                #expect(low <= least + 1e-9 && high >= most - 1e-9)
                if isTight {
                    #expect(abs(low - least) < 1e-9 && abs(high - most) < 1e-9)
                }
                if high > low + 0.01 { wide += 1 }
            }
        }
        #expect(wide > 1)
    }

    @Test(arguments: methods)
    func `wherever things truly lie, accesses and loads lie within their ranges`(
        name: String
    ) throws {
        let (labs, homes) = (PositionsInError(9, seed: 651), PositionsInError(50, seed: 652))
        let supply = labs.positions.indices.map { Double($0 % 4) }
        let demand = homes.positions.indices.map { Double($0 % 5) }
        let judged = try answer(
            name, labs.positions, supply, homes.positions, demand,
            errors: (homes.errors, labs.errors), accuracy: .field("off"))
        let (low, high) = (
            judged.scores.numbers("access_low"), judged.scores.numbers("access_high")
        )
        let (least, most) = (judged.loads.numbers("load_low"), judged.loads.numbers("load_high"))
        let mean = try #require(judged.tally.meanRange)
        var random = SeededGenerator(seed: 653)
        var moved = 0.0
        for _ in 0..<20 {
            let truth = try answer(
                name, labs.moved(&random), supply, homes.moved(&random), demand)
            for (row, value) in truth.scores.numbers("access").enumerated() {
                let value = try #require(value)
                #expect(try #require(low[row]) <= value + 1e-9)
                #expect(high[row] ?? .infinity >= value - 1e-9)
                moved = max(
                    moved, abs(value - (judged.scores.numbers("access")[row] ?? .nan)))
            }
            for (row, value) in truth.loads.numbers("load").enumerated() {
                let value = try #require(value)
                #expect(try #require(least[row]) <= value + 1e-9)
                #expect(try #require(most[row]) >= value - 1e-9)
            }
            let total = try #require(truth.tally.summary()).mean
            #expect(mean.low <= total + 1e-9 && total <= mean.high + 1e-9)
        }
        #expect(moved > 0)
    }

    @Test(arguments: methods)
    func `exact positions give the plain answer`(name: String) throws {
        let (labs, homes) = (PositionsInError(6, seed: 661), PositionsInError(30, seed: 662))
        let found = try answer(
            name, labs.positions, labs.errors, homes.positions, homes.errors,
            accuracy: .metres(0))
        #expect(found.scores.numbers("access_low") == found.scores.numbers("access"))
        #expect(found.scores.numbers("access_high") == found.scores.numbers("access"))
    }

    @Test func `steps that rise have their extremes between the ends`() throws {
        let decay = DistanceDecay.steps([
            .init(upTo: .kilometres(4), weight: 0.6), .init(upTo: .kilometres(8), weight: 1),
            .init(upTo: .kilometres(12), weight: 0.2),
        ])
        let (home, lab) = (Position(127, 36), Position(127.067, 36))
        for (error, low, high) in [
            (500.0, 1.0, 1.0), (2500, 0.2, 1), (4000, 0.2, 1), (7000, 0, 1), (10_000, 0, 1),
        ] {
            let operation = try Accessibility(
                to: FacilityLayer(name: "labs", FeatureBatch(points: [lab])), method: .gravity,
                within: .kilometres(12), decay: decay,
                accuracy: .sides(moving: .metres(error), fixed: .metres(0)))
            let found = try operation.scores(of: FeatureBatch(points: [home]), layer: "homes")
            #expect(found.batch.numbers("access_low") == [low], "\(error)")
            #expect(found.batch.numbers("access_high") == [high], "\(error)")
        }
    }

    @Test func `what nothing bounds has no greatest access`() throws {
        // The one who weighs nothing shares with one who may be far away.
        let homes = [Position(127, 36), Position(127.1, 36)]
        let found = try answer(
            "g2sfca", [Position(127.01, 36)], [4], homes, [0, 3],
            errors: ([0, 9000], [0]), accuracy: .field("off"))
        let high = found.scores.numbers("access_high")
        #expect(high[0] == nil)
        // Who counts can have no more than all there is.
        #expect(abs((high[1] ?? 0) - 4.0 / 3) < 1e-9)
        #expect(found.scores.numbers("access_low")[0].map { $0 == 0 } == true)
    }
}
