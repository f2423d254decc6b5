public import Analysis
public import Features
internal import Geometry

extension SitingSolution {
    /// What a chosen site serves.
    public struct Load: Hashable, Sendable {
        /// How much demand is assigned to it, as a whole or in part.
        public var count = 0
        /// What that weighs.
        public var weight = 0.0
        /// The sum of weights times costs.
        public var weightedCost = 0.0
        /// The greatest cost.
        public var greatest = 0.0

        /// The mean cost by weight; `nil` without weight.
        public var mean: Double? { weight > 0 ? weightedCost / weight : nil }
    }

    /// What each chosen site serves; demand that counts nothing is left out.
    ///
    /// - Parameter problem: The problem that was solved.
    /// - Returns: One for each of ``chosen``.
    public func loads(in problem: SitingProblem) -> [Load] {
        var loads = [Load](repeating: Load(), count: chosen.count)
        var slots: [Int: Int] = [:]
        for (slot, candidate) in chosen.enumerated() { slots[candidate] = slot }
        for share in served where problem.weights[share.demand] > 0 {
            guard let slot = slots[share.site], let cost = problem.cost(share.demand, share.site)
            else { continue }
            let weight = problem.weights[share.demand] * share.part
            loads[slot].count += 1
            loads[slot].weight += weight
            loads[slot].weightedCost += weight * cost
            loads[slot].greatest = max(loads[slot].greatest, cost)
        }
        return loads
    }

    /// Who serves whom: the shares, or all of each demand where it is not divided.
    var served: [Share] {
        if !shares.isEmpty { return shares }
        return assignment.enumerated().compactMap { demand, site in
            site.map { Share(demand: demand, site: $0, part: 1) }
        }
    }

    /// The chosen sites with their attributes and what they serve.
    ///
    /// Each carries `site_rule` (`forced` or `chosen`), `demand_count`, `demand_weight`, `mean_cost`
    /// and `max_cost`, in metres where costs were measured; the last two are null without demand.
    ///
    /// - Parameters:
    ///   - candidates: The candidates, as the problem numbers them.
    ///   - problem: The problem that was solved.
    /// - Returns: One feature a site.
    public func sites(of candidates: FeatureBatch, in problem: SitingProblem) -> FeatureBatch {
        let loads = loads(in: problem)
        var batch = candidates.taking(chosen)
        batch.set(
            "site_rule",
            .string(chosen.map { problem.rules[$0] == .forced ? "forced" : "chosen" }))
        batch.set("demand_count", .int(loads.map { $0.count }))
        batch.set("demand_weight", .double(loads.map { $0.weight }))
        batch.set("mean_cost", .double(loads.map { $0.mean.map { $0.toMicro } }))
        batch.set("max_cost", .double(loads.map { $0.count > 0 ? $0.greatest.toMicro : nil }))
        return batch
    }

    /// The allocations: a line from each demand to the site that serves it (spider lines).
    ///
    /// Each carries `demand_id`, `site_id`, `weight` and `cost`. Demand that is not served has none; one
    /// that is divided has a line for each part, with the part's weight.
    ///
    /// - Parameters:
    ///   - demand: The demand, as the problem numbers it.
    ///   - candidates: The candidates, as the problem numbers them.
    ///   - problem: The problem that was solved.
    /// - Returns: One feature a demand that is served, or a part of one.
    /// - Throws: `GeometryError` where a site has no inside.
    public func allocations(
        from demand: Places, to candidates: FeatureBatch, in problem: SitingProblem
    ) throws -> FeatureBatch {
        var ends: [Int: Position?] = [:]
        for candidate in chosen {
            let shape = candidates.geometry[candidate]
            if case .point(let position) = shape {
                ends[candidate] = position
            } else {
                ends[candidate] = try shape?.interiorPoint()
            }
        }
        let served = served.filter { problem.weights[$0.demand] > 0 }
        let lines = served.map { share -> Shape? in
            guard let start = demand[share.demand], let end = ends[share.site] ?? nil else {
                return nil
            }
            return .lineString([start, end])
        }
        var batch = FeatureBatch(geometry: GeometryColumn(lines))
        batch.set("demand_id", .string(served.map { problem.demandIDs[$0.demand] }))
        batch.set("site_id", .string(served.map { problem.candidateIDs[$0.site] }))
        batch.set("weight", .double(served.map { problem.weights[$0.demand] * $0.part }))
        batch.set("cost", .double(served.map { problem.cost($0.demand, $0.site)?.toMicro }))
        return batch
    }
}

extension Double {
    /// The number to the sixth decimal: metres to the micrometre.
    fileprivate var toMicro: Double { (self * 1e6).rounded() / 1e6 }
}
