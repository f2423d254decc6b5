internal import Analysis

/// A choice and a bound that are there before the general solver begins, so that a time limit that is up
/// early ends with both.
struct FirstAnswer {
    /// The best choice that was found.
    private(set) var choice: ServedChoice?
    /// Lagrangian multipliers, where sites have capacities.
    private(set) var proof: LinearProof?
    private let problem: SitingProblem
    private let model: SitingModel
    private let instance: CapacitatedInstance?
    private let deadline: ContinuousClock.Instant?

    static let method = "greedy choice and exchanges"

    /// How many exchanges are tried in vain.
    private static let patience = 200
    /// How many steps of the multipliers are taken.
    private static let rounds = 300

    /// Looks for them in a part of the time; where there is no limit, nothing is looked for.
    ///
    /// - Parameters:
    ///   - model: The model.
    ///   - problem: The problem.
    ///   - starts: Choices to begin with; those that do not meet what is asked are passed over.
    ///   - deadline: When all must be done.
    init(
        _ model: SitingModel, _ problem: SitingProblem, from starts: [[Int]] = [],
        until deadline: ContinuousClock.Instant?
    ) {
        (self.problem, self.model) = (problem, model)
        let hasDual = problem.hasCapacityDual(model)
        let isWhole = problem.requirements.hasCapacities && !problem.requirements.isSplit
        instance =
            deadline != nil && (hasDual || (isWhole && model.mustServe))
            ? CapacitatedInstance(problem, model) : nil
        self.deadline = deadline
        guard let deadline else { return }
        let begin = ContinuousClock.now
        let share = min(begin.duration(to: deadline) * 0.35, .seconds(5))
        for start in starts { take(start.sorted()) }
        build(until: begin + share)
        // There the own search goes on.
        if problem.isCapacitated(model) { return }
        if hasDual, let instance { ascend(instance, until: begin + share * 0.7) }
        exchange(until: begin + share)
    }

    private mutating func take(_ chosen: [Int]) {
        guard let found = ServedChoice(chosen, in: problem, model, wholeInstance) else { return }
        if found.isBetter(than: choice, for: model) { choice = found }
    }

    private var wholeInstance: CapacitatedInstance? {
        problem.requirements.isSplit || !model.mustServe ? nil : instance
    }

    /// Builds choices site by site; where sites have capacities, by these first.
    private mutating func build(until end: ContinuousClock.Instant) {
        for byCapacity in problem.requirements.hasCapacities ? [true, false] : [false] {
            var builder = ChoiceBuilder(problem, model)
            if let chosen = builder.build(byCapacity: byCapacity, until: end) { take(chosen) }
        }
    }

    /// Raises the multipliers; the sites that relaxations open are choices too.
    private mutating func ascend(
        _ instance: CapacitatedInstance, until end: ContinuousClock.Instant
    ) {
        var dual = CapacitatedDual(instance)
        for round in 1...Self.rounds where !dual.isDone {
            let target =
                choice?.objective
                ?? (dual.bound.isFinite ? dual.bound + 0.1 * dual.bound.magnitude : 1)
            dual.rise(towards: target, isExact: false)
            if round % 25 == 0 {
                take(instance.sites.indices.filter { dual.isOpen[$0] }.map { instance.sites[$0] })
            }
            if ContinuousClock.now >= end { break }
        }
        guard let bound = instance.bound(dual.multipliers) else { return }
        proof = LinearProof(
            multipliers: dual.multipliers, value: problem.rounded(bound, of: model), engine: nil)
    }

    /// Exchanges one site for another one as long as there is time, and takes what is better.
    private mutating func exchange(until end: ContinuousClock.Instant) {
        let free = problem.rules.indices.filter { problem.rules[$0] == .free }
        guard !free.isEmpty else { return }
        var random = SplitMix64(seed: 1)
        var still = 0
        while still < Self.patience {
            still += 1
            guard let chosen = choice?.chosen, ContinuousClock.now < end else { return }
            var isChosen = problem.flags(chosen)
            let incoming = free[random.below(free.count)]
            let outgoing = chosen[random.below(chosen.count)]
            if isChosen[incoming] || problem.rules[outgoing] == .forced {
                // Where the number is free, one fewer may be enough.
                guard model.p == nil, problem.rules[outgoing] == .free else { continue }
                isChosen[outgoing] = false
            } else {
                (isChosen[incoming], isChosen[outgoing]) = (true, false)
            }
            let before = choice?.objective
            take(isChosen.indices.filter { isChosen[$0] })
            if choice?.objective != before { still = 0 }
        }
    }
}

extension SitingProblem {
    /// Whether one multiplier a demand proves a bound: a p-median or facility location problem with
    /// capacities, whatever else is asked of it.
    func hasCapacityDual(_ model: SitingModel) -> Bool {
        guard requirements.hasCapacities else { return false }
        return switch model {
        case .pMedian, .facilityLocation: true
        default: false
        }
    }
}

extension LinearFormulation {
    /// Multipliers that any program has: each row of demand takes what its columns leave.
    ///
    /// A dual ascent in one pass. D. Erlenkotter, 1978, https://doi.org/10.1287/opre.26.6.992. Rows
    /// without a side that say what a column consists of come first, and hand its parts' costs to it.
    ///
    /// - Complexity: O(terms).
    func ascent() -> [Double] {
        var left = costs
        var multipliers = [Double](repeating: 0, count: rows)
        let parts = (0..<rows).filter { relations[$0] == .equal && sides[$0] == 0 }
        let demand = (0..<rows).filter { relations[$0] != .atMost && sides[$0] > 0 }
        for row in parts + demand {
            let terms = starts[row]..<starts[row + 1]
            var least = Double.infinity
            for term in terms where coefficients[term] > 0 {
                least = min(least, left[Int(columns[term])] / coefficients[term])
            }
            guard least > 0, least < .infinity else { continue }
            multipliers[row] = least
            for term in terms { left[Int(columns[term])] -= least * coefficients[term] }
        }
        return multipliers
    }
}
