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

struct EquityTests {
    private func tally(
        _ scores: [Double?], _ weights: [Double]? = nil, groups: [String?]? = nil
    ) throws -> EquityTally {
        var batch = FeatureBatch(points: scores.map { _ in nil }).with("y", .double(scores))
        if let weights { batch.set("n", .double(weights.map { $0 })) }
        if let groups { batch.set("g", .string(groups)) }
        let equity = Equity(
            of: "y", weightField: weights.map { _ in "n" }, groupField: groups.map { _ in "g" })
        var tally = EquityTally()
        for part in batch.cut(into: 7) { tally.add(try equity.measure(part, layer: "homes")) }
        return tally
    }

    /// Scores of persons, some of them 0.
    private static let persons: [Double] = {
        var random = SeededGenerator(seed: 331)
        return (0..<60).map { _ in max(0, Double.random(in: -1...9, using: &random)) }
    }()

    @Test func `coefficients are those of their definitions`() throws {
        let y = Self.persons
        let n = Double(y.count)
        let mean = y.reduce(0, +) / n
        let all = try tally(y).distribution()
        var gini = 0.0
        for a in y { for b in y { gini += abs(a - b) } }
        gini /= 2 * n * n * mean
        let theil = y.reduce(0) { $1 > 0 ? $0 + $1 / mean * log($1 / mean) : $0 } / n
        let hoover = y.reduce(0) { $0 + abs($1 - mean) } / (2 * n * mean)
        #expect(abs(try #require(all.gini) - gini) < 1e-13)
        #expect(abs(try #require(all.theil) - theil) < 1e-13)
        #expect(abs(try #require(all.hoover) - hoover) < 1e-13)
    }

    @Test func `one of n who has all is as unequal as can be`() throws {
        let all = try tally([0, 0, 0, 0, 8]).distribution()
        #expect(abs(try #require(all.gini) - 0.8) < 1e-15)
        #expect(abs(try #require(all.theil) - log(5)) < 1e-15)
        #expect(abs(try #require(all.hoover) - 0.8) < 1e-15)
        let same = try tally([3, 3, 3]).distribution()
        #expect(same.gini == 0 && same.theil == 0 && same.hoover == 0)
    }

    @Test func `a weight is as many persons of one score`() throws {
        let scores = [4.0, 0, 2, 5, 7]
        let weights = [1.0, 3, 2, 0, 2]
        let each = zip(scores, weights).flatMap { Array(repeating: $0, count: Int($1)) }
        let (once, expanded) = (
            try tally(scores, weights).distribution(), try tally(each).distribution()
        )
        for share in stride(from: 0, through: 1, by: 0.125) {
            #expect(
                abs(try #require(once.lorenz(share)) - #require(expanded.lorenz(share))) < 1e-14)
            #expect(once.quantile(share) == expanded.quantile(share))
        }
        #expect(abs(try #require(once.theil) - #require(expanded.theil)) < 1e-14)
        #expect(abs(try #require(once.hoover) - #require(expanded.hoover)) < 1e-14)
    }

    @Test func `the Lorenz curve rises from 0 to 1 below the diagonal and encloses Gini's area`()
        throws
    {
        let tally = try tally(Self.persons)
        let curve = tally.lorenz(steps: 60)
        let shares = curve.numbers("score_share").compactMap { $0 }
        #expect(shares.count == 61 && shares[0] == 0 && shares[60] == 1)
        #expect(zip(shares, shares.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(shares.enumerated().allSatisfy { $1 <= Double($0) / 60 + 1e-12 })
        let area = zip(shares, shares.dropFirst()).reduce(0) { $0 + ($1.0 + $1.1) / 120 }
        #expect(abs(1 - 2 * area - (try #require(tally.distribution().gini))) < 1e-12)
        // Steps that end at no person are straight between.
        #expect(try self.tally([1, 3]).lorenz(steps: 4).numbers("score_share")[1] == 0.125)
    }

    @Test func `what lies between groups and within them is the whole`() throws {
        let labels = Self.persons.indices.map { ["가", "나", nil][$0 % 5 % 3] }
        let weights = Self.persons.indices.map { Double($0 % 4) }
        let tally = try tally(Self.persons, weights, groups: labels)
        let groups = tally.groups()
        #expect(groups.map(\.label) == ["가", "나", nil])
        #expect(groups.reduce(0) { $0 + $1.count } == 60)
        let parts = try #require(EquityTally.decomposition(of: groups))
        let theil = try #require(tally.distribution().theil)
        #expect(abs(parts.between + parts.within - theil) < 1e-13)
        // Between: all have the mean of their group.
        let means = labels.map { label in groups.first { $0.label == label }?.scores.mean ?? 0 }
        let between = try #require(try self.tally(means, weights).distribution().theil)
        #expect(abs(parts.between - between) < 1e-13)
        #expect(parts.between > 0 && parts.within > 0)
        let table = EquityTally.table(of: groups)
        #expect(abs(table.numbers("score_share").reduce(0) { $0 + ($1 ?? 0) } - 1) < 1e-13)
    }

    @Test func `groups of the same mean have nothing between them`() throws {
        let tally = try tally([1, 3, 0, 4], groups: ["a", "a", "b", "b"])
        #expect(try #require(EquityTally.decomposition(of: tally.groups())).between < 1e-15)
    }

    @Test func `no scores, or none above 0, have no inequality`() throws {
        for scores in [[], [nil, nil], [0.0, 0, 0]] as [[Double?]] {
            let tally = try tally(scores, groups: scores.map { _ in "a" })
            let all = tally.distribution()
            #expect(all.gini == nil && all.theil == nil && all.hoover == nil)
            #expect(all.lorenz(0.5) == nil && tally.lorenz().count == 0)
            #expect(EquityTally.decomposition(of: tally.groups()) == nil)
            #expect(tally.unscored == scores.count { $0 == nil })
        }
        #expect(try tally([2, 3], [0, 0]).distribution().mean == nil)
    }

    @Test(arguments: [Value.double(-1), .double(.nan), .string("far")])
    func `a score that is no number of at least 0 is named with its feature`(value: Value) throws {
        var builder = ColumnBuilder()
        builder.append(1.5)
        builder.append(value)
        let batch = FeatureBatch(points: [nil, nil]).with("y", builder.finish())
        let error = #expect(throws: AnalysisError.self) {
            try Equity(of: "y").measure(batch, layer: "homes")
        }
        #expect(error?.code == .badField && error?.place == "homes, feature 2")
    }
}
