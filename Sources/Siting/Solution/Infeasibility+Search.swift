extension SitingProblem {
    /// Explains why nothing is feasible.
    ///
    /// The conflict is irreducible: demand of which all but any one could be served by as many sites
    /// (QuickXplain: U. Junker, 2004, AAAI-04, pages 167–172).
    ///
    /// - Parameters:
    ///   - model: The question that has no answer.
    ///   - wide: The same problem with all pairs, to find the least reach that is enough; `nil` where
    ///     they are not known.
    ///   - timeLimit: How long to search at most, in seconds.
    /// - Returns: What is known when the time is up.
    /// - Throws: As ``solve(_:_:)``.
    public func explainInfeasibility(
        of model: SitingModel, wide: SitingProblem? = nil, timeLimit: Double = 20
    ) throws -> Infeasibility {
        let deadline = ContinuousClock.now + .seconds(timeLimit)
        if !isPure(model), !model.mustServe || unreachable.isEmpty {
            return try explainRequirements(of: model, deadline)
        }
        let unreachable = unreachable
        var result = Infeasibility(conflicting: [])
        if let first = unreachable.first {
            result.conflicting = [first]
        } else if let p = model.p {
            result.conflicting = conflict(p, deadline)
        }
        if unreachable.isEmpty {
            var options = SitingOptions()
            options.timeLimit = timeLimit
            let fewest = try solve(.setCovering, options)
            if fewest.status == .optimal { result.enoughSites = fewest.chosen.count }
        }
        guard let wide, wide.unreachable.isEmpty else { return result }
        if let p = model.p {
            var options = SitingOptions()
            options.timeLimit = timeLimit
            let center = try wide.solve(.pCenter(p: p), options)
            if center.status == .optimal { result.enoughReach = center.objective }
        } else {
            result.enoughReach = demandIDs.indices.filter { weights[$0] > 0 }.reduce(0) {
                max($0, wide.reach($1).reduce(.infinity) { min($0, $1.cost) })
            }
        }
        return result
    }

    /// Demand that `p` sites cannot serve, while they can serve it without any one; empty where the
    /// time was up.
    private func conflict(_ p: Int, _ deadline: ContinuousClock.Instant) -> [Int] {
        // What the bound rests on is often enough to start with.
        var all = demandIDs.indices.filter { weights[$0] > 0 }
        if case .no(_, let support) = Covering(self).decide(within: p, deadline).answer,
            case .no = Covering(self, demand: support).decide(within: p, deadline).answer
        {
            all = support.sorted()
        }
        var isLate = false
        func conflicts(_ demand: [Int]) -> Bool {
            switch Covering(self, demand: demand).decide(within: p, deadline).answer {
            case .yes: return false
            case .no: return true
            case .unknown:
                isLate = true
                return true
            }
        }
        func minimal(_ background: [Int], _ hasDelta: Bool, _ demand: [Int]) -> [Int] {
            if hasDelta, conflicts(background) { return [] }
            if demand.count <= 1 { return demand }
            let half = demand.count / 2
            let (first, second) = (Array(demand[..<half]), Array(demand[half...]))
            let right = minimal(background + first, !first.isEmpty, second)
            let left = minimal(background + right, !right.isEmpty, first)
            return left + right
        }
        let found = minimal([], false, all).sorted()
        return isLate ? [] : found
    }
}
