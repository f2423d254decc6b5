extension SitingProblem {
    /// The sites that reach the greatest weight of demand.
    func maximalCovering(
        _ p: Int, _ options: SitingOptions, _ deadline: ContinuousClock.Instant?
    ) -> SitingSolution {
        var frame = ModelFrame(self)
        let sites = frame.sites(of: self)
        let most = p - forced
        var core = LocationCore(
            opening: Array(repeating: 0, count: frame.candidates.count), least: most, most: most)
        core.isCovering = true
        // Demand with the same candidates is one row; what is lost without them is its weight.
        var rows: [[Int32]: Int] = [:]
        var groups: [(sites: [Int32], weight: Double, members: [Int32])] = []
        var reachable = 0.0
        for demand in demandIDs.indices where weights[demand] > 0 {
            let reach = reach(demand)
            if reach.isEmpty { continue }
            reachable += weights[demand]
            if reach.contains(where: { rules[Int($0.site)] == .forced }) { continue }
            let own = reach.map { sites[Int($0.site)] }
            if let group = rows[own] {
                groups[group].weight += weights[demand]
                groups[group].members.append(Int32(demand))
            } else {
                rows[own] = groups.count
                groups.append((own, weights[demand], [Int32(demand)]))
            }
        }
        for group in groups {
            core.append(group.sites.map { ($0, 0) }, fallback: group.weight)
            frame.members.append(
                group.members.map { ($0, weights[Int($0)] / group.weight) })
        }
        var search = LocationSearch(
            core,
            limits: LocationSearch.Limits(
                deadline: deadline, gap: options.gap, total: reachable,
                multipliers: options.mostMultipliers,
                tasks: options.tasks, notes: options.notes))
        let outcome = search.run(from: frame.starts(options.start, self, most: most))
        // Sums in another order differ in their last digits.
        let isWhole = weights.allSatisfy { $0 == $0.rounded() }
        let slack = isWhole ? 1 : 1 + 1e-12
        return SitingSolution(
            .maximalCovering(p: p), self, status: .init(outcome),
            chosen: frame.chosen(outcome.chosen ?? [], in: self),
            bound: (reachable - outcome.bound) * slack, nodes: outcome.nodes,
            certificate: outcome.certificate.map { proof in
                var expanded = frame.expanded(proof)
                expanded.bound = (reachable - expanded.bound) * slack
                return SitingCertificate(proof: expanded)
            })
    }
}
