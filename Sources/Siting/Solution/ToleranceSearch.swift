internal import Geometry

/// Looks for the numbers at which another choice becomes as good as the best one.
struct ToleranceSearch {
    /// The demand that counts.
    let demand: [Int]
    /// What is not told, and why.
    private(set) var untold: [SitingTolerances.Kind: String]
    /// The weight up to which a better choice is looked for.
    let greatestWeight: Double
    /// Whether a search ended before its time.
    private(set) var isLate = false
    let solution: SitingSolution
    let model: SitingModel
    /// The problem without the demand that nobody can reach.
    let problem: SitingProblem
    let options: SitingOptions
    private let deadline: ContinuousClock.Instant?

    /// Prepares the search.
    ///
    /// - Parameters:
    ///   - solution: The best choice.
    ///   - problem: The problem that was solved.
    ///   - options: How each search is worked on; the time limit is that of all.
    /// - Throws: ``SitingError`` where nothing but unreachable demand was asked for.
    init(
        of solution: SitingSolution, in problem: SitingProblem, _ options: SitingOptions
    ) throws {
        self.solution = solution
        self.options = options
        model = solution.model.repeated(by: solution)
        let asked = model.mustServe ? try problem.without(problem.unreachable) : problem
        self.problem = asked
        demand = asked.demandIDs.indices.filter { asked.weights[$0] > 0 }
        greatestWeight = 1000 * asked.weights.reduce(0, +)
        deadline = options.timeLimit.map { ContinuousClock.now + .seconds($0) }
        untold = SitingTolerances.untold(solution.model, in: problem)
        if !isExact, problem.limit == nil, demand.contains(where: { !missing($0).isEmpty }) {
            untold[.shorter] = "a pair that the matrix does not hold may cost anything"
        }
    }

    var tellsWeights: Bool { untold[.weights] == nil }
    var tellsCosts: Bool { untold[.costs] == nil }

    /// Whether each is found by solving again.
    var isExact: Bool {
        demand.count <= SitingTolerances.mostExact && !problem.requirements.hasCapacities
    }

    /// What is known of a demand by solving again; `nil` where the time is up.
    mutating func solvedAgain(_ row: Int) throws -> SitingTolerances.Tolerance? {
        let least = tellsWeights ? try limit(row, at: problem.weights[row] * 1e-6) : nil
        let most = tellsWeights ? try limit(row, at: greatestWeight) : nil
        let cost = tellsCosts ? try costLimit(row) : nil
        let shorter = untold[.shorter] == nil ? try shorter(row) : Shorter()
        if isLate { return nil }
        return .init(
            demand: row, least: least ?? 0, most: most, now: now(row), cost: cost,
            shorter: shorter.by, nearer: shorter.to)
    }

    /// What the pair of a demand and its site costs.
    func now(_ row: Int) -> Double? {
        guard problem.requirements.isSplit, problem.requirements.hasCapacities else {
            return solution.assignment[row].flatMap { problem.cost(row, $0) }
        }
        // Of a demand that is divided: what all of it costs.
        return solution.shares.reduce(nil) { sum, share in
            share.demand == row
                ? (sum ?? 0) + share.part * (problem.cost(row, share.site) ?? 0) : sum
        }
    }

    /// The best choice of a problem; `nil` where there is none, or the time is up.
    mutating func best(_ changed: SitingProblem) throws -> SitingSolution? {
        if let deadline, ContinuousClock.now >= deadline { isLate = true }
        if isLate { return nil }
        let found = try changed.solve(model, options.sharing(deadline))
        if found.status == .interrupted { isLate = true }
        return found.objective == nil ? nil : found
    }

    func value(_ chosen: [Int], _ problem: SitingProblem) -> Double {
        Service(of: chosen, in: problem).objective(of: model)
    }

    /// Whether what a choice achieves is as good as the best, within what solving again can tell.
    func isAsGood(_ own: Double, as best: Double) -> Bool {
        (model.isMaximal ? best - own : own - best) <= 1e-8 * max(1e-9, own.magnitude)
    }

