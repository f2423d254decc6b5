internal import Geometry

/// Builds a choice that meets what is asked, one site after another: first those that must be there, then
/// what most helps for its cost with what is missing.
///
/// The greedy heuristic of A. A. Kuehn and M. J. Hamburger, 1963,
/// https://doi.org/10.1287/mnsc.9.4.643, with what is asked as the first of its aims.
struct ChoiceBuilder {
    /// What still is missing of a choice.
    private enum Need: Hashable {
        case existing, group(String), closeness, service, capacity, number
    }

    private let problem: SitingProblem
    private let model: SitingModel
    private let reach: [[(demand: Int, cost: Double)]]
    private let close: [[Int]]
    private let apart: [[Int]]
    private let existing: Set<Int>
    private let load: Double
    /// What each demand costs without a site, more than any cost.
    private let farthest: Double

    private var chosen = Set<Int>()
    private var isBarred: [Bool]
    private var spent = 0.0
    private var capacity = 0.0
    private var counts: [String: Int] = [:]
    private var cost: [Double]
    private var isClose: [Bool]
    private var unreached: Int
    private var remote: Int

    /// Begins with nothing chosen.
    ///
    /// - Complexity: O(entries).
    init(_ problem: SitingProblem, _ model: SitingModel) {
        (self.problem, self.model) = (problem, model)
        let (asked, count) = (problem.requirements, problem.candidateIDs.count)
        var reach = [[(demand: Int, cost: Double)]](repeating: [], count: count)
        var close = [[Int]](repeating: [], count: count)
        var farthest = 0.0
        let counting = problem.demandIDs.indices.filter { problem.weights[$0] > 0 }
        for demand in counting {
            for entry in problem.costs.entries(of: demand) {
                let cost = problem.costs.distances[entry]
                reach[Int(problem.costs.indices[entry])].append((demand, cost))
                farthest = max(farthest, cost)
            }
            for entry in asked.closeness == nil ? 0..<0 : asked.close.entries(of: demand) {
                close[Int(asked.close.indices[entry])].append(demand)
            }
        }
        var apart = [[Int]](repeating: [], count: count)
        for pair in asked.near + asked.incompatible {
            apart[pair.first].append(pair.second)
            apart[pair.second].append(pair.first)
        }
        (self.reach, self.close, self.apart, self.farthest) = (
            reach, close, apart, 2 * farthest + 1
        )
        existing = Set(asked.existing)
        load = counting.reduce(0) { $0 + problem.load($1) }
        isBarred = problem.rules.map { $0 == .forbidden }
        cost = Array(repeating: 2 * farthest + 1, count: problem.demandIDs.count)
        isClose = Array(repeating: false, count: problem.demandIDs.count)
        unreached = counting.count
        remote = asked.closeness == nil ? 0 : counting.count
    }

    /// Builds a choice; `nil` where it comes to a stand, or the time is up.
    ///
    /// - Parameters:
    ///   - byCapacity: Whether the sites that can serve most come first.
    ///   - deadline: When to stop at the latest.
    /// - Returns: The chosen sites, ascending.
    /// - Complexity: O(entries) for each site.
    mutating func build(byCapacity: Bool, until deadline: ContinuousClock.Instant?) -> [Int]? {
        for site in problem.rules.indices where problem.rules[site] == .forced { add(site) }
        while let need {
            if let deadline, ContinuousClock.now >= deadline { return nil }
            guard let site = best(for: need, byCapacity) else { return nil }
            add(site)
        }
        while isOptional, let site = best(for: .number, byCapacity), isWorth(site) {
            if let deadline, ContinuousClock.now >= deadline { break }
            add(site)
        }
        return chosen.sorted()
    }

    private mutating func add(_ site: Int) {
        let asked = problem.requirements
        chosen.insert(site)
        isBarred[site] = true
        for other in apart[site] { isBarred[other] = true }
        if !asked.siteCosts.isEmpty { spent += asked.siteCosts[site] }
        if asked.hasCapacities { capacity += asked.capacities[site] }
        if !asked.groups.isEmpty, let group = asked.groups[site] { counts[group, default: 0] += 1 }
        for entry in reach[site] where entry.cost < cost[entry.demand] {
            if cost[entry.demand] == farthest { unreached -= 1 }
            cost[entry.demand] = entry.cost
        }
        for demand in close[site] where !isClose[demand] {
            isClose[demand] = true
            remote -= 1
        }
    }

    // MARK: What is missing

