internal import Geometry

extension SitingProblem {
    /// What a choice achieves in the models that look at more than the nearest site.
    func achievement(of model: SitingModel, _ chosen: [Int], _ assignment: [Int?]) -> Double {
        switch model {
        case .backupCovering, .backupCoverage:
            return counted(chosen) { $0 > 1 ? 1 : 0 }
        case .weighedCoverage(_, let backup):
            return counted(chosen) { ($0 > 0 ? 1 - backup : 0) + ($0 > 1 ? backup : 0) }
        case .expectedCovering(_, let busy):
            return counted(chosen) { count in
                var (part, sum) = (1 - busy, 0.0)
                for _ in 0..<count {
                    sum += part
                    part *= busy
                }
                return sum
            }
        case .dispersion: return spread(model, chosen) { $0.min() ?? 0 }
        case .sumDispersion: return spread(model, chosen) { $0.reduce(0, +) }
        case .hubMedian(_, let discount): return flowCost(model, discount, assignment)
        case .huff: return drawn(chosen)
        default: return 0
        }
    }

    /// The sum of weights times what so many chosen sites within reach count.
    private func counted(_ chosen: [Int], _ part: (Int) -> Double) -> Double {
        let isChosen = flags(chosen)
        return demandIDs.indices.reduce(0) { sum, demand in
            let count = costs.entries(of: demand).count { isChosen[Int(costs.indices[$0])] }
            return sum + weights[demand] * part(count)
        }
    }

    private func flags(_ chosen: [Int]) -> [Bool] {
        var flags = [Bool](repeating: false, count: candidateIDs.count)
        for candidate in chosen { flags[candidate] = true }
        return flags
    }

    private func spread(
        _ model: SitingModel, _ chosen: [Int], _ sum: ([Double]) -> Double
    ) -> Double {
        guard let distances = try? CandidateDistances(self, for: model) else { return .nan }
        return sum(
            chosen.indices.flatMap { a in
                chosen[(a + 1)...].map { distances.between(chosen[a], $0) }
            })
    }

    private func flowCost(
        _ model: SitingModel, _ discount: Double, _ assignment: [Int?]
    ) -> Double {
        guard let distances = try? CandidateDistances(self, for: model) else { return .nan }
        return flows.reduce(0) { sum, flow in
            guard let first = assignment[flow.origin], let second = assignment[flow.destination]
            else { return .nan }
            return sum + flow.amount
                * (distances.from(distances.candidates[flow.origin], to: first)
                    + discount * distances.from(first, to: second)
                    + distances.from(second, to: distances.candidates[flow.destination]))
        }
    }

    private func drawn(_ chosen: [Int]) -> Double {
        guard let market else { return .nan }
        let isChosen = flags(chosen)
        return demandIDs.indices.reduce(0) { sum, demand in
            let pull = costs.entries(of: demand).reduce(0) {
                isChosen[Int(costs.indices[$1])] ? $0 + market.pulls[$1] : $0
            }
            return pull > 0 ? sum + weights[demand] * pull / (pull + market.rivals[demand]) : sum
        }
    }
}
