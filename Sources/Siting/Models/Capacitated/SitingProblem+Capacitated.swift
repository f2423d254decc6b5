extension SitingProblem {
    /// Whether nothing but capacities is asked of a p-median or facility location problem.
    func isCapacitated(_ model: SitingModel) -> Bool {
        var rest = requirements
        (rest.capacities, rest.loads) = ([], [])
        guard requirements.hasCapacities, rest.isEmpty else { return false }
        switch model {
        case .pMedian(let p): return p != nil
        case .facilityLocation: return true
        default: return false
        }
    }

    /// Chooses sites that can serve so much each: an own search for bounds and choices first, whose
    /// reduced costs leave the general solver little of the program.
    func capacitated(
        _ formulation: SitingFormulation, _ options: SitingOptions,
        _ deadline: ContinuousClock.Instant?, whole: SitingProblem, _ first: FirstAnswer
    ) throws -> SitingSolution {
        let model = formulation.model
        var search = CapacitatedSearch(formulation)
        // A quarter of the time is the solver's.
        let most = deadline.map { $0 - ContinuousClock.now.duration(to: $0) / 4 }
        search.run(
            from: options.start, until: most, gap: options.gap,
            mostMultipliers: options.mostMultipliers)
        var proof = search.proof()
        let tree = search.tree?.certificate
        let proven = [proof?.value, tree?.bound].compactMap { $0 }.max()
        var isByEngine = false
        var method = "Lagrangian bounds (knapsacks); interchange and large neighbourhoods"
        if search.tree?.triples.count ?? 0 > 0 { method += "; triples of demand" }
        let parts = search.tree.map { $0.count > 1 ? $0.count : 0 } ?? 0
        if parts > 0 { method += "; branch and bound" }
        var best = first.choice
        /// Takes a choice that is better than those before.
        func take(_ chosen: [Int], _ assignment: [Int?]) {
            let found = ServedChoice(chosen, in: self, model, assignment: assignment)
            if found.isBetter(than: best, for: model) { best = found }
        }
        if let found = search.choice { take(found.chosen, found.assignment) }
        func answer(_ ending: MIPOutcome.Ending, _ said: Double?, _ nodes: Int) -> SitingSolution {
            guard let best else {
                return SitingSolution(
                    model, whole, status: ending == .infeasible ? .infeasible : .interrupted,
                    bound: ending == .infeasible ? nil : proven,
                    infeasibility: ending == .infeasible ? Infeasibility(conflicting: []) : nil,
                    nodes: nodes, method: method)
            }
            let bound = Self.bound(
                said, proven, best.objective, model,
                isOptimal: ending == .optimal && isByEngine)
            var certificate = SitingCertificate(
                proof: BoundCertificate(bound: bound ?? 0, nodes: []))
            certificate.linear = proof
            if let tree { certificate.proof = tree }
            return SitingSolution(
                model, whole, status: ending.status, chosen: best.chosen, bound: bound,
                nodes: nodes + parts, certificate: certificate,
                assignment: best.assignment,
                method: method)
        }
        if let best, let proven {
            let left = best.objective - proven
            if left <= LocationSearch.precision * best.objective {
                return answer(.optimal, nil, 0)
            }
            if left <= options.gap * best.objective { return answer(.nearEnough, nil, 0) }
        }
        let engine = try CBCEngine()
        isByEngine = true
        proof?.engine = engine.name
        method += "; linear program; branch and cut by \(engine.name)"
        var program = formulation.program
        for column in search.closed() where program.lower[column] == 0 {
            program.bound(column, from: 0, to: 0)
        }
        let outcome = try engine.solve(
            program, MIPLimits(deadline: deadline, gap: options.gap, notes: options.notes))
        if let values = outcome.values, let assignment = formulation.assignment(values) {
            take(formulation.chosen(values), assignment)
        }
        var ending = outcome.ending
        // What was left out costs more than the best that was known.
        if ending == .infeasible, best != nil {
            ending = search.choice == nil ? .interrupted : .optimal
        }
        return answer(ending, outcome.bound, outcome.nodes)
    }
}
