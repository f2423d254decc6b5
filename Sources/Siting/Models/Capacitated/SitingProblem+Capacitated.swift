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
        _ deadline: ContinuousClock.Instant?, whole: SitingProblem
    ) throws -> SitingSolution {
        let model = formulation.model
        var search = CapacitatedSearch(formulation)
        // Half of the time is the solver's.
        let half = deadline.map { $0 - ContinuousClock.now.duration(to: $0) / 2 }
        search.run(until: half, gap: options.gap)
        var proof = search.proof()
        var isByEngine = false
        var method = "Lagrangian bounds (knapsacks); interchange and large neighbourhoods"
        var best = search.choice
        func cost(_ choice: (chosen: [Int], assignment: [Int?])) -> Double {
            Service(of: choice.chosen, in: self, assignment: choice.assignment)
                .objective(of: model)
        }
        func answer(_ ending: MIPOutcome.Ending, _ said: Double?, _ nodes: Int) -> SitingSolution {
            guard let best else {
                return SitingSolution(
                    model, whole, status: ending == .infeasible ? .infeasible : .interrupted,
                    bound: ending == .infeasible ? nil : proof?.value,
                    infeasibility: ending == .infeasible ? Infeasibility(conflicting: []) : nil,
                    nodes: nodes, method: method)
            }
            let bound = Self.bound(
                said, proof?.value, cost(best), model,
                isOptimal: ending == .optimal && isByEngine)
            var certificate = SitingCertificate(
                proof: BoundCertificate(bound: bound ?? 0, nodes: []))
            certificate.linear = proof
            return SitingSolution(
                model, whole, status: ending.status, chosen: best.chosen, bound: bound,
                nodes: nodes, certificate: certificate, assignment: best.assignment,
                method: method)
        }
        if let best, let proof {
            let left = cost(best) - proof.value
            if left <= LocationSearch.precision * cost(best) { return answer(.optimal, nil, 0) }
            if left <= options.gap * cost(best) { return answer(.nearEnough, nil, 0) }
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
            program, MIPLimits(deadline: deadline, gap: options.gap))
        if let values = outcome.values, let assignment = formulation.assignment(values) {
            let other = (chosen: formulation.chosen(values), assignment: assignment)
            if best.map({ cost(other) < cost($0) }) ?? true { best = other }
        }
        // What was left out costs more than the best that was known.
        let isEmpty = outcome.ending == .infeasible && best != nil
        return answer(isEmpty ? .optimal : outcome.ending, outcome.bound, outcome.nodes)
    }
}
