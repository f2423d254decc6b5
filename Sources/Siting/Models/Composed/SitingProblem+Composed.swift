extension SitingProblem {
    /// Whether a question is solved without a general solver.
    func isPure(_ model: SitingModel) -> Bool {
        model.isPure && requirements.isEmpty
            && (model.p != nil || SitingModel.namesWithoutNumber.contains(model.name))
    }

    /// Chooses sites by the general solver: for models and requirements that the own search does not
    /// know.
    ///
    /// The proof that is kept is the dual of the linear relaxation, which anyone can check; where it
    /// leaves a gap, the rest is the solver's word.
    func composed(
        _ model: SitingModel, _ options: SitingOptions, _ deadline: ContinuousClock.Instant?,
        whole: SitingProblem
    ) throws -> SitingSolution {
        try checkCapacity(model)
        switch model {
        case .pCenter, .dispersion: return try threshold(model, deadline, whole: whole)
        case .backupCovering: return try backupCovering(options, deadline, whole: whole)
        default: break
        }
        let formulation = try SitingFormulation(model, self)
        if isCapacitated(model) {
            return try capacitated(formulation, options, deadline, whole: whole)
        }
        let engine = try CBCEngine()
        let method = "linear program; branch and cut by \(engine.name)"
        let outcome = try engine.solve(
            formulation.program, MIPLimits(deadline: deadline, gap: options.gap))
        if outcome.ending == .infeasible {
            return SitingSolution(
                model, whole, status: .infeasible, infeasibility: Infeasibility(conflicting: []),
                nodes: outcome.nodes, method: method)
        }
        let proof = LinearProof(formulation, outcome.multipliers, engine: engine.name)
        var certificate = SitingCertificate(
            proof: BoundCertificate(bound: outcome.bound.map(formulation.value) ?? 0, nodes: []))
        certificate.linear = proof
        guard let values = outcome.values else {
            return SitingSolution(
                model, whole, status: .interrupted, bound: proof?.value, nodes: outcome.nodes,
                method: method)
        }
        let chosen = formulation.chosen(values)
        let assignment = formulation.assignment(values)
        var shares: [SitingSolution.Share]?
        if requirements.isSplit {
            // The solver's parts are right to its tolerance only.
            shares = Transport.shares(of: chosen, in: self, model)
            if shares == nil {
                return SitingSolution(
                    model, whole, status: .interrupted, bound: proof?.value, nodes: outcome.nodes,
                    method: method)
            }
        }
        let service =
            shares.map { Service(of: chosen, in: self, shares: $0) }
            ?? Service(of: chosen, in: self, assignment: assignment)
        let objective = service.objective(of: model)
        let bound = Self.bound(
            outcome.bound.map(formulation.value), proof?.value, objective, model,
            isOptimal: outcome.ending == .optimal)
        certificate.proof.bound = bound ?? 0
        return SitingSolution(
            model, whole, status: outcome.ending.status, chosen: chosen, bound: bound,
            nodes: outcome.nodes, certificate: bound == nil ? nil : certificate,
            assignment: assignment, shares: shares, method: method)
    }

    /// The bound to tell: what the solver says, or what is proven where that is more, and never better
    /// than what was found.
    ///
    /// An optimal solution is its own bound: the solver's tolerances are told in the guide.
    static func bound(
        _ said: Double?, _ proven: Double?, _ objective: Double, _ model: SitingModel,
        isOptimal: Bool
    ) -> Double? {
        if isOptimal { return objective }
        let known = [said, proven].compactMap { $0 }.filter(\.isFinite)
        if model.isMaximal { return known.min().map { max($0, objective) } }
        return known.max().map { min($0, objective) }
    }

    /// Refuses capacities that are not enough together.
    private func checkCapacity(_ model: SitingModel) throws {
        guard requirements.hasCapacities, model.mustServe else { return }
        let capacity = rules.indices.filter { rules[$0] != .forbidden }
            .reduce(0) { $0 + requirements.capacities[$1] }
        let load = demandIDs.indices.filter { weights[$0] > 0 }.reduce(0) { $0 + self.load($1) }
        if capacity < load * (1 - 1e-12) {
            throw SitingError(
                .notEnough, at: "",
                "all candidates can serve \(capacity), and the demand is \(load)",
                remedy: "give more candidates or greater capacities, or choose mclp")
        }
    }

    /// The fewest sites that reach all demand, and among such choices one that reaches most twice.
    private func backupCovering(
        _ options: SitingOptions, _ deadline: ContinuousClock.Instant?, whole: SitingProblem
    ) throws -> SitingSolution {
        var first = SitingOptions()
        first.notes = options.notes
        let fewest =
            requirements.isEmpty
            ? setCovering(first, deadline, whole: whole)
            : try composed(.setCovering, SitingOptions(), deadline, whole: whole)
        let model = SitingModel.backupCovering
        guard fewest.status == .optimal else {
            return SitingSolution(
                model, whole, status: fewest.status, infeasibility: fewest.infeasibility,
                nodes: fewest.nodes, method: fewest.method)
        }
        let most = try composed(
            .backupCoverage(p: fewest.chosen.count), options, deadline, whole: whole)
        let method = "fewest sites: \(fewest.method); then \(most.method)"
        guard most.objective != nil else {
            return SitingSolution(
                model, whole, status: .interrupted, nodes: fewest.nodes + most.nodes,
                method: method)
        }
        var certificate = most.certificate
        certificate?.fewest = fewest.certificate.map { [$0] } ?? []
        return SitingSolution(
            model, whole, status: most.status, chosen: most.chosen, bound: most.bound,
            nodes: fewest.nodes + most.nodes, certificate: certificate, method: method)
    }
}

extension MIPOutcome.Ending {
    /// The status of an answer that ended so.
    var status: SitingSolution.Status {
        switch self {
        case .optimal: .optimal
        case .nearEnough: .gap
        case .infeasible: .infeasible
        case .interrupted: .interrupted
        }
    }
}
