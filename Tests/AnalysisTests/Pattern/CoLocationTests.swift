import Analysis
import Geometry
import TestSupport
import Testing

struct CoLocationTests {
    private static let square = Shape.polygon([box(127, 36, 127.5, 36.4)])
    private static let distances = [1.0, 3, 6].map { Distance.kilometres($0) }

    private static func thrown(_ count: Int, seed: UInt64) -> [Position] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { _ in random.position(127...127.5, 36...36.4) }
    }

    /// Places of a second kind, each a little away from one of the first.
    private static func beside(_ places: [Position]) -> [Position] {
        places.prefix(30).map { Position(min(127.5, $0.x + 0.004), $0.y) }
    }

    private func judge(
        _ first: [Position], _ second: [Position], _ chance: CoLocation.Chance = .uniform,
        simulations: Int = 39, tasks: Int = 2
    ) async throws -> [CoLocation.Row] {
        try await CoLocation(of: first, with: second, in: StudyRegion(Self.square)).judge(
            within: Self.distances, chance: chance, simulations: simulations, seed: 5,
            tasks: tasks)
    }

    @Test func `what is observed is what a full scan finds`() async throws {
        let (first, second) = (Self.thrown(40, seed: 511), Self.thrown(25, seed: 512))
        let area = Self.square.geodesicArea
        for row in try await judge(first, second) {
            let counts = first.map { a in
                second.count { karney(a, $0) <= row.distance.metres }
            }
            let k = area * Double(counts.reduce(0, +)) / (40 * 25)
            #expect(abs(row.k.observed - k) <= 1e-9 * k)
            #expect(row.share.observed == Double(counts.count { $0 > 0 }) / 40)
        }
    }

    @Test func `what stands beside each other lies together, what was thrown is chance`()
        async throws
    {
        let first = Self.thrown(40, seed: 513)
        for chance in CoLocation.Chance.allCases {
            let together = try await judge(first, Self.beside(first), chance)
            #expect(together[0].share.verdict == .above && together[0].k.verdict == .above)
            #expect(together[0].share.p == 2.0 / 40)
            let apart = try await judge(first, Self.thrown(30, seed: 514), chance)
            #expect(apart.allSatisfy { $0.share.verdict == .chance && $0.k.p > 0.05 })
        }
    }

    @Test func `labels dealt out anew give on the mean what all pairs give`() async throws {
        // In one corner only, so that places thrown anywhere would be farther apart.
        let all = Self.thrown(50, seed: 515).map {
            Position(127 + ($0.x - 127) / 3, 36 + ($0.y - 36) / 3)
        }
        let rows = try await judge(
            Array(all[..<20]), Array(all[20...]), .labels, simulations: 150)
        let area = Self.square.geodesicArea
        for row in rows {
            var pairs = 0
            for (i, a) in all.enumerated() {
                for (j, b) in all.enumerated() where i != j && karney(a, b) <= row.distance.metres {
                    pairs += 1
                }
            }
            let expected = area * Double(pairs) / (50 * 49)
            #expect(abs(row.k.mean / expected - 1) < 0.08)
        }
        let uniform = try await judge(Array(all[..<20]), Array(all[20...]), .uniform)
        #expect(uniform[0].k.verdict == .above && rows[0].k.verdict == .chance)
    }

    @Test func `tasks change nothing`() async throws {
        let (first, second) = (Self.thrown(20, seed: 516), Self.thrown(15, seed: 517))
        for chance in CoLocation.Chance.allCases {
            let one = try await judge(first, second, chance, tasks: 1)
            for tasks in [2, 8] {
                #expect(try await judge(first, second, chance, tasks: tasks) == one)
            }
        }
    }

    @Test func `a kind of which none lies in the region is an error`() throws {
        let region = try StudyRegion(Self.square)
        let error = #expect(throws: AnalysisError.self) {
            try CoLocation(of: Self.thrown(3, seed: 1), with: [Position(120, 30)], in: region)
        }
        #expect(error?.code == .empty)
        #expect(throws: AnalysisError.self) { try CoLocation(of: [], with: [], in: region) }
    }
}
