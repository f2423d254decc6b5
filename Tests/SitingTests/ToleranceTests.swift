import Geometry
import TestSupport
import Testing

@testable import Siting

@Suite struct ToleranceTests {
    /// Between which weights of a demand a choice is the best, by trying all.
    private func range(
        _ row: Int, _ chosen: [Int], _ small: ComposedProblem, _ model: SitingModel
    ) throws -> (least: Double, most: Double) {
        let weight = small.problem.weights[row]
        let raised = try small.problem.with(weight: weight + 1, of: row)
        func value(_ choice: [Int], _ problem: SitingProblem) -> Double {
            Service(of: choice, in: problem).objective(of: model) * (model.isMaximal ? -1 : 1)
        }
        let own = value(chosen, small.problem)
        let slope = value(chosen, raised) - own
        var (least, most) = (0.0, Double.infinity)
        for other in small.choices(model) where other.chosen != chosen {
            let its = value(other.chosen, small.problem)
            let difference = slope - (value(other.chosen, raised) - its)
            if difference > 1e-9 { most = min(most, weight + (its - own) / difference) }
            if difference < -1e-9 { least = max(least, weight + (its - own) / difference) }
        }
        return (least, most)
    }

    @Test(arguments: ["p-median", "uflp", "mclp", "bacop2"])
    func `weights may change as far as trying all says`(name: String) throws {
        let isComposed = name == "bacop2"
        guard !isComposed || hasSolver() else { return }
        var generator = SeededGenerator(seed: 63)
        var limited = 0
        for _ in 0..<(isComposed ? 6 : 16) {
            let small = try ComposedProblem(&generator, for: name, hasRequirements: false)
            let model = try ComposedTests.model(name, p: small.p)
            let solution = try small.problem.solve(model)
            guard let tolerances = try SitingTolerances(of: solution, in: small.problem) else {
                continue
            }
            #expect(tolerances.isExact)
            for tolerance in tolerances.tolerances {
                let (least, most) = try range(tolerance.demand, solution.chosen, small, model)
                let weight = small.problem.weights[tolerance.demand]
                #expect((tolerance.least - least).magnitude <= 1e-5 * weight)
                if tolerance.least > 0 { limited += 1 }
                if let found = tolerance.most {
                    #expect((found - most).magnitude <= 1e-6 * max(1, most))
                    limited += 1
                } else {
                    #expect(most > 500)
                }
            }
        }
        #expect(limited > 0)
    }

    @Test(arguments: ["p-median", "uflp"])
    func `with capacities a choice stays the best as far as is told`(name: String) throws {
        guard hasSolver() else { return }
        var generator = SeededGenerator(seed: 68)
        var (seen, limited) = (0, 0)
        for draw in 0..<24 {
            var small = try ComposedProblem(
                &generator, for: name, hasRequirements: false, hasCapacities: true)
            var asked = small.problem.requirements
            // In every other draw the loads are numbers of their own.
            if draw % 2 == 0 { asked.loads = small.problem.weights }
            small.problem = try small.problem.with(asked)
            let (problem, model) = (small.problem, try ComposedTests.model(name, p: small.p))
            guard small.best(model) != nil else { continue }
            let solution = try problem.solve(model)
            let tolerances = try #require(try SitingTolerances(of: solution, in: problem))
            #expect(!tolerances.isExact && tolerances.tellsWeights == (draw % 2 == 0))
            /// Whether the choice is the best of a changed problem.
            func isBest(_ changed: SitingProblem, _ table: (row: Int, cost: Double)?) -> Bool {
                var other = small
                other.problem = changed
                if let table {
                    other.change(table.row, solution.assignment[table.row] ?? 0, table.cost)
                }
                let choices = other.choices(model)
                guard let best = choices.map(\.value).min() else { return false }
                return choices.contains {
                    $0.chosen == solution.chosen && $0.value <= best + 1e-6 * max(1, best)
                }
            }
            for tolerance in tolerances.tolerances.prefix(3) {
                seen += 1
                if tolerances.tellsWeights {
                    let least = max(tolerance.least, 1e-6 * problem.weights[tolerance.demand])
                    for weight in [least, tolerance.most].compactMap({ $0 }) {
                        limited += 1
                        let changed = try problem.with(weight: weight, of: tolerance.demand)
                        #expect(isBest(changed, nil), "draw \(draw)")
                    }
                }
                if let cost = tolerance.cost {
                    #expect(isBest(problem, (tolerance.demand, cost)), "draw \(draw)")
                }
            }
        }
        #expect(seen > 10 && limited > 5)
    }

