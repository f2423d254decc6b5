internal import Geometry

/// How much shorter a distance of a demand may be before another choice is better.
///
/// Another choice has one of the demand's other candidates. All of them are brought nearer at once: of
/// each choice only the nearest counts, so that no choice gains more than by that one alone. Chosen sites
/// come as near as the demand's own at most: beyond, this choice gains as much as any other one.
extension ToleranceSearch {
    /// What is known of a demand's shorter distances; `nil` for any.
    struct Shorter {
        /// By how much one of those within reach may become shorter.
        var by: Double?
        /// As near as one that is out of reach may come.
        var to: Double?
    }

    /// What is found by solving again.
    mutating func shorter(_ row: Int) throws -> Shorter {
        let missing = missing(row)
        switch model {
        case .pMedian, .facilityLocation, .pCenter:
            guard let own = now(row) else { return Shorter() }
            let by = try fall(row, own)
            return Shorter(
                by: try fallOfOwn(row, own).map { min($0, by ?? .infinity) } ?? by,
                to: missing.isEmpty ? nil : try approach(row, own, missing))
        default:
            // More choices reach it, and each no better than where all candidates do.
            let near =
                model == .maximalCovering(p: model.p) && model.p != nil
                // By one of its own sites this choice gains as much as any.
                ? missing.filter { !solution.chosen.contains($0) } : missing
            guard let limit = problem.limit, !near.isEmpty else { return Shorter() }
            let all = Dictionary(near.map { ($0, limit) }) { first, _ in first }
            guard let other = try best(problem.with(costs: all, of: row))?.objective,
                !isAsGood(solution.objective ?? .nan, as: other)
            else { return Shorter() }
            return Shorter(to: limit)
        }
    }

    /// What the distance to the second-best choice leaves for certain.
    ///
    /// A choice gains no more by a pair than the weight times what it becomes shorter; of a covering, no
    /// more than the weight.
    func certainShorter(_ row: Int, _ distance: Double) -> Shorter {
        let to = missing(row).isEmpty ? nil : problem.limit
        let by = distance < .infinity ? distance : nil
        switch model {
        case .pMedian, .facilityLocation:
            return Shorter(by: by.map { $0 / problem.weights[row] }, to: to)
        case .pCenter: return Shorter(by: by, to: to)
        default:
            let isHarmless = !model.mustServe && problem.weights[row] <= distance
            return Shorter(to: isHarmless ? nil : to)
        }
    }

    /// The candidates that could be chosen and are out of reach of a demand.
    func missing(_ row: Int) -> [Int] {
        var isReached = problem.rules.map { $0 == .forbidden }
        for entry in problem.reach(row) { isReached[Int(entry.site)] = true }
        return isReached.indices.filter { !isReached[$0] }
    }

    /// As near as a candidate may come: a chosen one no nearer than the demand's own site.
    private func floor(_ site: Int, _ own: Double) -> Double {
        solution.chosen.contains(site) ? own : 0
    }

    /// By how much a distance within reach may fall; `nil` where no other choice becomes better.
    private mutating func fall(_ row: Int, _ own: Double) throws -> Double? {
        let reach = problem.reach(row).filter { Int($0.site) != solution.assignment[row] }
        var by = reach.map(\.cost).max() ?? 0
        var last: Double?
        for _ in 0..<50 where by > 0 {
            var lowered: [Int: Double] = [:]
            for entry in reach {
                let nearest = min(entry.cost, floor(Int(entry.site), own))
                lowered[Int(entry.site)] = max(nearest, entry.cost - by)
            }
            guard let better = try better(problem.with(costs: lowered, of: row)) else {
                return last
            }
            let equal = try equal(row, better)
            let next = reach.reduce(Double.infinity) { least, entry in
                let site = Int(entry.site)
                return better.contains(site) && floor(site, own) < equal
                    ? min(least, max(0, entry.cost - equal)) : least
            }
            guard next < by else { return last ?? by }
            (last, by) = (next, next)
        }
        return last
    }

    /// Of a p-center, by how much the distance that decides it may fall: where it falls, another choice
    /// that is as good may become better.
    private mutating func fallOfOwn(_ row: Int, _ own: Double) throws -> Double? {
        guard model.isCenter, own == solution.objective, demand.count > 1 else { return nil }
        let rest = try problem.without([row])
        let others = value(solution.chosen, rest)
        guard let other = try best(rest)?.objective, !isAsGood(others, as: other) else {
            return nil
        }
        return own - others
    }

    /// As near as a candidate out of reach may come; `nil` for as near as can be.
    private mutating func approach(
        _ row: Int, _ own: Double, _ missing: [Int]
    ) throws -> Double? {
        var at = 0.0
        var last: Double?
        for _ in 0..<50 {
            let near = Dictionary(missing.map { ($0, max(at, floor($0, own))) }) { a, _ in a }
            guard let better = try better(problem.with(costs: near, of: row)) else { return last }
            let equal = min(try equal(row, better), problem.limit ?? .infinity)
            guard equal > at else { return last ?? at }
            (last, at) = (equal, equal)
            if equal == problem.limit || model.isCenter { return equal }
        }
        return last
    }

    /// The cost of a demand at which another choice is as good as this one.
    private func equal(_ row: Int, _ chosen: [Int]) throws -> Double {
        let objective = solution.objective ?? .nan
        if model.isCenter { return objective }
        var others = chosen.reduce(0) { $0 + problem.openingCosts[$1] }
        if case .pMedian = model { others = 0 }
        if demand.count > 1 { others = value(chosen, try problem.without([row])) }
        return (objective - others) / problem.weights[row]
    }

    /// A choice that is better in a changed problem, in which this one is as good as before.
    private mutating func better(_ changed: SitingProblem) throws -> [Int]? {
        guard let best = try best(changed), let other = best.objective,
            !isAsGood(solution.objective ?? .nan, as: other)
        else { return nil }
        return best.chosen
    }
}

extension SitingProblem {
    /// The problem with other costs of some of a demand's pairs, or with pairs more.
    fileprivate func with(costs changed: [Int: Double], of demand: Int) throws -> SitingProblem {
        var rows = NeighbourRows()
        for row in 0..<costs.rows {
            var entries = costs.entries(of: row).map {
                (site: Int(costs.indices[$0]), cost: costs.distances[$0])
            }
            if row == demand {
                entries = entries.filter { changed[$0.site] == nil }
                entries += changed.map { (site: $0.key, cost: $0.value) }
                entries.sort { $0.site < $1.site }
            }
            for entry in entries { rows.append(Int32(entry.site), entry.cost) }
            rows.endRow()
        }
        return try SitingProblem(
            demandIDs: demandIDs, candidateIDs: candidateIDs, weights: weights, costs: rows,
            limit: limit
        ).taking(self)
    }
}
