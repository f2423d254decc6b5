/// Sites that meet what is asked, with who serves whom and what that achieves.
struct ServedChoice {
    let chosen: [Int]
    /// Who serves whom, where that is not the nearest.
    let assignment: [Int?]?
    /// The parts of each demand, where it may be divided.
    let shares: [SitingSolution.Share]?
    let objective: Double

    /// Serves the demand by some sites; `nil` where these do not meet what is asked, or where it is not
    /// found how they serve all that must be.
    ///
    /// - Parameters:
    ///   - chosen: The sites, ascending.
    ///   - problem: The problem.
    ///   - model: The model.
    ///   - instance: The problem as arrays, where demand goes to sites with capacities as a whole.
    init?(
        _ chosen: [Int], in problem: SitingProblem, _ model: SitingModel,
        _ instance: CapacitatedInstance?
    ) {
        let isChosen = problem.flags(chosen)
        guard chosen == isChosen.indices.filter({ isChosen[$0] }),
            zip(problem.rules, isChosen).allSatisfy({ $0 == .free || $1 == ($0 == .forced) })
        else { return nil }
        guard model.p.map({ chosen.count == $0 }) ?? !chosen.isEmpty else { return nil }
        var (assignment, shares): ([Int?]?, [SitingSolution.Share]?)
        if case .hubMedian(_, let discount) = model {
            assignment = HubAllocation(problem, discount: discount)?.assignment(to: chosen)
            if assignment == nil { return nil }
        } else if problem.requirements.hasCapacities, problem.requirements.isSplit {
            shares = Transport.shares(of: chosen, in: problem, model)
            if shares == nil { return nil }
        } else if problem.requirements.hasCapacities {
            assignment =
                instance.map { $0.assigned(to: chosen, in: problem) }
                ?? problem.greedyAssignment(to: chosen)
            if assignment == nil { return nil }
        }
        self.init(chosen, in: problem, model, assignment: assignment, shares: shares)
        let faults = problem.requirements.faults(
            Set(chosen), assignment ?? [], shares ?? [], in: problem)
        guard faults.isEmpty, isServing(problem, model) else { return nil }
    }

    /// Takes a choice as it is.
    init(
        _ chosen: [Int], in problem: SitingProblem, _ model: SitingModel, assignment: [Int?]?,
        shares: [SitingSolution.Share]? = nil
    ) {
        (self.chosen, self.assignment, self.shares) = (chosen, assignment, shares)
        let service =
            shares.map { Service(of: chosen, in: problem, shares: $0) }
            ?? Service(of: chosen, in: problem, assignment: assignment)
        objective = service.objective(of: model)
    }

    /// Whether all demand is served that must be.
    private func isServing(_ problem: SitingProblem, _ model: SitingModel) -> Bool {
        if !model.mustServe || shares != nil { return true }
        return Service(of: chosen, in: problem, assignment: assignment).unserved.isEmpty
    }

    /// Whether it is better than another one.
    func isBetter(than other: ServedChoice?, for model: SitingModel) -> Bool {
        guard let other else { return true }
        return model.isMaximal ? objective > other.objective : objective < other.objective
    }
}

extension CapacitatedInstance {
    /// Who serves whom by some sites, near ones first; `nil` where that does not go up.
    fileprivate func assigned(to chosen: [Int], in problem: SitingProblem) -> [Int?]? {
        let isChosen = problem.flags(chosen)
        var plan = CapacitatedPlan(self, sites.map { isChosen[$0] })
        let descent = CapacitatedDescent(self)
        guard descent.assign(Array(0..<rows), &plan) else { return nil }
        descent.exchange(&plan)
        var assignment = [Int?](repeating: nil, count: problem.demandIDs.count)
        for (row, place) in plan.place.enumerated() { assignment[demand[row]] = sites[place] }
        return assignment
    }
}

extension SitingProblem {
    /// Who serves whom where not all must be served: what weighs most for what it takes comes first,
    /// and goes where most can still be served.
    fileprivate func greedyAssignment(to chosen: [Int]) -> [Int?] {
        var room = requirements.capacities
        let isChosen = flags(chosen)
        var assignment = [Int?](repeating: nil, count: demandIDs.count)
        func worth(_ demand: Int) -> Double {
            load(demand) > 0 ? weights[demand] / load(demand) : .infinity
        }
        let order = demandIDs.indices.filter { weights[$0] > 0 }
            .sorted { (worth($1), $0) < (worth($0), $1) }
        for demand in order {
            let load = load(demand)
            let able = reach(demand).map { Int($0.site) }
                .filter { isChosen[$0] && room[$0] >= load }
            guard let site = able.max(by: { (room[$0], $1) < (room[$1], $0) }) else { continue }
            assignment[demand] = site
            room[site] -= load
        }
        return assignment
    }
}
