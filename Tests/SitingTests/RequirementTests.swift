import Geometry
import TestSupport
import Testing

@testable import Siting

@Suite struct RequirementTests {
    /// The problem without some of its requirements.
    private func dropping(
        _ kinds: Set<SitingRequirements.Kind>, _ small: ComposedProblem
    ) -> ComposedProblem {
        var small = small
        var asked = small.problem.requirements
        for kind in kinds {
            switch kind {
            case .atMost: asked.atMost = nil
            case .atLeast: asked.atLeast = nil
            case .budget: asked.budget = nil
            case .spacing: asked.near = []
            case .incompatible: asked.incompatible = []
            case .closing: asked.mayClose = nil
            case .new: asked.new = nil
            case .closeness: asked.closeness = nil
            default: break
            }
        }
        small.problem.requirements = asked
        return small
    }

    @Test func `a conflict of requirements is irreducible, and the changes are enough and least`()
        throws
    {
        guard hasSolver() else { return }
        var generator = SeededGenerator(seed: 71)
        var seen = 0
        for _ in 0..<120 where seen < 12 {
            let small = try ComposedProblem(&generator, for: "mexclp", hasRequirements: true)
            let model = SitingModel.expectedCovering(p: small.p, busy: 0.2)
            guard small.best(model) == nil else { continue }
            seen += 1
            let reasons = try small.problem.explainInfeasibility(of: model)
            let conflict = Set(reasons.requirements)
            #expect(!conflict.isEmpty)
            let all = Set(SitingRequirements.Kind.allCases)
            let rest = dropping(all.subtracting(conflict), small)
            if conflict.contains(.number) { #expect(rest.best(model) == nil) }
            for kind in conflict where kind != .number && kind != .forced {
                #expect(
                    dropping(all.subtracting(conflict).union([kind]), small).best(model) != nil,
                    "\(conflict) without \(kind)")
            }
            for change in reasons.changes {
                // With the change a choice is there, and with one step less there is none.
                for (step, isEnough) in [(0.0, true), (1.0, false)] {
                    var eased = small
                    var asked = eased.problem.requirements
                    switch change.kind {
                    case .atMost: asked.atMost = Int(change.value - step)
                    case .atLeast: asked.atLeast = Int(change.value + step)
                    case .budget: asked.budget = change.value - step
                    case .closing: asked.mayClose = Int(change.value - step)
                    case .new: asked.new = Int(change.value - step)
                    case .spacing where step == 0:
                        asked.near.removeAll { $0.distance >= change.value }
                    default: continue
                    }
                    eased.problem.requirements = asked
                    #expect((eased.best(model) != nil) == isEnough, "\(change)")
                }
            }
        }
        #expect(seen > 5)
    }

    @Test func `a dual that was changed proves less, and a choice that breaks a rule is found`()
        throws
    {
        guard hasSolver() else { return }
        var generator = SeededGenerator(seed: 72)
        var seen = 0
        for _ in 0..<40 {
            let small = try ComposedProblem(&generator, for: "p-median", hasRequirements: true)
            let model = SitingModel.pMedian(p: small.p)
            guard !small.problem.isPure(model) else { continue }
            let solution = try small.problem.solve(model)
            guard solution.objective ?? 0 > 0, var proof = solution.certificate?.linear else {
                continue
            }
            seen += 1
            var claim = SitingVerification.Claim(solution)
            // Any multipliers prove what they prove, and no more than what is true.
            proof.multipliers = proof.multipliers.map {
                $0 + Double.random(in: -1...1, using: &generator)
            }
            let formulation = try SitingFormulation(model, small.problem)
            let bound = try #require(formulation.program.dualBound(proof.multipliers))
            #expect(bound <= (solution.objective ?? 0) + 1e-9)
            claim.certificate?.linear = proof
            let changed = try SitingVerification(of: claim, model, small.problem)
            #expect(!changed.holds || bound >= (solution.certificate?.linear?.value ?? 0))
            claim = SitingVerification.Claim(solution)
            claim.bound = (solution.objective ?? 0) * 1.01 + 1e-3
            #expect(try !SitingVerification(of: claim, model, small.problem).holds)
            claim = SitingVerification.Claim(solution)
            claim.chosen.removeLast()
            #expect(try !SitingVerification(of: claim, model, small.problem).holds)
        }
        #expect(seen > 5)
    }

