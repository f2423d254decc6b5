extension SitingProblem {
    /// The sites that cost least together with the service of what can be reached.
    func facilityLocation(
        _ options: SitingOptions, _ deadline: ContinuousClock.Instant?, whole: SitingProblem
    ) -> SitingSolution {
        let model = SitingModel.facilityLocation
        // All that is allowed serves all that can be reached.
        let all = rules.indices.filter { rules[$0] != .forbidden }
        let dearest = Service(of: all, in: self).objective(of: model)
        let free = allowed - forced
        let (core, frame) = medianCore(
            least: forced == 0 ? 1 : 0, most: free, dearest: dearest, opensFree: false)
        var search = LocationSearch(
            core,
            limits: LocationSearch.Limits(
                deadline: deadline, gap: options.gap, multipliers: options.mostMultipliers,
                tasks: options.tasks, notes: options.notes))
        let outcome = search.run(from: frame.starts(options.start + [all], self, most: free))
        return SitingSolution(
            model, whole, status: .init(outcome),
            chosen: frame.chosen(outcome.chosen ?? [], in: self), bound: outcome.bound,
            nodes: outcome.nodes,
            certificate: outcome.certificate.map {
                SitingCertificate(proof: frame.expanded($0))
            })
    }
}
