import Geometry
import TestSupport
import Testing

@testable import Siting

@Suite struct NearOptimalTests {
    @Test(arguments: ["p-median", "lscp", "mclp", "uflp", "p-center", "p-dispersion"])
    func `the best choices that differ are those of trying all`(name: String) throws {
        var generator = SeededGenerator(seed: 61)
        var several = 0
        for draw in 0..<25 {
            let small = try ComposedProblem(&generator, for: name, hasRequirements: false)
            let model = try ComposedTests.model(name, p: small.p)
            let solution = try small.problem.solve(model)
            guard let best = solution.objective else { continue }
            let near = try NearOptimal(of: solution, in: small.problem, count: 6, within: 0.25)
            let limit = best * (model.isMaximal ? 0.75 : 1.25)
            let all = small.choices(model).filter {
                model.isMaximal ? $0.value >= limit - 1e-7 : $0.value <= limit + 1e-7
            }.sorted { model.isMaximal ? $0.value > $1.value : $0.value < $1.value }
            #expect(near.portfolios.count == min(6, all.count), "\(draw)")
            for (found, expected) in zip(near.portfolios, all) {
                #expect(isSame(found.objective, expected.value))
            }
            #expect(Set(near.portfolios.map(\.chosen)).count == near.portfolios.count)
            #expect(near.isComplete == (all.count < 6))
            let inAll = solution.chosen.filter { site in
                all.allSatisfy { $0.chosen.contains(site) }
            }
            #expect(near.robust == inAll)
            if all.count > 1 { several += 1 }
        }
        #expect(several > 5)
    }

    @Test func `with requirements they are those of trying all too`() throws {
        guard hasSolver() else { return }
        var generator = SeededGenerator(seed: 62)
        for _ in 0..<6 {
            let small = try ComposedProblem(&generator, for: "mexclp", hasRequirements: true)
            let model = try ComposedTests.model("mexclp", p: small.p)
            let solution = try small.problem.solve(model)
            guard solution.objective != nil else { continue }
            let near = try NearOptimal(of: solution, in: small.problem, count: 3, within: 10)
            let all = small.choices(model).map(\.value).sorted(by: >)
            #expect(near.portfolios.count == min(3, all.count))
            for (found, expected) in zip(near.portfolios, all) {
                #expect(ComposedTests.isSame(found.objective, expected))
            }
        }
    }

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

    @Test(arguments: ["p-median", "uflp", "mclp"])
    func `weights may change as far as trying all says`(name: String) throws {
        var generator = SeededGenerator(seed: 63)
        var limited = 0
        for _ in 0..<16 {
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

    @Test func `the cost of a pair may rise as far as it is said, and no further`() throws {
        var generator = SeededGenerator(seed: 64)
        var limited = 0
        for _ in 0..<15 {
            let small = try ComposedProblem(&generator, for: "p-median", hasRequirements: false)
            let model = SitingModel.pMedian(p: small.p)
            let solution = try small.problem.solve(model)
            guard let tolerances = try SitingTolerances(of: solution, in: small.problem) else {
                continue
            }
            func isBest(_ row: Int, _ cost: Double) throws -> Bool {
                var costs = NeighbourRows()
                let old = small.problem.costs
                for other in 0..<old.rows {
                    for entry in old.entries(of: other) {
                        let isIt =
                            other == row && Int(old.indices[entry]) == solution.assignment[row]
                        costs.append(old.indices[entry], isIt ? cost : old.distances[entry])
                    }
                    costs.endRow()
                }
                let changed = try SitingProblem(
                    demandIDs: small.problem.demandIDs, candidateIDs: small.problem.candidateIDs,
                    weights: small.problem.weights, costs: costs)
                let best = try changed.solve(model).objective ?? .nan
                let own = Service(of: solution.chosen, in: changed).objective(of: model)
                return own <= best + 1e-6
            }
            for tolerance in tolerances.tolerances {
                if let most = tolerance.cost {
                    #expect(try isBest(tolerance.demand, most - 1e-7))
                    #expect(try !isBest(tolerance.demand, most + 1e-4))
                    limited += 1
                } else {
                    #expect(try isBest(tolerance.demand, 1000))
                }
            }
        }
        #expect(limited > 0)
    }
}
