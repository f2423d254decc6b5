extension SitingProblem {
    /// The fewest sites that serve all demand that can be reached.
    ///
    /// Where the own search does not come to an end soon, as its relaxation is not cut, the general solver
    /// goes on if it is there.
    func setCovering(
        _ options: SitingOptions, _ deadline: ContinuousClock.Instant?, whole: SitingProblem
    ) throws -> SitingSolution {
        let covering = Covering(self)
        var core = covering.core(most: covering.frame.candidates.count)
        // No more sites than are known to be enough.
        core.most = max(1, core.greedyChoice(SiteColumns(core)).count { $0 })
        let hasEngine = CBCEngine.found != nil
        // Half of the time is the solver's.
        let half = deadline.map { $0 - ContinuousClock.now.duration(to: $0) / 2 }
        func searched(
            from starts: [[Int]], until deadline: ContinuousClock.Instant?, nodes: Int
        ) -> SitingSolution {
            var search = LocationSearch(
                core,
                limits: LocationSearch.Limits(
                    deadline: deadline, gap: options.gap, nodes: nodes,
                    multipliers: options.mostMultipliers, tasks: options.tasks,
                    notes: options.notes))
            let outcome = search.run(from: covering.frame.starts(starts, self, most: core.most))
            let chosen = covering.frame.chosen(outcome.chosen ?? [], in: self)
            guard Service(of: chosen, in: self).unserved.isEmpty else {
                return SitingSolution(
                    .setCovering, whole, status: .interrupted, nodes: outcome.nodes)
            }
            return SitingSolution(
                .setCovering, whole, status: .init(outcome), chosen: chosen,
                bound: outcome.bound + Double(forced), nodes: outcome.nodes,
                certificate: outcome.certificate.map { covering.certificate($0) })
        }
        let own = searched(
            from: options.start, until: hasEngine ? half : deadline,
            nodes: hasEngine ? Self.mostNodes(core) : .max)
        let isLate = deadline.map { ContinuousClock.now >= $0 } ?? false
        guard own.status == .interrupted, !own.chosen.isEmpty, !isLate, hasEngine else {
            return own
        }
        do {
            return try setCovering(from: own, options, deadline, whole: whole)
        } catch let error as SitingError where error.code == .noEngine {
            // The solver failed: the own search needs none.
            return searched(from: [own.chosen], until: deadline, nodes: .max)
        }
    }

    /// So many nodes the own search looks at before the general solver goes on: the more, the smaller they
    /// are, which is a second or a few.
    private static func mostNodes(_ core: LocationCore) -> Int {
        max(100, 400_000 / max(1, core.sites.count))
    }

    /// The fewest sites, by the general solver where it comes further than the own search.
    private func setCovering(
        from own: SitingSolution, _ options: SitingOptions, _ deadline: ContinuousClock.Instant?,
        whole: SitingProblem
    ) throws -> SitingSolution {
        let engine = try CBCEngine()
        let formulation = try SitingFormulation(.setCovering, self)
        let outcome = try engine.solve(
            formulation.program,
            MIPLimits(deadline: deadline, gap: options.gap, notes: options.notes))
        let choice = ServedChoice(own.chosen, in: self, .setCovering, assignment: nil)
        let found = try answer(
            formulation, outcome, (choice, nil), own.method, by: engine.name, whole: whole)
        // The better of the two proofs is kept; what goes beyond it is the solver's word.
        var (certificate, bound) = (found.certificate, found.bound)
        if var proof = own.certificate, proof.proof.bound > certificate?.linear?.value ?? -.infinity
        {
            bound = max(bound ?? proof.proof.bound, proof.proof.bound)
            proof.engine = bound == proof.proof.bound ? nil : engine.name
            proof.proof.isPartial = false
            certificate = proof
        }
        return SitingSolution(
            .setCovering, whole, status: found.status, chosen: found.chosen, bound: bound,
            nodes: own.nodes + found.nodes, certificate: certificate,
            method: "\(own.method); branch and cut by \(engine.name)")
    }
}
