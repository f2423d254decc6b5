internal import Geometry

extension SitingProblem {
    /// The sites whose greatest cost to any demand that can be reached is least.
    ///
    /// Bisection over the costs, each step a set covering. E. Minieka, 1970,
    /// https://doi.org/10.1137/1012016.
    func pCenter(
        _ p: Int, _ options: SitingOptions, _ deadline: ContinuousClock.Instant?,
        whole: SitingProblem
    ) -> SitingSolution {
        let model = SitingModel.pCenter(p: p)
        // No demand is nearer to a site than to its nearest candidate.
        let least = demandIDs.indices.filter { weights[$0] > 0 }.reduce(0) {
            max($0, reach($1).reduce(.infinity) { min($0, $1.cost) })
        }
        var nodes = 0
        var first = firstCenter(p, from: options.start)
        if first == nil {
            let (answer, looked) = Covering(self).decide(within: p, deadline, options)
            nodes += looked
            switch answer {
            case .yes(let chosen): first = center(chosen, p)
            case .no:
                return SitingSolution(
                    model, whole, status: .infeasible,
                    infeasibility: Infeasibility(conflicting: []), nodes: nodes)
            case .unknown:
                return SitingSolution(
                    model, whole, status: .interrupted, bound: least, nodes: nodes)
            }
        }
        guard let first else { preconditionFailure("a choice is known") }
        var bisection = CenterBisection(self, p: p, from: first, least: least)
        bisection.run(options, deadline)
        let (best, bound) = (bisection.best, bisection.bound)
        return SitingSolution(
            model, whole, status: bound >= best.radius ? .optimal : .interrupted,
            chosen: best.chosen, bound: bound, nodes: nodes + bisection.nodes,
            certificate: bisection.certificate)
    }

    /// The best of some choices to begin with; `nil` where none serves all demand.
    private func firstCenter(_ p: Int, from starts: [[Int]]) -> Center? {
        var best: Center?
        for start in starts + [farthestFirst(p)] {
            let found = center(start, p)
            let isAllowed = found.chosen.allSatisfy { rules[$0] != .forbidden }
            let hasForced = found.chosen.count { rules[$0] == .forced } == forced
            guard found.chosen.count == p, isAllowed, hasForced else { continue }
            if found.radius < best?.radius ?? .infinity { best = found }
        }
        return best
    }

    /// Sites, filled up to so many; of a radius without end where these do not serve all demand.
    func center(_ chosen: [Int], _ p: Int) -> Center {
        let all = filled(chosen, to: p)
        let service = Service(of: all, in: self)
        let radius = service.objective(of: .pCenter(p: p))
        return Center(chosen: all, radius: service.unserved.isEmpty ? radius : .infinity)
    }

    /// The different costs between two, ascending, the lower one included.
    func radii(from least: Double, below most: Double) -> [Double] {
        var found: [Double] = []
        for demand in demandIDs.indices where weights[demand] > 0 {
            for entry in reach(demand) where entry.cost >= least && entry.cost < most {
                found.append(entry.cost)
            }
        }
        found.sort()
        var last = -1.0
        found.removeAll { value in
            defer { last = value }
            return value == last
        }
        return found
    }

    /// Sites for the demand that is farthest from the sites before: at most twice too far, where
    /// demand and candidates are the same places.
    ///
    /// T. F. Gonzalez, 1985, https://doi.org/10.1016/0304-3975(85)90224-5.
    private func farthestFirst(_ p: Int) -> [Int] {
        var chosen = rules.indices.filter { rules[$0] == .forced }
        var cost = [Double](repeating: .infinity, count: demandIDs.count)
        let service = Service(of: chosen, in: self)
        for demand in demandIDs.indices {
            if weights[demand] == 0 {
                cost[demand] = 0
            } else if service.assignment[demand] != nil {
                cost[demand] = service.costs[demand]
            }
        }
        var isChosen = rules.map { $0 != .free }
        while chosen.count < p {
            guard let farthest = cost.indices.max(by: { cost[$0] < cost[$1] }), cost[farthest] > 0,
                let site = reach(farthest).filter({ !isChosen[Int($0.site)] })
                    .min(by: { ($0.cost, $0.site) < ($1.cost, $1.site) })?.site
            else { break }
            isChosen[Int(site)] = true
            chosen.append(Int(site))
            for demand in demandIDs.indices {
                let entries = costs.entries(of: demand)
                guard let entry = costs.indices[entries].firstIndex(of: site) else { continue }
                cost[demand] = min(cost[demand], costs.distances[entry])
            }
        }
        return chosen
    }
}