    // MARK: Weights

    /// The weight of a demand at which another choice becomes better, on the way to one that is far off;
    /// `nil` where none does.
    private mutating func limit(_ row: Int, at farthest: Double) throws -> Double? {
        let weight = problem.weights[row]
        var at = farthest
        var last: Double?
        for _ in 0..<50 {
            let changed = try problem.with(weight: at, of: row)
            guard let best = try best(changed), let other = best.objective else { return last }
            let own = value(solution.chosen, changed)
            if isAsGood(own, as: other) { return last }
            // Where both are equal: the difference is linear in the weight.
            let now = value(best.chosen, problem) - value(solution.chosen, problem)
            let there = other - own
            guard now != there else { return last }
            let next = weight + (at - weight) * now / (now - there)
            last = next
            if (next - at).magnitude <= 1e-12 * at.magnitude { return last }
            at = next
        }
        return last
    }

    // MARK: Costs

    /// The cost of a demand's own pair at which another choice becomes better; `nil` where none does.
    private mutating func costLimit(_ row: Int) throws -> Double? {
        guard let site = solution.assignment[row], let cost = problem.cost(row, site) else {
            return nil
        }
        let cut = try problem.without(row, site)
        let far = try costLimit(row, cost, cut)
        guard let closeness = problem.requirements.closeness, far ?? .infinity > closeness else {
            return far
        }
        // Beyond that, the site is no longer as near as it must be.
        let remote = cut.withoutClose(row, site)
        let close = remote.requirements.close
        let isClose = close.entries(of: row).contains {
            solution.chosen.contains(Int(close.indices[$0]))
        }
        guard isClose else { return closeness }
        return try costLimit(row, cost, remote).map { max($0, closeness) }
    }

    /// The same, where the problem without the pair is given.
    private mutating func costLimit(
        _ row: Int, _ cost: Double, _ cut: SitingProblem
    ) throws -> Double? {
        let objective = solution.objective ?? .nan
        let service = Service(of: solution.chosen, in: cut)
        let isServed = !model.mustServe || service.unserved.isEmpty
        let own = service.objective(of: model)
        // Nothing becomes better where a pair is lost.
        if isServed, isAsGood(own, as: objective) { return nil }
        if case .setCovering = model { return problem.limit }
        let other = try best(cut)?.objective
        if isLate { return nil }
        if isServed, let other, isAsGood(own, as: other) { return nil }
        let equal: Double? =
            switch model {
            case .pMedian, .facilityLocation:
                other.map { cost + max(0, $0 - objective) / problem.weights[row] }
            case .pCenter: other.map { max(cost, $0) }
            default: nil
            }
        return [equal, problem.limit].compactMap { $0 }.min()
    }

    // MARK: What is certain

    /// What the distance to the second-best choice leaves for certain; nothing where the time is up.
    mutating func certain() throws -> [SitingTolerances.Tolerance] {
        var distance = 0.0
        // The fewest sites do without a pair or not: no other choice has to be known.
        if model != .setCovering {
            var search = try PortfolioSearch(of: solution, in: problem, options.sharing(deadline))
            _ = try search.next()
            let second = try search.next()
            isLate = search.isLate
            if isLate { return [] }
            let objective = solution.objective ?? .nan
            distance = second.map { ($0.objective - objective).magnitude } ?? .infinity
            // The general solver's answers are right to about a part in 10⁷.
            if !problem.isPure(model) { distance = max(0, distance - 2e-7 * objective.magnitude) }
        }
        var isChosen = problem.flags(solution.chosen)
        return demand.map { row in
            let (least, most) =
                tellsWeights ? weights(row, distance, isChosen) : (least: 0, most: nil)
            let shorter =
                untold[.shorter] == nil ? certainShorter(row, distance) : Shorter()
            return .init(
                demand: row, least: least, most: most, now: now(row),
                cost: tellsCosts ? certainCost(row, distance, &isChosen) : nil,
                shorter: shorter.by, nearer: shorter.to)
        }
    }

