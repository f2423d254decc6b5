import Geometry
import TestSupport
import Testing

@testable import Siting

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How candidates and competitors share demand by Huff's model.
@Suite struct MarketTests {
    /// One demand, candidates and competitors at some distances, all of the same attraction.
    private static func problem(
        _ distances: [Double], rivals: [Double], exponent: Double
    ) throws -> SitingProblem {
        try SitingProblem(
            demandIDs: ["d"], candidateIDs: distances.indices.map { "c\($0)" }, weights: [8],
            costs: NeighbourRows([distances])
        ).with(
            attractions: distances.map { _ in 1 }, rivals: NeighbourRows([rivals]),
            rivals.map { _ in 1 }, exponent: exponent, floor: 1)
    }

    private static func drawn(_ chosen: [Int], _ problem: SitingProblem) -> Double {
        Service(of: chosen, in: problem).objective(of: .huff(p: chosen.count))
    }

    @Test func `pulls that are far below the strongest still share what that leaves`() throws {
        // The first draws e to the power of 1,380 times as strongly as the second.
        let problem = try Self.problem([100, 10_000], rivals: [10_000], exponent: 300)
        #expect(Self.drawn([0], problem) == 8)
        #expect(isSame(Self.drawn([1], problem), 4))
        #expect(Self.drawn([0, 1], problem) == 8)
        // Where nobody else draws, any site draws all.
        let alone = try Self.problem([100, 10_000], rivals: [], exponent: 300)
        #expect(Self.drawn([1], alone) == 8)
        let weak = try Self.problem([10_000, 100], rivals: [100, 100], exponent: 300)
        #expect(Self.drawn([0], weak) == 0)
        #expect(isSame(Self.drawn([1], weak), 8.0 / 3))
        guard hasSolver() else { return }
        for (number, share) in [(0, 8.0), (1, 4.0)] {
            let asked = try problem.with(forced: ["c\(number)"], forbidden: [])
            let solution = try asked.solve(.huff(p: 1))
            #expect(ComposedTests.isSame(solution.objective, share))
            #expect(try SitingVerification(of: .init(solution), .huff(p: 1), asked).holds)
        }
    }

    @Test func `shares are those of logarithms, however steep`() throws {
        var generator = SeededGenerator(seed: 61)
        for exponent in [0.5, 2, 40, 900, 1e5] {
            for _ in 0..<20 {
                func places() -> [Double] {
                    (0..<3).map { _ in Double.random(in: 1...1e5, using: &generator) }
                }
                let (own, rivals) = (places(), places())
                let problem = try Self.problem(own, rivals: rivals, exponent: exponent)
                let chosen = [0, 2]
                let all = chosen.map { own[$0] } + rivals
                let nearest = all.min() ?? 1
                func sum(_ distances: [Double]) -> Double {
                    distances.reduce(0) { $0 + exp(-exponent * log($1 / nearest)) }
                }
                let expected = 8 * sum(chosen.map { own[$0] }) / sum(all)
                #expect((Self.drawn(chosen, problem) - expected).magnitude < 1e-8)
            }
        }
    }

    @Test func `an exponent of which no pull is a number is refused`() {
        #expect {
            try Self.problem([100], rivals: [200], exponent: 1e308)
        } throws: { error in
            (error as? SitingError)?.code == .badArgument
        }
    }
}