    @Test func `requirements that cannot be meant are refused by name`() throws {
        func code(_ change: (inout SitingRequirements) -> Void) -> String? {
            var asked = SitingRequirements()
            change(&asked)
            do {
                let problem = try SitingProblem(
                    demandIDs: ["a", "b"], candidateIDs: ["x", "y"],
                    costs: NeighbourRows([[1, 2], [3, 4]])
                ).with(asked)
                _ = try problem.solve(.pMedian(p: 1))
                return nil
            } catch let error as SitingError {
                #expect(error.remedy != nil)
                return error.code.name
            } catch {
                return "\(error)"
            }
        }
        #expect(code { $0.capacities = [1, -1] } == "bad-cost")
        #expect(code { $0.capacities = [1, .nan] } == "bad-cost")
        #expect(code { $0.capacities = [0.5, 1] } == "not-enough")
        #expect(code { $0.siteCosts = [.infinity, 1] } == "bad-cost")
        #expect(
            code {
                ($0.capacities, $0.loads) = ([5, 5], [-1, 1])
            } == "bad-weight")
        #expect(code { $0.atMost = 1 } == "bad-argument")
        #expect(
            code {
                ($0.groups, $0.atMost, $0.atLeast) = (["p", "q"], 1, 2)
            } == "bad-argument")
        #expect(code { $0.incompatible = [.init(1, 1)] } == "bad-pair")
        #expect(code { $0.spacing = 0 } == "bad-argument")
        #expect(
            code {
                ($0.siteCosts, $0.budget) = ([1, 1], -1)
            } == "bad-argument")
    }

    @Test func `the order of the input changes no objective`() throws {
        guard hasSolver() else { return }
        let problem = try RelationTests.plane(12, 8, seed: 5)
        let turned = try RelationTests.plane(12, 8, seed: 5, order: Array((0..<12).reversed()))
        var asked = SitingRequirements()
        asked.incompatible = [.init(0, 1), .init(2, 3)]
        for name in ["p-median", "p-center", "bacop2", "mexclp"] {
            let model = try ComposedTests.model(name, p: 3)
            let near = name.hasPrefix("p-") ? 1e9 : 40
            let a = try problem.within(near).with(asked).solve(model)
            let b = try turned.within(near).with(asked).solve(model)
            #expect(a.status == .optimal && ComposedTests.isSame(a.objective, b.objective))
        }
    }

    @Test func `what is asked besides never makes a choice better`() throws {
        guard hasSolver() else { return }
        let problem = try RelationTests.plane(15, 9, seed: 6)
        let free = try problem.solve(.pMedian(p: 3)).objective ?? .nan
        var last = free
        for pairs in 1...4 {
            var asked = SitingRequirements()
            asked.incompatible = (0..<pairs).flatMap { a in (a + 1..<9).map { .init(a, $0) } }
            let value = try problem.with(asked).solve(.pMedian(p: 3)).objective ?? .nan
            #expect(value >= last * (1 - 1e-9))
            last = value
        }
        // A busy part of 0 is maximal covering; capacities without end change nothing.
        let near = try problem.within(30)
        let covered = try near.solve(.maximalCovering(p: 3)).objective
        #expect(
            ComposedTests.isSame(
                try near.solve(.expectedCovering(p: 3, busy: 0)).objective, covered))
        #expect(
            ComposedTests.isSame(
                try near.solve(.weighedCoverage(p: 3, backup: 0)).objective, covered))
        var asked = SitingRequirements()
        asked.capacities = Array(repeating: 1e6, count: 9)
        #expect(
            ComposedTests.isSame(
                try problem.with(asked).solve(.pMedian(p: 3)).objective, free))
    }
}
