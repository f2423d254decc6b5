import Geometry
import TestSupport
import Testing

@testable import Siting

@Suite struct ShorterDistanceTests {
    /// Whether a choice is the best where one pair costs something else, by solving again.
    private func isBest(
        _ solution: SitingSolution, _ problem: SitingProblem, _ row: Int, _ site: Int,
        _ cost: Double
    ) throws -> Bool {
        var costs = NeighbourRows()
        for other in 0..<problem.costs.rows {
            var pairs: [Int: Double] = [:]
            for entry in problem.costs.entries(of: other) {
                pairs[Int(problem.costs.indices[entry])] = problem.costs.distances[entry]
            }
            if other == row { pairs[site] = cost }
            for (candidate, cost) in pairs.sorted(by: { $0.key < $1.key }) {
                costs.append(Int32(candidate), cost)
            }
            costs.endRow()
        }
        let now = try SitingProblem(
            demandIDs: problem.demandIDs, candidateIDs: problem.candidateIDs,
            weights: problem.weights, costs: costs, limit: problem.limit
        ).taking(problem)
        guard let best = try now.solve(solution.model).objective else { return false }
        let own = Service(of: solution.chosen, in: now).objective(of: solution.model)
        return solution.model.isMaximal ? own >= best - 1e-6 : own <= best + 1e-6
    }

    /// Holds what is told of one demand against every pair of it.
    ///
    /// - Returns: Whether by a little more another choice would be better.
    private func check(
        _ found: SitingTolerances.Tolerance, _ solution: SitingSolution, _ problem: SitingProblem
    ) throws -> Bool {
        var isTight = false
        let row = found.demand
        for site in problem.candidateIDs.indices {
            if let cost = problem.cost(row, site) {
                let by = min(cost, found.shorter ?? .infinity)
                #expect(try isBest(solution, problem, row, site, cost - by), "\(row) \(site)")
                if let most = found.shorter, cost > most + 1e-4 {
                    let isStill = try isBest(solution, problem, row, site, cost - most - 1e-4)
                    isTight = isTight || !isStill
                }
            } else {
                let least = found.nearer ?? 0
                let at = problem.limit == least ? least + 1e-6 : least
                #expect(try isBest(solution, problem, row, site, at), "\(row) \(site)")
                if let least = found.nearer, least > 1e-4 {
                    let isStill = try isBest(solution, problem, row, site, least - 1e-4)
                    isTight = isTight || !isStill
                }
            }
        }
        return isTight
    }

    @Test(arguments: ["p-median", "uflp", "p-center", "lscp", "mclp"], [nil, 13])
    func `a distance may be shorter by what is said, and by no more`(
        name: String, limit: Double?
    ) throws {
        guard limit != nil || !["lscp", "mclp"].contains(name) else { return }
        var generator = SeededGenerator(seed: 91)
        var (tight, limited) = (0, 0)
        for _ in 0..<10 {
            let small = try ComposedProblem(&generator, for: name, hasRequirements: false)
            let problem = try limit.map { try small.problem.within($0) } ?? small.problem
            let solution = try problem.solve(ComposedTests.model(name, p: small.p))
            guard solution.status == .optimal else { continue }
            let tolerances = try #require(try SitingTolerances(of: solution, in: problem))
            #expect(tolerances.tellsShorter)
            for found in tolerances.tolerances {
                let isLimited = found.shorter != nil || found.nearer != nil
                if isLimited { limited += 1 }
                if try check(found, solution, problem) { tight += 1 }
            }
        }
        #expect(limited > 0 && tight * 10 >= limited * 9, "\(tight) of \(limited)")
    }

