import TestSupport
import Testing

@testable import Siting

@Suite struct InfeasibilityTests {
    /// Whether so many sites can serve some demand, by trying all.
    private func canServe(_ demand: [Int], _ p: Int, _ small: SmallProblem) -> Bool {
        let candidates = small.problem.candidateIDs.count
        return (0..<(1 << candidates)).contains { bits in
            let chosen = (0..<candidates).filter { bits >> $0 & 1 == 1 }
            return chosen.count == p
                && demand.allSatisfy { i in chosen.contains { small.table[i][$0] != nil } }
        }
    }

    @Test func `a conflict is irreducible, and what would be enough is enough and least`() throws {
        var generator = SeededGenerator(seed: 77)
        var seen = 0
        for _ in 0..<150 {
            let small = try SmallProblem(
                &generator, density: 0.35, isWhole: true, hasRules: false)
            let model = SitingModel.pMedian(p: small.p)
            let all = small.table.indices.filter { small.problem.weights[$0] > 0 }
            guard try small.problem.solve(model).status == .infeasible else {
                #expect(canServe(all, small.p, small))
                continue
            }
            seen += 1
            #expect(!canServe(all, small.p, small))
            let reasons = try small.problem.explainInfeasibility(of: model)
            #expect(!reasons.conflicting.isEmpty)
            #expect(!canServe(reasons.conflicting, small.p, small))
            for left in reasons.conflicting {
                #expect(canServe(reasons.conflicting.filter { $0 != left }, small.p, small))
            }
            let candidates = small.problem.candidateIDs.count
            let enough = (1...candidates).first { canServe(all, $0, small) }
            #expect(reasons.enoughSites == enough)
        }
        #expect(seen > 40)
    }

    @Test func `the least reach that is enough is found in the problem with all pairs`() throws {
        var generator = SeededGenerator(seed: 78)
        var seen = 0
        for _ in 0..<60 {
            let small = try SmallProblem(&generator, density: 1, isWhole: true, hasRules: false)
            let near = try small.problem.within(6)
            for model in [SitingModel.pMedian(p: small.p), .setCovering] {
                guard try near.solve(model).status == .infeasible else { continue }
                seen += 1
                let reach = try near.explainInfeasibility(of: model, wide: small.problem)
                    .enoughReach
                let least = (0...20).map(Double.init).first {
                    (try? small.problem.within($0).solve(model).status) == .optimal
                }
                #expect(reach == least)
            }
        }
        #expect(seen > 20)
    }
}