    private func weights(
        _ row: Int, _ distance: Double, _ isChosen: [Bool]
    ) -> (least: Double, most: Double?) {
        let weight = problem.weights[row]
        // By how much another choice may gain on this one for each unit less, and for each more.
        let (falling, rising): (Double, Double)
        switch model {
        case .pMedian, .facilityLocation:
            let costs = problem.reach(row).map(\.cost)
            guard let own = now(row), let least = costs.min(), let most = costs.max()
            else { return (weight, weight) }
            (falling, rising) = (most - own, own - least)
        default:
            let own =
                problem.requirements.hasCapacities
                ? part(row) : problem.credit(of: model, row, isChosen)
            (falling, rising) = (own, 1 - own)
        }
        return (
            falling > 0 ? max(0, weight - distance / falling) : 0,
            rising > 0 && distance < .infinity ? weight + distance / rising : nil
        )
    }

    /// The part of a demand that is served.
    private func part(_ row: Int) -> Double {
        problem.requirements.isSplit
            ? solution.shares.reduce(0) { $1.demand == row ? $0 + $1.part : $0 }
            : solution.assignment[row] == nil ? 0 : 1
    }

    /// With capacities a site cannot be taken for another one: the cost of a pair rises for this choice
    /// by no more than its weight, and as long as the farthest that serves the demand stays within the
    /// limits of what serves at all.
    private func capacitatedCost(
        _ now: Double, rising: Double, farthest: Double
    ) -> Double? {
        let limits = [problem.limit, problem.requirements.closeness].compactMap { $0 }
        let room = limits.filter { $0 >= farthest }.map { $0 - farthest }.min() ?? .infinity
        let cost = now + min(rising, room)
        return cost < .infinity ? cost : nil
    }

    private func certainCost(
        _ row: Int, _ distance: Double, _ isChosen: inout [Bool]
    ) -> Double? {
        guard let site = solution.assignment[row], let own = problem.cost(row, site) else {
            return nil
        }
        let weight = problem.weights[row]
        let objective = solution.objective ?? .nan
        if problem.requirements.hasCapacities {
            let farthest =
                solution.shares.lazy.filter { $0.demand == row }
                .compactMap { problem.cost(row, $0.site) }.max() ?? own
            switch model {
            case .pMedian, .facilityLocation:
                return capacitatedCost(
                    self.now(row) ?? own, rising: distance / weight, farthest: farthest)
            default:
                // Nothing becomes better where the choice can do without.
                return !model.mustServe && weight * part(row) <= distance ? nil : problem.limit
            }
        }
        let credit = problem.credit(of: model, row, isChosen)
        isChosen[site] = false
        defer { isChosen[site] = true }
        let next = problem.reach(row).reduce(Double.infinity) {
            isChosen[Int($1.site)] ? min($0, $1.cost) : $0
        }
        // What the choice loses without the pair, and the cost at which another is as good.
        var (loss, equal) = (Double.infinity, Double.infinity)
        switch model {
        case .pMedian, .facilityLocation:
            loss = weight * (next - own)
            equal = own + distance / weight
        case .pCenter:
            loss = max(0, next - objective)
            equal = max(own, objective + distance)
        default:
            if next < .infinity || !model.mustServe {
                loss = weight * (credit - problem.credit(of: model, row, isChosen))
            }
        }
        var limits: [Double] = []
        if loss == .infinity || loss > distance { limits += [equal, problem.limit ?? .infinity] }
        if let closeness = problem.requirements.closeness, next > closeness {
            limits.append(closeness)
        }
        return limits.filter { $0 < .infinity }.min()
    }
}

extension SitingProblem {
    /// The problem where a candidate is not as near to a demand as it must be.
    fileprivate func withoutClose(_ demand: Int, _ candidate: Int) -> SitingProblem {
        var result = self
        result.requirements.close = requirements.close.without(demand, candidate)
        return result
    }
}
