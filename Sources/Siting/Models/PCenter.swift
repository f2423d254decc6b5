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
        var least = 0.0
        for demand in demandIDs.indices where weights[demand] > 0 {
            least = max(least, reach(demand).reduce(.infinity) { min($0, $1.cost) })
        }
        var nodes = 0
        var best: (chosen: [Int], radius: Double)?
        for start in options.start + [farthestFirst(p)] {
            let filled = filled(start, to: p)
            let service = Service(of: filled, in: self)
            guard filled.count == p, service.unserved.isEmpty else { continue }
            let radius = service.objective(of: model)
            if radius < best?.radius ?? .infinity { best = (filled, radius) }
        }
        if best == nil {
            let (answer, looked) = Covering(self).decide(within: p, deadline, options)
            nodes += looked
            switch answer {
            case .yes(let chosen): best = measured(chosen, p, model)
            case .no:
                return SitingSolution(
                    model, whole, status: .infeasible,
                    infeasibility: Infeasibility(conflicting: []), nodes: nodes)
            case .unknown:
                return SitingSolution(
                    model, whole, status: .interrupted, bound: least, nodes: nodes)
            }
        }
        guard var best else { preconditionFailure("a choice is known") }
        let radii = radii(from: least, below: best.radius)
        // What is below `low` is not enough; `high` and above are.
        var (low, high) = (0, radii.count)
        var certificate = SitingCertificate(
            proof: BoundCertificate(bound: Double(p + 1), nodes: [.init()]), radius: least)
        var (isLate, isPartial) = (false, false)
        while low < high, !isLate {
            let middle = (low + high) / 2
            let (answer, looked) = Covering(self, radius: radii[middle]).decide(
                within: p, deadline, options)
            nodes += looked
            switch answer {
            case .yes(let chosen):
                best = measured(chosen, p, model)
                high = radii.firstIndex { $0 >= best.radius } ?? high
                high = min(high, middle)
            case .no(let proof, _):
                low = middle + 1
                // Of a proof that was too large to keep, the one before stays as a part.
                isPartial = proof.proof.isPartial
                if !isPartial {
                    certificate = proof
                    certificate.radius = low < radii.count ? radii[low] : best.radius
                }
            case .unknown: isLate = true
            }
        }
        var bound = low < radii.count ? min(radii[low], best.radius) : best.radius
        if isLate, isPartial {
            // A search that was interrupted claims what it can show.
            bound = certificate.radius ?? least
        } else if isPartial {
            certificate.proof.isPartial = true
        } else {
            certificate.radius = bound
        }
        return SitingSolution(
            model, whole, status: bound >= best.radius ? .optimal : .interrupted,
            chosen: best.chosen, bound: bound, nodes: nodes, certificate: certificate)
    }

    private func measured(
        _ chosen: [Int], _ p: Int, _ model: SitingModel
    ) -> (chosen: [Int], radius: Double) {
        let all = filled(chosen, to: p)
        return (all, Service(of: all, in: self).objective(of: model))
    }

    /// The different costs between two, ascending, the lower one included.
    private func radii(from least: Double, below most: Double) -> [Double] {
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
