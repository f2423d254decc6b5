import Geometry
import TestSupport
import Testing

@testable import Siting

/// What is there before the general solver begins.
@Suite struct BeginningTests {
    private static var later: ContinuousClock.Instant { .now + .seconds(1000) }

    /// The answer to a question whose time is up before the solver has said anything.
    private static func interrupted(
        _ problem: SitingProblem, _ model: SitingModel
    ) throws -> SitingSolution {
        let first = FirstAnswer(model, problem, until: later)
        return try problem.answer(
            SitingFormulation(model, problem), MIPOutcome(ending: .interrupted),
            (first.choice, first.proof), FirstAnswer.method, by: "CBC", whole: problem)
    }

    @Test(arguments: [
        "p-median", "uflp", "lscp", "mclp", "bacop1", "bacop2", "mexclp", "huff", "p-hub-median",
    ])
    func `a time limit that is up at once ends with a choice and an honest bound`(
        name: String
    ) throws {
        var generator = SeededGenerator(seed: 71)
        let canHaveCapacities = ["p-median", "uflp", "lscp", "mclp"].contains(name)
        var (feasible, found) = (0, 0)
        for draw in 0..<40 {
            let small = try ComposedProblem(
                &generator, for: name, hasRequirements: true,
                hasCapacities: canHaveCapacities && draw % 2 == 0)
            let model = try ComposedTests.model(name, p: small.p)
            let best = small.best(model)
            let solution = try Self.interrupted(small.problem, model)
            if let best {
                feasible += 1
                let slack = 1e-9 * max(1, best.magnitude)
                let sign: Double = model.isMaximal ? -1 : 1
                let bound = try #require(solution.bound)
                #expect(sign * bound <= sign * best + slack, "draw \(draw)")
                if let objective = solution.objective {
                    #expect(sign * objective >= sign * best - slack, "draw \(draw)")
                }
            } else {
                #expect(solution.objective == nil, "draw \(draw)")
            }
            guard solution.objective != nil else { continue }
            found += 1
            let verification = try SitingVerification(of: .init(solution), model, small.problem)
            #expect(verification.holds, "\(draw): \(verification.checks.filter { !$0.holds })")
        }
        #expect(feasible > 5 && found * 4 > feasible * 3, "\(found) of \(feasible)")
    }

    @Test(arguments: ["p-median", "uflp", "mclp", "lscp"])
    func `divided demand has a choice before the solver begins`(name: String) throws {
        var generator = SeededGenerator(seed: 72)
        let points = (0..<30).map { _ in
            (
                Double.random(in: 0...100, using: &generator),
                Double.random(in: 0...100, using: &generator)
            )
        }
        let table: [[Double?]] = points.map { a in
            points.map { b in (a.0 - b.0).magnitude + (a.1 - b.1).magnitude }
        }
        var asked = SitingRequirements()
        asked.isSplit = true
        asked.loads = points.map { _ in Double(Int.random(in: 1...20, using: &generator)) }
        let capacity = (asked.loads.reduce(0, +) * 1.1 / 4).rounded(.up)
        asked.capacities = Array(repeating: capacity, count: 30)
        let ids = points.indices.map(String.init)
        let problem = try SitingProblem(
            demandIDs: ids, candidateIDs: ids, weights: nil, costs: NeighbourRows(table)
        ).with(openingCosts: Array(repeating: 40, count: 30)).with(asked)
        let model = try ComposedTests.model(name, p: 4)
        let solution = try Self.interrupted(problem, model)
        #expect(solution.status == .interrupted && solution.objective != nil)
        #expect(try SitingVerification(of: .init(solution), model, problem).holds)
        guard ["p-median", "uflp"].contains(name) else { return }
        #expect(try #require(solution.gap) < 0.1)
        // One multiplier a demand; another one proves less, and nothing that is not so.
        var claim = SitingVerification.Claim(solution)
        #expect(claim.certificate?.linear?.multipliers.count == 30)
        claim.bound = claim.objective
        claim.certificate?.linear?.engine = nil
        #expect(try !SitingVerification(of: claim, model, problem).holds)
    }

    @Test func `one multiplier a demand proves no more than the best, whatever else is asked`()
        throws
    {
        var generator = SeededGenerator(seed: 73)
        var seen = 0
        for draw in 0..<90 {
            let name = draw % 2 == 0 ? "p-median" : "uflp"
            let small = try ComposedProblem(
                &generator, for: name, hasRequirements: true, hasCapacities: true)
            let model = try ComposedTests.model(name, p: small.p)
            guard let best = small.best(model) else { continue }
            var asked = small.problem.requirements
            for isSplit in [false, true] {
                asked.isSplit = isSplit
                let instance = CapacitatedInstance(try small.problem.with(asked), model)
                for scale in [0.0, 5, 30] {
                    let multipliers = (0..<instance.rows).map { _ in
                        Double.random(in: 0...1, using: &generator) * scale
                    }
                    #expect(try #require(instance.bound(multipliers)) <= best + 1e-9)
                }
            }
            seen += 1
        }
        #expect(seen > 10)
    }

    @Test func `parts cost the same in whatever order demand comes, where many ways cost the same`()
        throws
    {
        var generator = SeededGenerator(seed: 74)
        for draw in 0..<60 {
            let (rows, width) = (12, 5)
            // Differences of costs are small beside the costs, and ways around cost nothing.
            let unit = draw % 3 == 0 ? 0.1 : 1e-3
            let table = (0..<rows).map { _ in
                (0..<width).map { _ -> Double? in
                    1e6 + unit * Double(Int.random(in: 0...3, using: &generator))
                }
            }
            var asked = SitingRequirements()
            asked.isSplit = true
            asked.loads = (0..<rows).map { _ in Double.random(in: 0.1...3, using: &generator) }
            let share = asked.loads.reduce(0, +) / Double(width)
            asked.capacities = Array(repeating: share * (draw % 2 == 0 ? 1 : 1.3), count: width)
            var costs: [Double] = []
            for isTurned in [false, true] {
                var turned = asked
                if isTurned { turned.loads.reverse() }
                let problem = try SitingProblem(
                    demandIDs: (0..<rows).map { "d\($0)" },
                    candidateIDs: (0..<width).map { "c\($0)" }, weights: turned.loads,
                    costs: NeighbourRows(isTurned ? table.reversed() : table)
                ).with(turned)
                let chosen = Array(0..<width)
                let shares = try #require(
                    Transport.shares(of: chosen, in: problem, .pMedian(p: width)))
                let service = Service(of: chosen, in: problem, shares: shares)
                costs.append(service.objective(of: .pMedian(p: width)))
                let faults = turned.faults(Set(chosen), [], shares, in: problem)
                #expect(faults.isEmpty, "draw \(draw): \(faults)")
                for demand in 0..<rows {
                    let sum = shares.filter { $0.demand == demand }.reduce(0) { $0 + $1.part }
                    #expect((sum - 1).magnitude < 1e-8)
                }
            }
            #expect((costs[0] - costs[1]).magnitude <= 1e-9 * costs[0], "draw \(draw): \(costs)")
        }
    }
}
