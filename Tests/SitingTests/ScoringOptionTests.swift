import Features
import Geometry
import TestSupport
import Testing

@testable import Siting

@Suite struct ScoringOptionTests {
    func isNear(_ a: [Double], _ b: [Double], _ tolerance: Double) -> Bool {
        a.count == b.count && zip(a, b).allSatisfy { ($0 - $1).magnitude <= tolerance }
    }

    /// Values that are worth what they are.
    static func worth() throws -> Criterion.Scale {
        .function(
            try ValueFunction([.init(at: 0, worth: 0), .init(at: 1, worth: 1)]))
    }

    @Test func `values are scaled by range, deviations, a target or a function`() throws {
        let function = try ValueFunction([
            .init(at: 2, worth: 1), .init(at: 4, worth: 0.5), .init(at: 8, worth: 0),
        ])
        let table = try CriteriaTable(
            [
                Criterion("range", .min), Criterion("z", .max, scale: .deviations),
                Criterion("z down", .min, scale: .deviations),
                Criterion("target", .max, scale: .target(4)),
                Criterion("function", .min, scale: .function(function)),
            ],
            [2.0, 4, 4, 4, 5, 5, 7, 9].map { [$0, $0, $0, $0, $0] })
        // The mean is 5 and the deviation 2.
        #expect(table.scaled(1) == [-1.5, -0.5, -0.5, -0.5, 0, 0, 1, 2])
        #expect(table.scaled(2) == table.scaled(1).map { -$0 })
        #expect(isNear(table.scaled(0), [7, 5, 5, 5, 4, 4, 2, 0].map { $0 / 7 }, 1e-15))
        #expect(isNear(table.scaled(3), [3, 5, 5, 5, 4, 4, 2, 0].map { $0 / 5 }, 1e-15))
        #expect(
            isNear(table.scaled(4), [1, 0.5, 0.5, 0.5, 0.375, 0.375, 0.125, 0], 1e-15))
        #expect(function.value(at: -3) == 1 && function.value(at: 3) == 0.75)
        let same = try CriteriaTable([Criterion("z", .max, scale: .deviations)], [[3], [3]])
        #expect(same.scaled(0) == [0, 0])
    }

    /// "Most" criteria, Q(r) = r², with weights 1, 0.6, 0.5 and 0.9: of the values 0.7, 1, 0.5 and 0.6
    /// the best, 1, counts (0.6/3)² = 0.04, then 0.7 (1.6/3)² − 0.04, and so on.
    @Test func `the ordered average is what Yager's formula gives by hand`() throws {
        let scale = try Self.worth()
        let table = try CriteriaTable(
            zip(["a", "b", "c", "d"], [1, 0.6, 0.5, 0.9]).map {
                try Criterion($0, .max, weight: $1, scale: scale)
            }, [[0.7, 1, 0.5, 0.6], [0.6, 0.3, 0.9, 1]])
        let most = Scores(of: table, by: .orderedAverage, orness: 1.0 / 3)
        #expect(isNear(most.values, [0.6098888888888889, 0.5663333333333332], 1e-12))
        let sum = Scores(of: table, by: .weightedSum)
        #expect(
            isNear(Scores(of: table, by: .orderedAverage).values, sum.values, 1e-12))
        #expect(Scores(of: table, by: .orderedAverage, orness: 1).values == [1, 1])
        #expect(Scores(of: table, by: .orderedAverage, orness: 0).values == [0.5, 0.3])
    }

    @Test func `more orness never lowers an average`() throws {
        var generator = SeededGenerator(seed: 91)
        for _ in 0..<100 {
            let table = try ScoringTests.table(&generator)
            var before = [Double](repeating: -1, count: table.values.count)
            for step in 0...10 {
                let now = Scores(of: table, by: .orderedAverage, orness: Double(step) / 10).values
                #expect(zip(before, now).allSatisfy { $0 <= $1 + 1e-12 })
                before = now
            }
        }
    }

    @Test(arguments: Scores.Method.allCases)
    func `parts add up to the score`(method: Scores.Method) throws {
        var generator = SeededGenerator(seed: 92)
        for _ in 0..<100 {
            let table = try ScoringTests.table(&generator)
            let scores = Scores(of: table, by: method, orness: 0.3)
            for (value, parts) in zip(scores.values, scores.parts) {
                #expect(parts.count == table.criteria.count)
                #expect((parts.reduce(0, +) - value).magnitude < 1e-12)
            }
        }
    }

    @Test func `swings of 100, 80 and 20 points weigh a half, two fifths and a tenth`() throws {
        let table = try CriteriaTable(
            [Criterion("a", .max), Criterion("b", .min), Criterion("c", .max)], [[1, 2, 3]])
        let weights = try table.weightedBySwing([100, 80, 20]).criteria.map(\.weight)
        #expect(weights == [0.5, 0.4, 0.1])
        #expect(throws: SitingError.self) { try table.weightedBySwing([90, 80, 20]) }
        #expect(throws: SitingError.self) { try table.weightedBySwing([100, 180, 20]) }
    }

    @Test func `the front is what comparing all with all leaves`() throws {
        var generator = SeededGenerator(seed: 93)
        for _ in 0..<300 {
            let table = try ScoringTests.table(&generator)
            func dominates(_ a: Int, _ b: Int) -> Bool {
                let pairs = zip(table.criteria, zip(table.values[a], table.values[b])).map {
                    $0.goal == .max ? $1 : ($1.1, $1.0)
                }
                return pairs.allSatisfy { $0.0 >= $0.1 } && pairs.contains { $0.0 > $0.1 }
            }
            let found = ParetoFront.dominators(of: table)
            let rows = table.values.indices
            let front = rows.filter { row in !rows.contains { dominates($0, row) } }
            for row in rows {
                #expect(found[row] == front.first { dominates($0, row) })
            }
        }
    }

    /// With two criteria the weight w of the first is even between 0 and 1: a scores w, b 1 − w, and c
    /// 0.6, so that a is first for w > 0.6, b for w < 0.4, and c between.
    @Test func `acceptability agrees with intervals of weights worked out by hand`() throws {
        let scale = try Self.worth()
        let table = try CriteriaTable(
            [Criterion("x", .max, scale: scale), Criterion("y", .max, weight: 9, scale: scale)],
            [[1, 0], [0, 1], [0.6, 0.6], [0.1, 0.1]])
        let draws = 8000
        let found = try RankAcceptability(of: table, draws: draws, seed: 5)
        // Four standard errors of a share.
        let tolerance = 4 * (0.25 / Double(draws)).squareRoot()
        #expect(isNear(found.first, [0.4, 0.4, 0.2, 0], tolerance))
        // The last is third where one of the first two is below 0.1, as both never are.
        #expect(isNear(found.firstThree, [0.9, 0.9, 1, 0.2], tolerance))
        // a is first for 0.4 of the weights, second for 0.1, third for 0.4 and fourth for 0.1.
        #expect(isNear(found.meanRank, [2.2, 2.2, 1.8, 3.8], 4 * tolerance))
        #expect(isNear(found.centralWeights[0] ?? [], [0.8, 0.2], tolerance))
        #expect(isNear(found.centralWeights[2] ?? [], [0.5, 0.5], tolerance))
        #expect(found.centralWeights[3] == nil)
        let again = try (0..<3).map { try RankAcceptability(of: table, draws: 300, seed: $0 / 2) }
        #expect(again[0] == again[1])
        #expect(again[0].first != again[2].first)
        #expect(throws: SitingError.self) { try RankAcceptability(of: table, draws: 0) }
    }

    @Test(arguments: Scores.Method.allCases)
    func `acceptability is that of the method`(method: Scores.Method) throws {
        let table = try CriteriaTable(
            [Criterion("x", .max), Criterion("y", .max)],
            [[9, 1], [1, 9], [6, 6], [7, 4], [3, 8]])
        // Of two criteria the weight of the first is drawn evenly between 0 and 1.
        let steps = 2000
        var first = [Double](repeating: 0, count: 5)
        for step in 0..<steps {
            let weight = (Double(step) + 0.5) / Double(steps)
            var changed = table
            try changed.set([weight, 1 - weight])
            let ranks = Scores(of: changed, by: method, orness: 0.2).ranks
            for row in first.indices where ranks[row] == 1 { first[row] += 1 / Double(steps) }
        }
        let draws = 4000
        let found = try RankAcceptability(
            of: table, by: method, orness: 0.2, draws: draws, seed: 6)
        #expect(isNear(found.first, first, 4 * (0.25 / Double(draws)).squareRoot()))
        let sum = try RankAcceptability(of: table, draws: draws, seed: 6)
        #expect((found.first == sum.first) == (method == .weightedSum))
    }

    @Test func `equal candidates stand in the order of their identifiers`() throws {
        var batch = FeatureBatch(
            geometry: GeometryColumn((0..<4).map { _ in Shape.point(Position(127, 36)) }),
            ids: .string(["d", "b", "c", "a"]))
        batch.set("v", .int([1, 2, 2, 1]))
        batch.set("u", .int([1, 2, 2, 0]))
        var extras = ScoredLayer.Extras()
        extras.tellsPareto = true
        extras.draws = 10
        let scored = try ScoredLayer(
            batch, layer: "s", by: [Criterion("v", .max), Criterion("u", .max, weight: 0)],
            .weightedSum, extras: extras)
        #expect(scored.order == [1, 2, 3, 0])
        #expect((0..<4).map { scored.batch["dominated_by"]?[$0].text } == ["b", nil, nil, "b"])
        #expect(scored.batch["first_share"]?.number(1) == 1)
        #expect(scored.batch["score_v"]?.number(1) == 1)
    }

    @Test func `value functions that are none are refused`() throws {
        for places in [
            [(0.0, 1.0)], [(0, 1), (0, 0)], [(3, 1), (2, 0)], [(0, 1), (1, 1.5)],
            [(0, -1), (1, 1)],
        ] {
            #expect(throws: SitingError.self) {
                try ValueFunction(places.map { .init(at: $0.0, worth: $0.1) })
            }
        }
    }
}
