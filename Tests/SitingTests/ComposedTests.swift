import TestSupport
import Testing

@testable import Siting

/// Whether the general solver is there; tests that need it say so and pass where it is not.
func hasSolver() -> Bool {
    if CBCEngine.found != nil { return true }
    print("skipped: there is no program cbc (apt-get install coinor-cbc)")
    return false
}

@Suite struct ComposedTests {
    /// A model with what it needs.
    static func model(_ name: String, p: Int) throws -> SitingModel {
        try SitingModel(
            name: name, p: SitingModel.namesWithoutNumber.contains(name) ? nil : p,
            backup: name == "bacop2" ? 0.4 : nil, busy: name == "mexclp" ? 0.3 : nil,
            discount: name == "p-hub-median" ? 0.6 : nil)
    }

    /// How far the general solver's answers may lie off, as a part of them.
    static let tolerance = 1e-6

    static func isSame(_ a: Double?, _ b: Double?) -> Bool {
        guard let a, let b else { return a == nil && b == nil }
        return (a - b).magnitude <= tolerance * max(1, a.magnitude, b.magnitude)
    }

    private func check(
        _ name: String, draws: Int, hasRequirements: Bool, hasCapacities: Bool = false
    ) throws {
        var generator = SeededGenerator(seed: 51)
        var feasible = 0
        for draw in 0..<draws {
            let small = try ComposedProblem(
                &generator, for: name, hasRequirements: hasRequirements,
                hasCapacities: hasCapacities)
            let model = try Self.model(name, p: small.p)
            let best = small.best(model)
            let solution = try small.problem.solve(model)
            #expect(Self.isSame(solution.objective, best), "draw \(draw) of \(name)")
            #expect(solution.status == (best == nil ? .infeasible : .optimal), "draw \(draw)")
            if best != nil { feasible += 1 }
            let verification = try SitingVerification(of: .init(solution), model, small.problem)
            #expect(
                verification.holds,
                "draw \(draw) of \(name): \(verification.checks.filter { !$0.holds })")
        }
        #expect(feasible > 0)
    }

    @Test(arguments: [
        "backup-lscp", "bacop1", "bacop2", "mexclp", "p-dispersion", "max-sum-dispersion",
        "p-hub-median", "huff",
    ])
    func `the best choice of a model is that of trying all`(name: String) throws {
        guard name == "p-dispersion" || hasSolver() else { return }
        try check(name, draws: 8, hasRequirements: false)
    }

    @Test(arguments: SitingModel.names)
    func `with requirements it is that of trying all`(name: String) throws {
        guard hasSolver() else { return }
        try check(name, draws: 10, hasRequirements: true)
    }

    @Test(arguments: ["p-median", "uflp", "lscp", "mclp"])
    func `with capacities it is that of trying all`(name: String) throws {
        guard hasSolver() else { return }
        try check(name, draws: 10, hasRequirements: false, hasCapacities: true)
        try check(name, draws: 10, hasRequirements: true, hasCapacities: true)
    }

    @Test(arguments: ["p-center", "p-dispersion", "mclp"])
    func `an answer says that the solver decided it`(name: String) throws {
        guard hasSolver() else { return }
        var generator = SeededGenerator(seed: 52)
        let small = try ComposedProblem(&generator, for: name, hasRequirements: false)
        var asked = SitingRequirements()
        asked.siteCosts = small.problem.candidateIDs.map { _ in 1 }
        asked.budget = 100
        let model = try Self.model(name, p: small.p)
        let alone = try small.problem.solve(model)
        let solution = try small.problem.with(asked).solve(model)
        #expect(!alone.method.contains("CBC") && solution.method.contains("CBC"))
        #expect(Self.isSame(alone.objective, solution.objective))
    }
}
