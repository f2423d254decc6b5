import Geometry
import TestSupport
import Testing

@testable import Siting

@Suite struct NearOptimalTests {
    private static let composed = ["backup-lscp", "bacop1"]

    @Test(
        arguments: ["p-median", "lscp", "mclp", "uflp", "p-center", "p-dispersion"] + composed)
    func `the best choices that differ are those of trying all`(name: String) throws {
        let isComposed = Self.composed.contains(name)
        guard !isComposed || hasSolver() else { return }
        var generator = SeededGenerator(seed: 61)
        var several = 0
        for draw in 0..<(isComposed ? 8 : 25) {
            let small = try ComposedProblem(&generator, for: name, hasRequirements: false)
            let model = try ComposedTests.model(name, p: small.p)
            let solution = try small.problem.solve(model)
            guard let best = solution.objective else { continue }
            let near = try #require(
                try NearOptimal(of: solution, in: small.problem, count: 6, within: 0.25))
            let limit = best * (model.isMaximal ? 0.75 : 1.25)
            let all = small.choices(model).filter {
                model.isMaximal ? $0.value >= limit - 1e-7 : $0.value <= limit + 1e-7
            }.sorted { model.isMaximal ? $0.value > $1.value : $0.value < $1.value }
            #expect(near.portfolios.count == min(6, all.count), "\(draw)")
            for (found, expected) in zip(near.portfolios, all) {
                #expect(ComposedTests.isSame(found.objective, expected.value))
            }
            #expect(Set(near.portfolios.map(\.chosen)).count == near.portfolios.count)
            #expect(near.isComplete == (all.count < 6))
            let inAll = solution.chosen.filter { site in
                all.allSatisfy { $0.chosen.contains(site) }
            }
            #expect(near.robust == inAll)
            if all.count > 1 { several += 1 }
        }
        #expect(several > 3)
    }

    @Test func `with requirements they are those of trying all too`() throws {
        guard hasSolver() else { return }
        var generator = SeededGenerator(seed: 62)
        for _ in 0..<6 {
            let small = try ComposedProblem(&generator, for: "mexclp", hasRequirements: true)
            let model = try ComposedTests.model("mexclp", p: small.p)
            let solution = try small.problem.solve(model)
            guard solution.objective != nil else { continue }
            let near = try #require(
                try NearOptimal(of: solution, in: small.problem, count: 3, within: 10))
            let all = small.choices(model).map(\.value).sorted(by: >)
            #expect(near.portfolios.count == min(3, all.count))
            for (found, expected) in zip(near.portfolios, all) {
                #expect(ComposedTests.isSame(found.objective, expected))
            }
        }
    }

    @Test func `of a choice that is not proven to be the best no others are told`() throws {
        var generator = SeededGenerator(seed: 65)
        let small = try ComposedProblem(&generator, for: "p-median", hasRequirements: false)
        let best = try small.problem.solve(.pMedian(p: small.p))
        let other = SitingSolution(
            .pMedian(p: small.p), small.problem, status: .interrupted, chosen: best.chosen,
            bound: 0, nodes: 1, certificate: nil)
        #expect(try NearOptimal(of: other, in: small.problem, count: 3, within: 1) == nil)
        #expect(try SitingTolerances(of: other, in: small.problem) == nil)
        #expect(SitingTolerances.reason(other, in: small.problem) != nil)
    }

    @Test func `without time the best choice is told, and that the time was up`() throws {
        var generator = SeededGenerator(seed: 66)
        let small = try ComposedProblem(&generator, for: "p-median", hasRequirements: false)
        let best = try small.problem.solve(.pMedian(p: 1))
        var options = SitingOptions()
        options.timeLimit = 1e-9
        let near = try #require(
            try NearOptimal(of: best, in: small.problem, count: 3, within: 1, options))
        #expect(near.portfolios.map(\.chosen) == [best.chosen])
        #expect(near.isInterrupted && !near.isComplete && near.robust.isEmpty)
        let tolerances = try #require(
            try SitingTolerances(of: best, in: small.problem, options))
        #expect(tolerances.isInterrupted && tolerances.tolerances.isEmpty)
    }
}
