import TestSupport
import Testing

@testable import Siting

@Suite struct ExhaustiveTests {
    static let models = ["p-median", "p-center", "lscp", "mclp", "uflp"]

    /// The options of a draw, each together with every other.
    struct Options: Sendable, CustomTestStringConvertible {
        let density: Double
        let isWhole: Bool
        let hasRules: Bool
        var testDescription: String {
            "\(density) \(isWhole ? "whole" : "real")\(hasRules ? " rules" : "")"
        }

        static let all = [1.0, 0.6, 0.3].flatMap { density in
            [true, false].flatMap { isWhole in
                [true, false].map { Options(density: density, isWhole: isWhole, hasRules: $0) }
            }
        }
    }

    @Test(arguments: models, Options.all)
    func `the best choice is that of trying all, proven, and the proof holds`(
        name: String, options: Options
    ) throws {
        var generator = SeededGenerator(seed: 41)
        for _ in 0..<40 {
            let small = try SmallProblem(
                &generator, density: options.density, isWhole: options.isWhole,
                hasRules: options.hasRules)
            let model = try SitingModel(
                name: name, p: ["lscp", "uflp"].contains(name) ? nil : small.p)
            let best = small.best(model)
            let solution = try small.problem.solve(model)
            #expect(isSame(solution.objective, best), "\(small.table) \(small.problem.rules)")
            #expect(solution.status == (best == nil ? .infeasible : .optimal))
            #expect(best == nil || isSame(solution.bound, best))
            let verification = try SitingVerification(of: .init(solution), model, small.problem)
            #expect(
                verification.holds,
                "\(verification.checks.filter { !$0.holds }) p \(small.p) \(small.table)"
            )
        }
    }

    @Test(arguments: models)
    func `a bound that is too good is not proven`(name: String) throws {
        var generator = SeededGenerator(seed: 43)
        var refused = 0
        for _ in 0..<60 {
            let small = try SmallProblem(
                &generator, density: 0.7, isWhole: false, hasRules: false)
            let model = try SitingModel(
                name: name, p: ["lscp", "uflp"].contains(name) ? nil : small.p)
            let solution = try small.problem.solve(model)
            guard let objective = solution.objective, objective > 0 else { continue }
            var claim = SitingVerification.Claim(solution)
            claim.bound = model.isMaximal ? objective * 0.99 : objective * 1.01 + 1e-9
            let verification = try SitingVerification(of: claim, model, small.problem)
            #expect(!verification.holds)
            refused += 1
        }
        #expect(refused > 20)
    }
}