    /// Whether a choice is the best where one pair costs something else.
    private func isBest(
        _ solution: SitingSolution, _ problem: SitingProblem, _ row: Int, _ cost: Double
    ) throws -> Bool {
        func changed(_ old: NeighbourRows, _ limit: Double) -> NeighbourRows {
            var costs = NeighbourRows()
            for other in 0..<old.rows {
                for entry in old.entries(of: other) {
                    let isIt = other == row && Int(old.indices[entry]) == solution.assignment[row]
                    let now = isIt ? cost : old.distances[entry]
                    if now <= limit { costs.append(old.indices[entry], now) }
                }
                costs.endRow()
            }
            return costs
        }
        let asked = problem.requirements
        var other = asked
        other.close = changed(asked.close, asked.closeness ?? .infinity)
        let now = try SitingProblem(
            demandIDs: problem.demandIDs, candidateIDs: problem.candidateIDs,
            weights: problem.weights, costs: changed(problem.costs, .infinity),
            limit: problem.limit
        ).taking(problem).with(other)
        let service = Service(of: solution.chosen, in: now)
        if solution.model.mustServe, !service.unserved.isEmpty { return false }
        if asked.closeness != nil {
            for demand in now.demandIDs.indices where now.weights[demand] > 0 {
                let isClose = other.close.entries(of: demand).contains {
                    solution.chosen.contains(Int(other.close.indices[$0]))
                }
                if !isClose { return false }
            }
        }
        guard let best = try now.solve(solution.model).objective else { return false }
        let own = service.objective(of: solution.model)
        return solution.model.isMaximal ? own >= best - 1e-6 : own <= best + 1e-6
    }

    private func check(_ solution: SitingSolution, _ problem: SitingProblem) throws -> Int {
        let tolerances = try #require(try SitingTolerances(of: solution, in: problem))
        #expect(tolerances.tellsCosts && tolerances.isExact)
        var limited = 0
        for tolerance in tolerances.tolerances where solution.assignment[tolerance.demand] != nil {
            if let most = tolerance.cost {
                #expect(try isBest(solution, problem, tolerance.demand, most - 1e-7))
                #expect(try !isBest(solution, problem, tolerance.demand, most + 1e-4))
                limited += 1
            } else {
                #expect(try isBest(solution, problem, tolerance.demand, 1000))
            }
        }
        return limited
    }

    @Test(arguments: ["p-median", "uflp", "p-center", "lscp", "mclp"], [nil, 14])
    func `the cost of a pair may rise as far as it is said, and no further`(
        name: String, limit: Double?
    ) throws {
        guard limit != nil || !["lscp", "mclp"].contains(name) else { return }
        var generator = SeededGenerator(seed: 64)
        var limited = 0
        for _ in 0..<12 {
            let small = try ComposedProblem(&generator, for: name, hasRequirements: false)
            let problem = try limit.map { try small.problem.within($0) } ?? small.problem
            let solution = try problem.solve(ComposedTests.model(name, p: small.p))
            if solution.status == .optimal { limited += try check(solution, problem) }
        }
        #expect(limited > 0)
    }

    @Test func `with mandatory closeness it may rise as far as it is said too`() throws {
        guard hasSolver() else { return }
        var generator = SeededGenerator(seed: 67)
        var limited = 0
        for draw in 0..<8 {
            let small = try ComposedProblem(&generator, for: "p-median", hasRequirements: false)
            var asked = SitingRequirements()
            asked.closeness = 12
            asked.close = small.problem.costs.upTo(12)
            let problem = try small.problem.within(draw < 4 ? 17 : 20).with(asked)
            let solution = try problem.solve(.pMedian(p: small.p))
            if solution.status == .optimal { limited += try check(solution, problem) }
        }
        #expect(limited > 0)
    }

    @Test(arguments: ["p-median", "uflp", "p-center", "lscp", "mclp", "mexclp"])
    func `what is certain is within what is found by solving again`(name: String) throws {
        guard name != "mexclp" || hasSolver() else { return }
        var generator = SeededGenerator(seed: 68)
        var limited = 0
        for _ in 0..<(name == "mexclp" ? 2 : 10) {
            let small = try ComposedProblem(&generator, for: name, hasRequirements: false)
            let problem = try small.problem.within(15)
            let solution = try problem.solve(ComposedTests.model(name, p: small.p))
            guard solution.status == .optimal else { continue }
            let exact = try #require(try SitingTolerances(of: solution, in: problem))
            var search = try ToleranceSearch(of: solution, in: problem, SitingOptions())
            let certain = try search.certain()
            #expect(certain.map(\.demand) == exact.tolerances.map(\.demand))
            for (a, b) in zip(certain, exact.tolerances) {
                let slack = 1e-5 * problem.weights[a.demand]
                #expect(a.least >= b.least - slack)
                #expect(a.most ?? exact.greatestWeight ?? 0 <= (b.most ?? .infinity) + slack)
                #expect(a.cost ?? .infinity <= (b.cost ?? .infinity) + 1e-6)
                if a.cost != nil || a.most != nil || a.least > 0 { limited += 1 }
            }
        }
        #expect(limited > 0)
    }
}
