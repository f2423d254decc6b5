import TestSupport
import Testing

@testable import Siting

@Suite struct ScoringTests {
    func isNear(_ a: [Double], _ b: [Double], _ tolerance: Double) -> Bool {
        a.count == b.count && zip(a, b).allSatisfy { ($0 - $1).magnitude <= tolerance }
    }

    /// The choice of a fighter aircraft of Hwang and Yoon (1981): speed, range, payload, price,
    /// reliability, manoeuvrability.
    static func aircraft() throws -> CriteriaTable {
        try CriteriaTable(
            [
                Criterion("speed", .max, weight: 0.2), Criterion("range", .max, weight: 0.1),
                Criterion("payload", .max, weight: 0.1), Criterion("price", .min, weight: 0.1),
                Criterion("reliability", .max, weight: 0.2),
                Criterion("manoeuvrability", .max, weight: 0.3),
            ],
            [
                [2.0, 1500, 20000, 5.5, 5, 9], [2.5, 2700, 18000, 6.5, 3, 5],
                [1.8, 2000, 21000, 4.5, 7, 7], [2.2, 1800, 20000, 5.0, 5, 5],
            ])
    }

    @Test func `TOPSIS gives the closeness of Hwang and Yoon's aircraft`() throws {
        let scores = Scores(of: try Self.aircraft(), by: .topsis)
        // As printed, to three digits.
        #expect(isNear(scores.values, [0.643, 0.268, 0.613, 0.312], 1e-3))
        #expect(scores.ranks == [1, 4, 2, 3])
    }

    @Test func `comparisons give Saaty's weights and consistency`() throws {
        let comparison = try PairwiseComparison([
            [1, 3, 5], [1.0 / 3, 1, 3], [1.0 / 5, 1.0 / 3, 1],
        ])
        #expect(isNear(comparison.weights, [0.637, 0.258, 0.105], 5e-4))
        #expect((comparison.eigenvalue - 3.0385).magnitude < 1e-4)
        #expect((comparison.consistencyRatio - 0.033).magnitude < 5e-4)
        let agreed = try PairwiseComparison([[1, 2, 6], [0.5, 1, 3], [1.0 / 6, 1.0 / 3, 1]])
        #expect(isNear(agreed.weights, [0.6, 0.3, 0.1], 1e-12))
        #expect(agreed.consistencyRatio < 1e-12)
    }

    @Test func `VIKOR gives the compromise of Opricovic and Tzeng's mountain climber`() throws {
        let table = try CriteriaTable(
            [Criterion("risk", .min), Criterion("altitude", .max)],
            [[1, 3000], [2, 3750], [5, 4500]])
        let scores = Scores(of: table, by: .vikor)
        #expect(isNear(scores.values, [1, 0, 1], 1e-12))
        #expect(scores.ranks == [2, 1, 2])
    }

    @Test func `PROMETHEE II counts who is preferred to whom`() throws {
        var generator = SeededGenerator(seed: 12)
        for _ in 0..<50 {
            let table = try Self.table(&generator)
            let scores = Scores(of: table, by: .promethee)
            for own in table.values.indices {
                var flow = 0.0
                for other in table.values.indices where other != own {
                    for (place, criterion) in table.criteria.enumerated() {
                        let difference = table.values[own][place] - table.values[other][place]
                        let better = criterion.goal == .max ? difference : -difference
                        flow += criterion.weight * (better > 0 ? 1 : better < 0 ? -1 : 0)
                    }
                }
                flow /= Double(max(1, table.values.count - 1))
                #expect((scores.values[own] - flow).magnitude < 1e-12)
            }
            #expect(scores.values.reduce(0, +).magnitude < 1e-9)
        }
    }

    static func table(_ generator: inout SeededGenerator) throws -> CriteriaTable {
        let count = Int.random(in: 1...4, using: &generator)
        let criteria = try (0..<count).map {
            try Criterion(
                "k\($0)", Bool.random(using: &generator) ? .max : .min,
                weight: .random(in: 0.1...3, using: &generator))
        }
        let rows = Int.random(in: 1...7, using: &generator)
        return try CriteriaTable(
            criteria,
            (0..<rows).map { _ in
                (0..<count).map { _ in Double(Int.random(in: 0...5, using: &generator)) }
            })
    }

