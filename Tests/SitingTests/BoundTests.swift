import Geometry
import TestSupport
import Testing

@testable import Siting

@Suite struct BoundTests {
    /// A core drawn at random.
    static func core(_ generator: inout SeededGenerator) -> LocationCore {
        let count = Int.random(in: 1...7, using: &generator)
        let least = Int.random(in: 0...count, using: &generator)
        var core = LocationCore(
            opening: (0..<count).map { _ in .random(in: 0...4, using: &generator) },
            least: least, most: Int.random(in: least...count, using: &generator))
        for _ in 0..<Int.random(in: 0...8, using: &generator) {
            let entries = (0..<count).filter { _ in Bool.random(using: &generator) }
                .map { (site: Int32($0), cost: Double.random(in: 0...9, using: &generator)) }
            let fallback = Double.random(in: 1...10, using: &generator)
            if entries.contains(where: { $0.cost < fallback }) {
                core.append(entries, fallback: fallback)
            }
        }
        return core
    }

    /// All allowed choices with what they cost.
    static func choices(of core: LocationCore) -> [(isChosen: [Bool], cost: Double)] {
        (0..<(1 << core.count)).compactMap { bits in
            let isChosen = (0..<core.count).map { bits >> $0 & 1 == 1 }
            let number = isChosen.count { $0 }
            guard number >= core.least, number <= core.most else { return nil }
            return (isChosen, core.cost(of: isChosen))
        }
    }

    @Test func `any multipliers give a bound, and decide only what is decided`() {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<400 {
            let core = Self.core(&generator)
            let choices = Self.choices(of: core)
            let multipliers = (0..<core.rows).map { row in
                Double.random(in: 0...core.fallback[row], using: &generator)
            }
            var dual = LagrangianDual(core)
            dual.evaluate(core, at: multipliers)
            let best = choices.map(\.cost).min() ?? .infinity
            #expect(dual.value <= best + 1e-9)
            let goal = Double.random(in: best...(best + 5), using: &generator)
            let (decisions, _) = dual.decisions(below: goal - 1e-9, in: core)
            for choice in choices where choice.cost < goal - 1e-6 {
                for site in 0..<core.count {
                    #expect(decisions[site] != (choice.isChosen[site] ? .closed : .open))
                }
            }
        }
    }

    @Test func `a smaller core costs what the larger one does`() {
        var generator = SeededGenerator(seed: 6)
        for _ in 0..<400 {
            let core = Self.core(&generator)
            guard let (isChosen, cost) = Self.choices(of: core).randomElement(using: &generator)
            else { continue }
            let decisions = isChosen.map { isChosen -> LocationCore.Decision in
                Bool.random(using: &generator) ? .undecided : isChosen ? .open : .closed
            }
            let (smaller, _) = core.decided(
                decisions, Array(repeating: 0, count: core.rows))
            let rest = isChosen.indices.filter { decisions[$0] == .undecided }.map { isChosen[$0] }
            #expect((smaller.cost(of: rest) - cost).magnitude < 1e-9)
        }
    }

    @Test func `a bound is not claimed where its proof is too large to keep`() throws {
        var generator = SeededGenerator(seed: 9)
        var core = LocationCore(opening: Array(repeating: 0, count: 40), least: 6, most: 6)
        for _ in 0..<60 {
            core.append(
                (0..<40).map { ($0, Double(Int.random(in: 1...100, using: &generator))) },
                fallback: 101)
        }
        var limits = LocationSearch.Limits(nodes: 8)
        var whole = LocationSearch(core, limits: limits)
        let kept = whole.run()
        limits.multipliers = core.rows
        var small = LocationSearch(core, limits: limits)
        let cut = small.run()
        #expect(kept.bound > cut.bound)
        let root = try #require(cut.certificate?.nodes.first)
        #expect(cut.certificate?.nodes.count == 1 && root.multipliers.count == 1)
        var dual = LagrangianDual(core)
        dual.evaluate(core, at: root.multipliers[0])
        #expect(cut.bound == dual.value.rounded(.up))
    }

    @Test func `a search in blocks is the same on any number of threads`() throws {
        var generator = SeededGenerator(seed: 11)
        var core = LocationCore(opening: Array(repeating: 3.25, count: 30), least: 5, most: 7)
        for _ in 0..<80 {
            core.append(
                (0..<30).map { ($0, Double.random(in: 1...100, using: &generator)) },
                fallback: 101)
        }
        var whole = LocationSearch(core)
        let best = whole.run()
        core.pace.entries = 200
        #expect(RowBlocks(core).ranges.count == 12)
        var outcomes: [LocationSearch.Outcome] = []
        for tasks in [1, 2, 5] {
            core.pace.tasks = tasks
            var search = LocationSearch(core)
            outcomes.append(search.run())
        }
        for outcome in outcomes {
            #expect(outcome.chosen == best.chosen && outcome.ending == .proven)
            #expect(outcome.bound == outcomes[0].bound && outcome.nodes == outcomes[0].nodes)
            #expect(outcome.multipliers == outcomes[0].multipliers)
            #expect(outcome.certificate == outcomes[0].certificate)
        }
    }

    @Test func `local search ends where no single change is better`() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<300 {
            let core = Self.core(&generator)
            let choices = Self.choices(of: core)
            guard let start = choices.randomElement(using: &generator) else { continue }
            var search = Interchange(core, SiteColumns(core), from: start.isChosen)
            search.improve(until: nil)
            let end = core.cost(of: search.isChosen)
            #expect(end <= start.cost + 1e-9)
            for choice in choices {
                let changed = zip(choice.isChosen, search.isChosen).count { $0 != $1 }
                let isExchange =
                    changed == 2
                    && choice.isChosen.count { $0 } == search.isChosen.count { $0 }
                if changed == 1 || isExchange { #expect(choice.cost >= end - 1e-9) }
            }
        }
    }

