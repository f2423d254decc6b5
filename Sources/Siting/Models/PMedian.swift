extension SitingProblem {
    /// The p-median of what can be reached.
    func pMedian(
        _ p: Int, _ options: SitingOptions, _ deadline: ContinuousClock.Instant?,
        whole: SitingProblem
    ) -> SitingSolution {
        let model = SitingModel.pMedian(p: p)
        let most = p - forced
        var start = options.start
        // Where every demand reaches every candidate, any choice serves all of it.
        let isComplete = demandIDs.indices.allSatisfy {
            weights[$0] == 0 || reach($0).count == allowed
        }
        var dearest = Double.infinity
        if !isComplete {
            let cover = Covering(self).decide(within: p, deadline, options)
            switch cover.answer {
            case .yes(let chosen):
                start.append(filled(chosen, to: p))
                dearest = start.map { Service(of: $0, in: self) }
                    .filter { $0.unserved.isEmpty }
                    .reduce(.infinity) { min($0, $1.objective(of: model)) }
            case .no:
                return SitingSolution(
                    model, whole, status: .infeasible,
                    infeasibility: Infeasibility(conflicting: []), nodes: cover.nodes)
            case .unknown:
                return SitingSolution(model, whole, status: .interrupted, nodes: cover.nodes)
            }
        }
        let (core, frame) = medianCore(least: most, most: most, dearest: dearest)
        var search = LocationSearch(
            core,
            limits: LocationSearch.Limits(
                deadline: deadline, gap: options.gap, multipliers: options.mostMultipliers,
                tasks: options.tasks, notes: options.notes))
        let outcome = search.run(from: frame.starts(start, self, most: most))
        return SitingSolution(
            model, whole, status: .init(outcome),
            chosen: frame.chosen(outcome.chosen ?? [], in: self), bound: outcome.bound,
            nodes: outcome.nodes,
            certificate: outcome.certificate.map {
                SitingCertificate(proof: frame.expanded($0))
            })
    }

    /// A choice with more candidates, up to a number: what is free first.
    func filled(_ chosen: [Int], to p: Int) -> [Int] {
        var result = chosen
        var isChosen = Set(chosen)
        for candidate in rules.indices where result.count < p && rules[candidate] != .forbidden {
            if isChosen.insert(candidate).inserted { result.append(candidate) }
        }
        return result.sorted()
    }

    /// The core of the p-median.
    ///
    /// - Parameters:
    ///   - least: The least number of sites that are chosen beside the forced ones.
    ///   - most: The greatest number of them.
    ///   - dearest: What a known choice that serves all demand costs.
    ///   - opensFree: Whether to open a site costs nothing.
    /// - Returns: The core, and what its rows and sites stand for.
    func medianCore(
        least: Int, most: Int, dearest: Double, opensFree: Bool = true
    ) -> (LocationCore, ModelFrame) {
        var frame = ModelFrame(self)
        let sites = frame.sites(of: self)
        var core = LocationCore(
            opening: frame.candidates.map { opensFree ? 0 : openingCosts[Int($0)] },
            least: least, most: most)
        if !opensFree {
            for candidate in rules.indices where rules[candidate] == .forced {
                core.fixed += openingCosts[candidate]
            }
        }
        // Demand without a site costs more than a choice that is known to serve all.
        let penalty = (dearest * (1 + 1e-6)).rounded(.down) + 1
        for demand in demandIDs.indices where weights[demand] > 0 {
            var entries: [(site: Int32, cost: Double)] = []
            var fallback = Double.infinity
            var greatest = 0.0
            let reach = reach(demand)
            for entry in reach {
                let cost = weights[demand] * entry.cost
                greatest = max(greatest, cost)
                if rules[Int(entry.site)] == .forced {
                    fallback = min(fallback, cost)
                } else {
                    entries.append((sites[Int(entry.site)], cost))
                }
            }
            if fallback == .infinity { fallback = reach.count == allowed ? greatest : penalty }
            core.add(entries, fallback: fallback, of: demand, to: &frame)
        }
        return (core, frame)
    }
}

extension LocationCore {
    /// Appends the row of one demand; one that nothing serves better than its fallback is paid.
    mutating func add(
        _ entries: [(site: Int32, cost: Double)], fallback: Double, of demand: Int,
        to frame: inout ModelFrame
    ) {
        guard entries.contains(where: { $0.cost < fallback }) else {
            fixed += fallback
            return
        }
        append(entries, fallback: fallback)
        frame.members.append([(Int32(demand), 1)])
    }
}
