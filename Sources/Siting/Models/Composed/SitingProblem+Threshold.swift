internal import Geometry

extension SitingProblem {
    /// The p-center and the p-dispersion with requirements: a search for the value of the objective,
    /// each step asking the general solver whether any choice achieves it.
    ///
    /// E. Minieka, 1970, https://doi.org/10.1137/1012016; M. J. Kuby, 1987.
    func threshold(
        _ model: SitingModel, _ options: SitingOptions, _ deadline: ContinuousClock.Instant?,
        whole: SitingProblem
    ) throws -> SitingSolution {
        let engine = try CBCEngine()
        let method = "bisection over distances; linear programs; branch and cut by \(engine.name)"
        let values = try thresholdValues(model)
        var nodes = 0
        var certificate = SitingCertificate(proof: BoundCertificate(bound: 0, nodes: []))
        /// A choice that achieves a value; `nil` where there is none.
        func choice(_ value: Double) throws -> (chosen: [Int]?, isKnown: Bool) {
            let formulation = try SitingFormulation(model, self, for: .threshold(value))
            let outcome = try engine.solve(
                formulation.program, MIPLimits(deadline: deadline, notes: options.notes))
            nodes += outcome.nodes
            let isMet = (outcome.values.map { lacking(formulation, $0) } ?? 1) < 0.5
            if let values = outcome.values, isMet {
                return (formulation.chosen(values), true)
            }
            if outcome.ending == .interrupted { return (nil, false) }
            let dual = outcome.multipliers.flatMap { formulation.program.dualBound($0) } ?? 0
            if dual > 1e-6, let multipliers = outcome.multipliers {
                certificate.linear = LinearProof(
                    multipliers: multipliers, value: value, engine: engine.name)
            }
            return (nil, true)
        }
        var (low, high) = (0, values.count - 1)
        guard high >= 0 else {
            return SitingSolution(model, whole, status: .infeasible, nodes: nodes, method: method)
        }
        var answer = (
            chosen: FirstAnswer(model, self, from: options.start, until: deadline).choice?.chosen,
            isKnown: true
        )
        if answer.chosen == nil { answer = try choice(values[0]) }
        guard var best = answer.chosen else {
            return SitingSolution(
                model, whole, status: answer.isKnown ? .infeasible : .interrupted,
                infeasibility: answer.isKnown ? Infeasibility(conflicting: []) : nil, nodes: nodes,
                method: method)
        }
        func reached(_ chosen: [Int]) -> Double {
            Service(of: chosen, in: self).objective(of: model)
        }
        // What is at `low` is achieved; what is beyond `high` is not.
        low = max(low, values.lastIndex { isAchieved($0, reached(best), model) } ?? 0)
        var isLate = false
        while low < high {
            let middle = (low + high + 1) / 2
            answer = try choice(values[middle])
            guard answer.isKnown else {
                isLate = true
                break
            }
            if let chosen = answer.chosen {
                best = chosen
                low = max(
                    middle, values.lastIndex { isAchieved($0, reached(best), model) } ?? middle)
            } else {
                high = middle - 1
            }
        }
        let objective = reached(best)
        let bound = isLate ? values[high] : objective
        certificate.proof.bound = bound
        certificate.radius = bound
        return SitingSolution(
            model, whole, status: isLate ? .interrupted : .optimal, chosen: best, bound: bound,
            nodes: nodes, certificate: certificate, method: method)
    }

    private func isAchieved(_ value: Double, _ objective: Double, _ model: SitingModel) -> Bool {
        model.isMaximal ? value <= objective : value >= objective
    }

    private func lacking(_ formulation: SitingFormulation, _ values: [Double]) -> Double {
        formulation.missing.sorted().reduce(0) { $0 + values[$1] }
    }

    /// What the objective can be, from what is easiest to achieve to what is hardest.
    private func thresholdValues(_ model: SitingModel) throws -> [Double] {
        var values: Set<Double> = []
        if case .dispersion = model {
            let distances = try CandidateDistances(self, for: model)
            if (model.p ?? 0) < 2 { return [0] }
            for pair in distances.pairs {
                if rules[pair.first] != .forbidden, rules[pair.second] != .forbidden {
                    values.insert(pair.distance)
                }
            }
        } else {
            for demand in demandIDs.indices where weights[demand] > 0 {
                for entry in reach(demand) { values.insert(entry.cost) }
            }
        }
        return model.isMaximal ? values.sorted() : values.sorted(by: >)
    }
}
