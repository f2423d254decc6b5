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
        if requirements.hasCapacities { try checkTakesCapacities(model) }
        try checkCapacity(model)
        switch model {
        case .pCenter, .dispersion: return try threshold(model, options, deadline, whole: whole)
        case .backupCovering: return try backupCovering(options, deadline, whole: whole)
        default: break
        }
        let first = FirstAnswer(model, self, from: options.start, until: deadline)
        let formulation = try SitingFormulation(model, self)
        if isCapacitated(model) {
            return try capacitated(formulation, options, deadline, whole: whole, first)
        }
        let engine = try CBCEngine()
        let outcome = try engine.solve(
            formulation.program,
            MIPLimits(deadline: deadline, gap: options.gap, notes: options.notes))
        return try answer(
            formulation, outcome, (first.choice, first.proof), FirstAnswer.method,
            by: engine.name, whole: whole)
    }

    /// Refuses capacities where a model has none.
    ///
    /// - Throws: ``SitingError`` (`badArgument`).
    func checkTakesCapacities(_ model: SitingModel) throws {
        switch model {
        case .pMedian, .facilityLocation, .setCovering, .maximalCovering: break
        default:
            throw SitingError(
                .badArgument, at: "", "\(model.name) has no capacities",
                remedy: "choose p-median, uflp, lscp or mclp, or leave the capacities out")
        }
    }

    /// The better of what was known before and of what the general solver found, with the better of the
    /// two proofs.
    func answer(
        _ formulation: SitingFormulation, _ outcome: MIPOutcome,
        _ first: (choice: ServedChoice?, proof: LinearProof?), _ firstMethod: String,
        by engine: String, whole: SitingProblem
    ) throws -> SitingSolution {
        let model = formulation.model
        var method = "linear program; branch and cut by \(engine)"
        if outcome.ending == .infeasible, first.choice == nil {
            return SitingSolution(
                model, whole, status: .infeasible, infeasibility: Infeasibility(conflicting: []),
                nodes: outcome.nodes, method: method)
        }
        let multipliers = outcome.multipliers ?? formulation.program.ascent()
        var proof = LinearProof(formulation, multipliers, engine: engine)
        if let own = first.proof, proof.map({ $0.value < own.value }) ?? true {
            proof = own
            proof?.engine = engine
        }
        var best = try choice(formulation, outcome, by: engine)
        if let own = first.choice, own.isBetter(than: best, for: model) {
            best = own
            method = "\(firstMethod); \(method)"
        }
        // Numbers that the solver takes for infeasible, and that are not, are not settled by it.
        let ending = outcome.ending == .infeasible ? .interrupted : outcome.ending
        guard let best else {
            return SitingSolution(
                model, whole, status: .interrupted, bound: proof?.value, nodes: outcome.nodes,
                method: method)
        }
        let said = outcome.ending == .infeasible ? nil : outcome.bound.map(formulation.value)
        let bound = Self.bound(
            said, proof?.value, best.objective, model, isOptimal: ending == .optimal)
        var certificate = SitingCertificate(
            proof: BoundCertificate(bound: bound ?? 0, nodes: []))
        certificate.linear = proof
        return SitingSolution(
            model, whole, status: ending.status, chosen: best.chosen, bound: bound,
            nodes: outcome.nodes, certificate: bound == nil ? nil : certificate,
            assignment: best.assignment, shares: best.shares, method: method)
    }

    /// What the general solver chose; `nil` where it found nothing.
    private func choice(
        _ formulation: SitingFormulation, _ outcome: MIPOutcome, by engine: String
    ) throws -> ServedChoice? {
        guard let values = outcome.values else { return nil }
        let (model, chosen) = (formulation.model, formulation.chosen(values))
        guard requirements.isSplit, requirements.hasCapacities else {
            return ServedChoice(
                chosen, in: self, model, assignment: formulation.assignment(values))
        }
        // The solver's parts are right to its tolerance only.
        if let shares = Transport.shares(of: chosen, in: self, model) {
            return ServedChoice(chosen, in: self, model, assignment: nil, shares: shares)
        }
        if outcome.ending != .optimal { return nil }
        throw SitingError(
            .noEngine, at: engine,
            "the sites it chose serve all demand within its tolerances only, not within the capacities",
            remedy: "give a little more capacity, or a site more")
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
            ? try setCovering(first, deadline, whole: whole)
            : try composed(.setCovering, SitingOptions(), deadline, whole: whole)
        let model = SitingModel.backupCovering
        /// The sites that reach all, without a bound, where the time was up.
        func known(_ nodes: Int, _ method: String) -> SitingSolution {
            SitingSolution(
                model, whole, status: .interrupted, chosen: fewest.chosen, bound: nil,
                nodes: nodes, certificate: nil, method: method)
        }
        guard fewest.status == .optimal else {
            if fewest.status == .interrupted, !fewest.chosen.isEmpty {
                return known(fewest.nodes, fewest.method)
            }
            return SitingSolution(
                model, whole, status: fewest.status, infeasibility: fewest.infeasibility,
                nodes: fewest.nodes, method: fewest.method)
        }
        let most = try composed(
            .backupCoverage(p: fewest.chosen.count), options, deadline, whole: whole)
        let method = "fewest sites: \(fewest.method); then \(most.method)"
        guard most.objective != nil else {
            return known(fewest.nodes + most.nodes, method)
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
