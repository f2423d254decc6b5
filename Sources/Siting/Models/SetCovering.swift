extension SitingProblem {
    /// The fewest sites that serve all demand that can be reached.
    func setCovering(
        _ options: SitingOptions, _ deadline: ContinuousClock.Instant?, whole: SitingProblem
    ) -> SitingSolution {
        let covering = Covering(self)
        var core = covering.core(most: covering.frame.candidates.count)
        // No more sites than are known to be enough.
        core.most = max(1, core.greedyChoice(SiteColumns(core)).count { $0 })
        var search = LocationSearch(
            core,
            limits: LocationSearch.Limits(
                deadline: deadline, gap: options.gap, multipliers: options.mostMultipliers,
                tasks: options.tasks, notes: options.notes))
        let outcome = search.run(
            from: covering.frame.starts(options.start, self, most: core.most))
        let chosen = covering.frame.chosen(outcome.chosen ?? [], in: self)
        let service = Service(of: chosen, in: self)
        guard service.unserved.isEmpty else {
            return SitingSolution(.setCovering, whole, status: .interrupted, nodes: outcome.nodes)
        }
        return SitingSolution(
            .setCovering, whole, status: .init(outcome), chosen: chosen,
            bound: outcome.bound + Double(forced), nodes: outcome.nodes,
            certificate: outcome.certificate.map { covering.certificate($0) })
    }
}
