import Geometry
import TestSupport
import Testing

@testable import Siting

/// Demand that may be divided among sites with capacities.
@Suite struct SplitTests {
    /// A problem with whole loads and capacities, so that the best division is one of whole units.
    private struct Small {
        let problem: SitingProblem
        let table: [[Double?]]
        let p: Int

        init(_ generator: inout SeededGenerator) throws {
            let candidates = Int.random(in: 2...4, using: &generator)
            let demand = Int.random(in: 1...4, using: &generator)
            let table: [[Double?]] = (0..<demand).map { _ in
                (0..<candidates).map { _ in
                    Int.random(in: 0..<4, using: &generator) > 0
                        ? Double.random(in: 1...20, using: &generator) : nil
                }
            }
            self.table = table
            var asked = SitingRequirements()
            asked.isSplit = true
            asked.loads = (0..<demand).map { _ in
                Double(Int.random(in: 0...3, using: &generator))
            }
            asked.capacities = (0..<candidates).map { _ in
                Double(Int.random(in: 0...5, using: &generator))
            }
            p = Int.random(in: 1...candidates, using: &generator)
            problem = try SitingProblem(
                demandIDs: (0..<demand).map { "d\($0)" },
                candidateIDs: (0..<candidates).map { "c\($0)" },
                weights: (0..<demand).map { _ in Double.random(in: 1...9, using: &generator) },
                costs: NeighbourRows(table)
            ).with(
                openingCosts: (0..<candidates).map { _ in
                    Double.random(in: 0...30, using: &generator)
                }
            ).with(asked)
        }

        /// What the best choice achieves, by trying all units of all demand at all sites.
        func best(_ model: SitingModel) -> Double? {
            var best: Double?
            for bits in 1..<(1 << problem.candidateIDs.count) {
                let chosen = problem.candidateIDs.indices.filter { bits >> $0 & 1 == 1 }
                if let p = model.p, chosen.count != p { continue }
                var room = problem.requirements.capacities
                guard let served = serve(0, chosen, &room, model) else { continue }
                let value: Double =
                    switch model {
                    case .setCovering: Double(chosen.count)
                    case .facilityLocation:
                        chosen.reduce(served) { $0 + problem.openingCosts[$1] }
                    default: served
                    }
                best = best.map { model.isMaximal ? max($0, value) : min($0, value) } ?? value
            }
            return best
        }

        private func serve(
            _ demand: Int, _ chosen: [Int], _ room: inout [Double], _ model: SitingModel
        ) -> Double? {
            guard demand < table.count else { return 0 }
            let load = problem.requirements.loads[demand]
            let weight = problem.weights[demand]
            func cost(_ site: Int) -> Double? {
                table[demand][site].map { model.isMaximal ? weight : weight * $0 }
            }
            if load == 0 {
                let costs = chosen.compactMap { cost($0) }
                guard let least = costs.min() ?? (model.isMaximal ? 0 : nil) else { return nil }
                return serve(demand + 1, chosen, &room, model).map { $0 + least }
            }
            /// The best of the units that are left at the sites that are left, and what follows.
            func divide(_ left: Double, _ slot: Int, _ room: inout [Double]) -> Double? {
                guard slot < chosen.count else {
                    return left == 0 || model.isMaximal
                        ? serve(demand + 1, chosen, &room, model) : nil
                }
                let site = chosen[slot]
                var best = divide(left, slot + 1, &room)
                guard let cost = cost(site) else { return best }
                var units = 1.0
                while units <= min(left, room[site]) {
                    room[site] -= units
                    if let rest = divide(left - units, slot + 1, &room) {
                        let value = rest + cost * units / load
                        best =
                            best.map { model.isMaximal ? max($0, value) : min($0, value) }
                            ?? value
                    }
                    room[site] += units
                    units += 1
                }
                return best
            }
            return divide(load, 0, &room)
        }
    }

    @Test(arguments: ["p-median", "uflp", "lscp", "mclp"])
    func `the best division is that of trying all units`(name: String) throws {
        guard hasSolver() else { return }
        var generator = SeededGenerator(seed: 91)
        var (feasible, divided) = (0, 0)
        for draw in 0..<14 {
            let small = try Small(&generator)
            let model = try ComposedTests.model(name, p: small.p)
            let best = small.best(model)
            let solution: SitingSolution
            do {
                solution = try small.problem.solve(model)
            } catch let error as SitingError where error.code == .notEnough {
                #expect(best == nil, "draw \(draw)")
                continue
            }
            #expect(ComposedTests.isSame(solution.objective, best), "draw \(draw) of \(name)")
            #expect(solution.status == (best == nil ? .infeasible : .optimal), "draw \(draw)")
            guard best != nil else { continue }
            feasible += 1
            if solution.shares.contains(where: { $0.part < 1 }) { divided += 1 }
            let claim = SitingVerification.Claim(solution)
            let verification = try SitingVerification(of: claim, model, small.problem)
            #expect(verification.holds, "draw \(draw): \(verification.checks.filter { !$0.holds })")
            let weight = solution.loads(in: small.problem).reduce(0) { $0 + $1.weight }
            let served = solution.shares.reduce(0) {
                $0 + $1.part * small.problem.weights[$1.demand]
            }
            #expect(isSame(weight, served))
            for changed in Self.forged(claim) {
                #expect(try !SitingVerification(of: changed, model, small.problem).holds)
            }
        }
        #expect(feasible > 3 && divided > 0)
    }

    /// Claims with a share that is too small, too large, or at a site that is not chosen.
    private static func forged(
        _ claim: SitingVerification.Claim
    ) -> [SitingVerification.Claim] {
        guard let first = claim.shares.first else { return [] }
        return [first.part * 0.9, first.part + 1, -first.part].map { part in
            var changed = claim
            changed.shares[0] = .init(demand: first.demand, site: first.site, part: part)
            return changed
        }
    }

    @Test
    func `divided demand costs no more than whole demand, and no less than without capacities`()
        throws
    {
        guard hasSolver() else { return }
        var generator = SeededGenerator(seed: 92)
        var seen = 0
        for _ in 0..<20 where seen < 4 {
            let small = try ComposedProblem(
                &generator, for: "p-median", hasRequirements: false, hasCapacities: true)
            let model = SitingModel.pMedian(p: small.p)
            guard let whole = try small.problem.solve(model).objective else { continue }
            var asked = small.problem.requirements
            asked.isSplit = true
            let split = try #require(try small.problem.with(asked).solve(model).objective)
            let free = try small.problem.with(SitingRequirements()).solve(model).objective ?? 0
            #expect(split <= whole * (1 + 1e-6) && split >= free * (1 - 1e-6))
            seen += 1
        }
        #expect(seen > 1)
    }
}