    @Test(arguments: ["p-median", "uflp", "p-center", "mclp", "bacop2"])
    func `what is certain of shorter distances is so`(name: String) throws {
        guard name != "bacop2" || hasSolver() else { return }
        var generator = SeededGenerator(seed: 92)
        var told = 0
        for _ in 0..<(name == "bacop2" ? 3 : 8) {
            let small = try ComposedProblem(&generator, for: name, hasRequirements: false)
            let problem = try small.problem.within(14)
            let solution = try problem.solve(ComposedTests.model(name, p: small.p))
            guard solution.status == .optimal else { continue }
            var search = try ToleranceSearch(of: solution, in: problem, SitingOptions())
            for found in try search.certain().prefix(4) {
                _ = try check(found, solution, problem)
                told += 1
            }
        }
        #expect(told > 5)
    }

    @Test(arguments: ["lscp", "mclp"])
    func `coverings with capacities have tolerances too`(name: String) throws {
        guard hasSolver() else { return }
        var generator = SeededGenerator(seed: 93)
        var (told, limited) = (0, 0)
        for draw in 0..<30 where told < 24 {
            var small = try ComposedProblem(
                &generator, for: name, hasRequirements: false, hasCapacities: true)
            var asked = small.problem.requirements
            if draw % 2 == 0 { asked.loads = small.problem.weights }
            small.problem = try small.problem.within(14).with(asked)
            let (problem, model) = (small.problem, try ComposedTests.model(name, p: small.p))
            let solution = try problem.solve(model)
            guard solution.status == .optimal else { continue }
            let tolerances = try #require(try SitingTolerances(of: solution, in: problem))
            #expect(tolerances.tellsWeights == (name == "mclp" && draw % 2 == 0))
            #expect(tolerances.tellsCosts && tolerances.tellsShorter)
            /// Whether the choice is as good as the best of a changed problem, by trying all.
            func isBest(_ changed: SitingProblem, _ pair: (Int, Int)?, _ cost: Double) -> Bool {
                var other = small
                other.problem = changed
                other.cut(beyond: 14)
                if let pair { other.change(pair.0, pair.1, cost) }
                let choices = other.choices(model)
                let sign: Double = model.isMaximal ? 1 : -1
                guard let best = choices.map({ sign * $0.value }).max() else { return false }
                return choices.contains {
                    $0.chosen == solution.chosen && sign * $0.value >= best - 1e-6
                }
            }
            for found in tolerances.tolerances.prefix(3) {
                told += 1
                let row = found.demand
                if found.cost != nil || found.nearer != nil { limited += 1 }
                if let site = solution.assignment[row] {
                    // A pair that is beyond the limit is none.
                    let cost = found.cost ?? .infinity
                    #expect(isBest(problem, (row, site), cost), "draw \(draw)")
                }
                for site in problem.candidateIDs.indices where problem.cost(row, site) == nil {
                    #expect(isBest(problem, (row, site), found.nearer ?? 0) || found.nearer != nil)
                }
                guard tolerances.tellsWeights else { continue }
                for weight in [max(found.least, 1e-9), found.most].compactMap({ $0 }) {
                    let changed = try problem.with(weight: weight, of: row)
                    #expect(isBest(changed, nil, 0), "draw \(draw)")
                }
            }
        }
        #expect(told > 8 && limited > 0)
    }

    @Test func `what is not told has a reason`() throws {
        var generator = SeededGenerator(seed: 94)
        let small = try ComposedProblem(&generator, for: "p-median", hasRequirements: false)
        #expect(SitingTolerances.untold(.pMedian(p: 1), in: small.problem).isEmpty)
        var asked = SitingRequirements()
        asked.closeness = 12
        asked.close = small.problem.costs.upTo(12)
        let near = try small.problem.with(asked)
        #expect(Array(SitingTolerances.untold(.pMedian(p: 1), in: near).keys) == [.shorter])
        let free = SitingTolerances.untold(.maximalCovering(p: 1), in: small.problem)
        #expect(Set(free.keys) == [.costs, .shorter])
        #expect(SitingTolerances.untold(.pCenter(p: 1), in: small.problem)[.weights] != nil)
    }
}
