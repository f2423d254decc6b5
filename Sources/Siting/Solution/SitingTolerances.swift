/// By how much a number of the question may change before another choice is better.
public struct SitingTolerances: Hashable, Sendable {
    /// What is known of one demand.
    public struct Tolerance: Hashable, Sendable {
        /// The demand.
        public let demand: Int
        /// The least weight with which the choice stays the best.
        public let least: Double
        /// The greatest weight with which it stays the best; `nil` for any.
        public let most: Double?
        /// Up to which cost to its site it stays the best; `nil` for any, and where the model does not
        /// tell.
        public let cost: Double?
    }

    /// One for each demand that counts.
    public private(set) var tolerances: [Tolerance] = []
    /// Whether they are exact; else the choice stays the best at least so far.
    public private(set) var isExact = false
    /// Whether ``Tolerance/cost`` is told.
    public private(set) var tellsCosts = false

    /// Up to so many demand, each tolerance is worked out exactly.
    public static let mostExact = 200

    /// Works the tolerances of a choice out.
    ///
    /// A weight's are exact by solving again: what a choice costs is linear in it, so that from the
    /// choice that is better at the far end the place where both are equal is the next to look at
    /// (Newton's method for a parameter: W. Dinkelbach, 1967, https://doi.org/10.1287/mnsc.13.7.492).
    /// The cost of a pair may rise up to where the best choice without that pair is as good. Beyond
    /// ``mostExact`` demand the distance to the second-best choice gives what is certain. There are none
    /// where the model's objective is no sum over weights, or the choice is not proven.
    ///
    /// - Parameters:
    ///   - solution: The choice, which is proven to be the best.
    ///   - problem: The problem that was solved.
    /// - Throws: ``SitingError`` as solving does.
    public init?(of solution: SitingSolution, in problem: SitingProblem) throws {
        let model = solution.model
        guard solution.status == .optimal, !problem.requirements.hasCapacities else { return nil }
        switch model {
        case .pMedian, .facilityLocation: tellsCosts = true
        case .maximalCovering, .backupCoverage, .weighedCoverage, .expectedCovering, .huff: break
        default: return nil
        }
        var asked = problem
        if model.mustServe { asked = try problem.without(problem.unreachable) }
        let demand = asked.demandIDs.indices.filter { asked.weights[$0] > 0 }
        isExact = demand.count <= Self.mostExact
        if isExact {
            for row in demand {
                tolerances.append(
                    Tolerance(
                        demand: row,
                        least: try Self.limit(row, solution, asked, isUpper: false) ?? 0,
                        most: try Self.limit(row, solution, asked, isUpper: true),
                        cost: tellsCosts ? try Self.costLimit(row, solution, asked) : nil))
            }
            return
        }
        guard tellsCosts else { return nil }
        let second = try NearOptimal(of: solution, in: problem, count: 2, within: 1e9).portfolios
        guard second.count == 2 else { return nil }
        let distance = (second[1].objective - second[0].objective).magnitude
        for row in demand {
            let costs = asked.reach(row).map(\.cost)
            guard let site = solution.assignment[row], let own = asked.cost(row, site) else {
                continue
            }
            let (least, most) = (costs.min() ?? own, costs.max() ?? own)
            let weight = asked.weights[row]
            tolerances.append(
                Tolerance(
                    demand: row,
                    least: most > own ? max(0, weight - distance / (most - own)) : 0,
                    most: own > least ? weight + distance / (own - least) : nil,
                    cost: own + distance / weight))
        }
    }

    private static func value(
        _ chosen: [Int], _ model: SitingModel, _ problem: SitingProblem
    ) -> Double {
        Service(of: chosen, in: problem).objective(of: model)
    }

    /// The weight of a demand at which another choice becomes better; `nil` where none does.
    private static func limit(
        _ row: Int, _ solution: SitingSolution, _ problem: SitingProblem, isUpper: Bool
    ) throws -> Double? {
        let model = solution.model
        let weight = problem.weights[row]
        // A demand without weight would ask for nothing; one of a thousand times all would ask alone.
        var at = isUpper ? weight + 1000 * problem.weights.reduce(0, +) : weight * 1e-6
        var last: Double?
        for _ in 0..<50 {
            let changed = try problem.with(weight: at, of: row)
            let best = try changed.solve(model)
            let own = value(solution.chosen, model, changed)
            guard let other = best.objective else { return last }
            let gain = model.isMaximal ? other - own : own - other
            if gain <= 1e-8 * max(1e-9, own.magnitude) { return last }
            // Where both are equal: the difference is linear in the weight.
            let now =
                value(best.chosen, model, problem) - value(solution.chosen, model, problem)
            let there = other - own
            guard now != there else { return last }
            let next = weight + (at - weight) * now / (now - there)
            last = next
            if (next - at).magnitude <= 1e-12 * at.magnitude { return last }
            at = next
        }
        return last
    }

    /// The cost of a demand's own pair at which another choice becomes better; `nil` where none does.
    private static func costLimit(
        _ row: Int, _ solution: SitingSolution, _ problem: SitingProblem
    ) throws -> Double? {
        guard let site = solution.assignment[row], let cost = problem.cost(row, site),
            let objective = solution.objective
        else { return nil }
        let cut = try problem.without(row, site)
        let best = try cut.solve(solution.model)
        guard let other = best.objective else { return nil }
        let service = Service(of: solution.chosen, in: cut)
        if service.unserved.isEmpty {
            let own = service.objective(of: solution.model)
            if own - other <= 1e-8 * own.magnitude { return nil }
        }
        return cost + max(0, other - objective) / problem.weights[row]
    }
}