    @Test(arguments: [Scores.Method.weightedSum, .promethee])
    func `weights tell how far they may change before another wins`(
        method: Scores.Method
    ) throws {
        var generator = SeededGenerator(seed: 13)
        var narrow = 0
        for _ in 0..<200 {
            let table = try Self.table(&generator)
            guard table.criteria.count > 1 else { continue }
            let scores = Scores(of: table, by: method)
            let winner = try #require(scores.ranks.firstIndex(of: 1))
            guard scores.ranks.count(where: { $0 == 1 }) == 1 else { continue }
            let range = Scores.stableWeights(of: table, 0, by: method)
            if range != 0...1 { narrow += 1 }
            let others = table.criteria.dropFirst().reduce(0) { $0 + $1.weight }
            for step in 1..<20 {
                let weight = Double(step) / 20
                if (weight - range.lowerBound).magnitude < 1e-6 { continue }
                if (weight - range.upperBound).magnitude < 1e-6 { continue }
                var changed = table
                try changed.set(
                    [weight]
                        + table.criteria.dropFirst().map { $0.weight / others * (1 - weight) })
                let wins = Scores(of: changed, by: method).ranks[winner] == 1
                #expect(wins == range.contains(weight))
            }
        }
        #expect(narrow > 30)
    }

    @Test(arguments: [Scores.Method.topsis, .vikor, .orderedAverage])
    func `what wins within a range of weights loses just beyond it`(method: Scores.Method) throws {
        var generator = SeededGenerator(seed: 14)
        var narrow = 0
        for _ in 0..<200 {
            let table = try Self.table(&generator)
            let weight = table.criteria[0].weight
            func wins(_ candidate: Int, with own: Double) throws -> Bool {
                let rest = table.criteria.dropFirst().map { $0.weight / (1 - weight) * (1 - own) }
                var changed = table
                try changed.set([own] + rest)
                return Scores(of: changed, by: method, orness: 0.3).ranks[candidate] == 1
            }
            let ranks = Scores(of: table, by: method, orness: 0.3).ranks
            guard table.criteria.count > 1, ranks.count(where: { $0 == 1 }) == 1 else { continue }
            let winner = try #require(ranks.firstIndex(of: 1))
            let range = Scores.stableWeights(of: table, 0, by: method, orness: 0.3)
            #expect(range.contains(weight) && (0...1).contains(range.lowerBound))
            for step in -256...256 {
                let own = weight + Double(step) / 256
                guard range.contains(own) else { continue }
                #expect(try wins(winner, with: own))
            }
            for beyond in [range.lowerBound - 1e-6, range.upperBound + 1e-6]
            where (0...1).contains(beyond) {
                #expect(try !wins(winner, with: beyond))
                narrow += 1
            }
        }
        #expect(narrow > 30)
    }

    @Test func `what tells nothing apart has no weight, and what others say has less`() throws {
        let table = try CriteriaTable(
            [Criterion("same", .max), Criterion("a", .max), Criterion("b", .min)],
            [[3, 1, 9], [3, 2, 4], [3, 6, 1]])
        for weighted in [try table.weightedByEntropy(), try table.weightedByCRITIC()] {
            #expect(weighted.criteria[0].weight.magnitude < 1e-12)
            #expect((weighted.criteria.reduce(0) { $0 + $1.weight } - 1).magnitude < 1e-12)
        }
        // Entropy by hand: 1 − Σ −p ln p / ln 3 with p = 1/9, 2/9, 6/9 and 9/14, 4/14, 1/14.
        let entropy = try table.weightedByEntropy().criteria.map(\.weight)
        let (a, b) = (1 - 0.8486856 / 1.0986123, 1 - 0.8304717 / 1.0986123)
        #expect(isNear(entropy, [0, a / (a + b), b / (a + b)], 1e-6))
        let alike = try CriteriaTable(
            [Criterion("a", .max), Criterion("a again", .max), Criterion("other", .max)],
            [[0, 0, 1], [1, 1, 0], [2, 2, 2], [3, 3, 0]])
        let critic = try alike.weightedByCRITIC().criteria.map(\.weight)
        #expect((critic[0] - critic[1]).magnitude < 1e-12)
        #expect(critic[2] > critic[0])
    }

    @Test func `bad criteria are refused by name`() throws {
        func code(_ work: () throws -> Void) -> String? {
            do {
                try work()
                return nil
            } catch let error as SitingError { return error.code.name } catch { return "\(error)" }
        }
        let one = try Criterion("a", .max)
        #expect(code { _ = try CriteriaTable([], [[]]) } == "empty")
        #expect(code { _ = try CriteriaTable([one], []) } == "empty")
        #expect(code { _ = try CriteriaTable([one, one], [[1, 2]]) } == "duplicate-id")
        #expect(code { _ = try CriteriaTable([one], [[.nan]]) } == "bad-cost")
        #expect(code { _ = try Criterion("a", .max, weight: -1) } == "bad-weight")
        #expect(
            code { _ = try CriteriaTable([try Criterion("a", .max, weight: 0)], [[1]]) }
                == "bad-weight")
        #expect(code { _ = try PairwiseComparison([[1, 2], [2, 1]]) } == "bad-weight")
        #expect(
            code { _ = try CriteriaTable([one], [[-1], [2]]).weightedByEntropy() }
                == "bad-weight")
    }
}