    @Test func `sums are rounded so that they are never too great`() {
        var generator = SeededGenerator(seed: 8)
        for _ in 0..<200 {
            // Parts of 2⁻⁸⁰ do not fit beside 1: the exact sum is known as whole numbers.
            var sum = OutwardSum()
            var (large, small) = (0, 0)
            for _ in 0..<40 {
                if Bool.random(using: &generator) {
                    let value = Int.random(in: -9...9, using: &generator)
                    large += value
                    sum.add(Double(value))
                } else {
                    let value = Int.random(in: -9...9, using: &generator)
                    small += value
                    sum.add(Double(value) * 0x1p-80)
                }
            }
            let rest = sum.value - Double(large)
            #expect(rest <= Double(small) * 0x1p-80)
        }
        #expect(OutwardSum.product(0.1, 0.1) <= 0.1 * 0.1)
        #expect(OutwardSum.product(3, 4) == 12)
    }

    @Test(arguments: ["p-median", "uflp", "lscp", "mclp", "p-center"])
    func `an answer edited to keep a part of its proof is not confirmed beyond it`(
        name: String
    ) throws {
        var generator = SeededGenerator(seed: 48)
        let table: [[Double?]] = (0..<20).map { _ in
            (0..<12).map { _ in
                Double.random(in: 0..<1, using: &generator) < (name == "mclp" ? 0.2 : 0.6)
                    ? Double.random(in: 1...99, using: &generator) : nil
            }
        }
        let problem = try SitingProblem(
            demandIDs: (0..<20).map { "d\($0)" }, candidateIDs: (0..<12).map { "c\($0)" },
            weights: (0..<20).map { _ in Double.random(in: 1...9, using: &generator) },
            costs: NeighbourRows(table)
        ).with(openingCosts: (0..<12).map { _ in Double.random(in: 9...99, using: &generator) })
        let model = try ComposedTests.model(name, p: 5)
        var claim = SitingVerification.Claim(try problem.solve(model))
        #expect(try SitingVerification(of: claim, model, problem).holds)
        claim.certificate?.proof.isPartial = true
        let objective = try #require(claim.objective)
        for part in [0.5, 0.9, 1.1, 2] {
            // Another choice's objective stays what it is: only the bound is another.
            claim.status = .interrupted
            claim.bound = objective * part
            let isProven = model.isMaximal ? part >= 1 : part <= 1
            #expect(try SitingVerification(of: claim, model, problem).holds == isProven)
            claim.status = .optimal
            #expect(try !SitingVerification(of: claim, model, problem).holds)
        }
    }

    @Test(arguments: ["p-median", "uflp", "lscp", "mclp", "p-center"])
    func `a proof that is too large to keep is a part, and said to be one`(name: String) throws {
        var generator = SeededGenerator(seed: 47)
        var parts = 0
        for _ in 0..<3 {
            let table: [[Double?]] = (0..<60).map { _ in
                (0..<30).map { _ in
                    Double.random(in: 0..<1, using: &generator) < (name == "mclp" ? 0.1 : 0.5)
                        ? Double.random(in: 1...99, using: &generator) : nil
                }
            }
            let problem = try SitingProblem(
                demandIDs: (0..<60).map { "d\($0)" }, candidateIDs: (0..<30).map { "c\($0)" },
                weights: (0..<60).map { _ in Double.random(in: 1...9, using: &generator) },
                costs: NeighbourRows(table)
            ).with(
                openingCosts: (0..<30).map { _ in Double.random(in: 100...999, using: &generator) })
            let model = try ComposedTests.model(name, p: 8)
            var options = SitingOptions()
            let whole = try problem.solve(model, options)
            #expect(whole.certificate?.proof.isPartial == false)
            options.mostMultipliers = 0
            let solution = try problem.solve(model, options)
            #expect(solution.status == .optimal && solution.chosen == whole.chosen)
            let claim = SitingVerification.Claim(solution)
            let verification = try SitingVerification(of: claim, model, problem)
            let isPartial = claim.certificate?.proof.isPartial == true
            // What the search proved and did not keep is neither confirmed nor refuted.
            #expect(verification.holds != isPartial && verification.isOpen == isPartial)
            guard isPartial else { continue }
            parts += 1
            #expect(verification.checks.contains { $0.finding.contains("too large to keep") })
            func holds(_ change: (inout SitingVerification.Claim) -> Void) throws -> Bool? {
                var changed = claim
                change(&changed)
                let found = try SitingVerification(of: changed, model, problem)
                return found.isOpen ? nil : found.holds
            }
            // What the part proves holds; without saying that it is one, the rest is refuted, and so is
            // a part that is not proven, or a bound that the choice itself refutes.
            let part =
                name == "p-center" ? claim.certificate?.radius : claim.certificate?.proof.bound
            #expect(
                try holds {
                    $0.status = .interrupted
                    $0.bound = part
                } == true)
            #expect(try holds { $0.certificate?.proof.isPartial = false } == false)
            #expect(
                try holds {
                    $0.certificate?.proof.nodes = [.init()]
                    $0.certificate?.proof.bound *= model.isMaximal ? 0.1 : 2
                    $0.certificate?.radius = 1e9
                } == false)
            let (objective, sign) = (claim.objective ?? 0, model.isMaximal ? -0.01 : 0.01)
            #expect(try holds { $0.bound = objective * (1 + sign) } == false)
        }
        #expect(parts > 0)
    }
}
