internal import Geometry

extension SitingProblem {
    /// What a choice achieves in the models that look at more than the nearest site.
    func achievement(of model: SitingModel, _ chosen: [Int], _ assignment: [Int?]) -> Double {
        switch model {
        case .backupCovering, .backupCoverage, .weighedCoverage, .expectedCovering, .huff:
            let isChosen = flags(chosen)
            return demandIDs.indices.reduce(0) { sum, demand in
                sum + weights[demand] * credit(of: model, demand, isChosen)
            }
        case .dispersion: return spread(chosen) { $0.min() ?? 0 }
        case .sumDispersion: return spread(chosen) { $0.reduce(0, +) }
        case .hubMedian(_, let discount): return flowCost(discount, assignment)
        default: return 0
        }
    }

    /// Which candidates are chosen.
    func flags(_ chosen: [Int]) -> [Bool] {
        var flags = [Bool](repeating: false, count: candidateIDs.count)
        for candidate in chosen { flags[candidate] = true }
        return flags
    }

    /// The part of a demand's weight that a choice achieves, where the objective is a sum of such parts.
    func credit(of model: SitingModel, _ demand: Int, _ isChosen: [Bool]) -> Double {
        let entries = costs.entries(of: demand).filter { isChosen[Int(costs.indices[$0])] }
        let count = entries.count
        switch model {
        case .maximalCovering: return count > 0 ? 1 : 0
        case .backupCovering, .backupCoverage: return count > 1 ? 1 : 0
        case .weighedCoverage(_, let backup):
            return (count > 0 ? 1 - backup : 0) + (count > 1 ? backup : 0)
        case .expectedCovering(_, let busy):
            var (part, sum) = (1 - busy, 0.0)
            for _ in 0..<count {
                sum += part
                part *= busy
            }
            return sum
        case .huff:
            guard let market else { return .nan }
            let pull = entries.reduce(0) { $0 + market.pulls[$1] }
            return pull > 0 ? pull / (pull + market.rivals[demand]) : 0
        default: return 0
        }
    }

    /// What comes of the distances between chosen sites; no number where one is not known.
    private func spread(_ chosen: [Int], _ sum: ([Double]) -> Double) -> Double {
        guard let places = CommonPlaces(self) else { return .nan }
        var distances: [Double] = []
        for (place, a) in chosen.enumerated() {
            for b in chosen[(place + 1)...] {
                guard let out = cost(places.demand[a], b), let back = cost(places.demand[b], a)
                else { return .nan }
                distances.append(min(out, back))
            }
        }
        return sum(distances)
    }

    /// What all flows cost by the hubs that places are assigned to.
    private func flowCost(_ discount: Double, _ assignment: [Int?]) -> Double {
        guard let places = CommonPlaces(self) else { return .nan }
        func way(_ demand: Int, _ candidate: Int) -> Double {
            cost(demand, candidate) ?? (places.candidates[demand] == candidate ? 0 : .nan)
        }
        return flows.reduce(0) { sum, flow in
            guard let first = assignment[flow.origin], let second = assignment[flow.destination]
            else { return .nan }
            let end = places.candidates[flow.destination]
            return sum + flow.amount
                * (way(flow.origin, first) + discount * way(places.demand[first], second)
                    + way(places.demand[second], end))
        }
    }
}