    private var need: Need? {
        let asked = problem.requirements
        if let most = asked.mayClose, existing.count - existing.intersection(chosen).count > most {
            return .existing
        }
        if let least = asked.atLeast,
            let group = asked.groupNames.first(where: { counts[$0, default: 0] < least })
        {
            return .group(group)
        }
        if remote > 0 { return .closeness }
        if model.mustServe {
            if unreached > 0 { return .service }
            if asked.hasCapacities, capacity < load { return .capacity }
        }
        return chosen.count < model.p ?? 1 ? .number : nil
    }

    /// Whether sites may be added that only make the choice better.
    private var isOptional: Bool {
        model.p == nil
            && (model.isMaximal || model.name == "p-median" || model == .facilityLocation)
    }

    private func isWorth(_ site: Int) -> Bool {
        let saved = saving(site)
        return model == .facilityLocation ? saved > problem.openingCosts[site] : saved > 0
    }

    // MARK: What may be added

    /// The site that helps most with what is missing; `nil` where none may be added that does.
    private func best(for need: Need, _ byCapacity: Bool) -> Int? {
        let asked = problem.requirements
        if let p = model.p, chosen.count >= p { return nil }
        let isFull = asked.new.map { chosen.subtracting(existing).count >= $0 } ?? false
        let room = Room(self)
        var best: (site: Int, score: Double)?
        for site in problem.candidateIDs.indices where !isBarred[site] {
            if isFull, !existing.contains(site) { continue }
            if let budget = asked.budget, spent + asked.siteCosts[site] > budget { continue }
            if let most = asked.atMost, let group = asked.groups[site],
                counts[group, default: 0] >= most
            {
                continue
            }
            guard helps(site, need), room.isEnough(with: site) else { continue }
            let score = score(site, need, byCapacity)
            if score > best?.score ?? -.infinity { best = (site, score) }
        }
        return best?.site
    }

    private func helps(_ site: Int, _ need: Need) -> Bool {
        switch need {
        case .existing: existing.contains(site)
        case .group(let name): problem.requirements.groups[site] == name
        case .closeness: close[site].contains { !isClose[$0] }
        case .service: reach[site].contains { cost[$0.demand] == farthest }
        case .capacity: problem.requirements.capacities[site] > 0
        case .number: true
        }
    }

    private func score(_ site: Int, _ need: Need, _ byCapacity: Bool) -> Double {
        let asked = problem.requirements
        var score =
            switch need {
            case .closeness: Double(close[site].count { !isClose[$0] })
            case .service: Double(reach[site].count { cost[$0.demand] == farthest })
            case .capacity where byCapacity: asked.capacities[site]
            case .number where byCapacity && asked.hasCapacities: asked.capacities[site]
            default: saving(site)
            }
        if asked.budget != nil { score /= asked.siteCosts[site] + 1e-9 }
        if model == .facilityLocation, need == .service || need == .capacity {
            score /= problem.openingCosts[site] + 1e-9
        }
        return score
    }

    /// What a site would save, each demand at its nearest.
    private func saving(_ site: Int) -> Double {
        reach[site].reduce(0) { sum, entry in
            let now = cost[entry.demand]
            if entry.cost >= now { return sum }
            let weight = problem.weights[entry.demand]
            return sum
                + (model.isMaximal ? (now == farthest ? weight : 0) : weight * (now - entry.cost))
        }
    }

    /// Whether the sites that may still be added can serve all, where their number is given.
    private struct Room {
        /// What those that can serve most serve together: one fewer than are left, and as many.
        private var fewer = Double.infinity
        private var all = 0.0
        private var edge = 0.0
        private var missing = -Double.infinity
        private var capacities: [Double] = []

        init(_ builder: ChoiceBuilder) {
            let asked = builder.problem.requirements
            guard let p = builder.model.p, asked.hasCapacities, builder.model.mustServe else {
                return
            }
            let left = p - builder.chosen.count
            let free = asked.capacities.indices.filter { !builder.isBarred[$0] }
                .map { asked.capacities[$0] }.sorted(by: >).prefix(max(0, left))
            all = free.reduce(0, +)
            edge = free.last ?? 0
            fewer = all - edge
            missing = builder.load * (1 - 1e-12) - builder.capacity
            capacities = asked.capacities
        }

        func isEnough(with site: Int) -> Bool {
            if capacities.isEmpty { return true }
            // One of the best is among the best already.
            return (capacities[site] >= edge ? all : fewer + capacities[site]) >= missing
        }
    }
}
