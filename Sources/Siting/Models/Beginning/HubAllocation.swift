/// By which hub each place goes, where the hubs are given: first by the nearest one, and then each place
/// changes its hub as long as flows cost less.
///
/// M. E. O'Kelly, 1987, https://doi.org/10.1016/S0377-2217(87)80007-3, with places that move alone.
struct HubAllocation {
    private let distances: CandidateDistances
    private let discount: Double
    private let count: Int
    /// How much goes from each place to each other one, numbered as candidates.
    private let amounts: [Double]

    /// Reads the flows; `nil` where not all distances are known.
    init?(_ problem: SitingProblem, discount: Double) {
        guard let distances = try? CandidateDistances(problem, for: .hubMedian(p: 1, discount: 0))
        else { return nil }
        count = problem.candidateIDs.count
        amounts = distances.amounts(of: problem.flows)
        (self.distances, self.discount) = (distances, discount)
    }

    /// The hub of each demand.
    ///
    /// - Parameter hubs: The hubs, at least one; each goes by itself.
    /// - Returns: One candidate a demand.
    /// - Complexity: O(hubs × places²) for each pass.
    func assignment(to hubs: [Int]) -> [Int?] {
        let isHub = Set(hubs)
        var hub = (0..<count).map { place in
            isHub.contains(place) ? place : nearest(place, hubs)
        }
        var isBetter = true
        while isBetter {
            isBetter = false
            for place in 0..<count where !isHub.contains(place) {
                var best = (hub: hub[place], cost: cost(place, by: hub[place], hub))
                for other in hubs where other != hub[place] {
                    let cost = cost(place, by: other, hub)
                    if cost < best.cost * (1 - 1e-12) { best = (other, cost) }
                }
                if best.hub != hub[place] { (hub[place], isBetter) = (best.hub, true) }
            }
        }
        return distances.places.candidates.map { hub[$0] }
    }

    private func nearest(_ place: Int, _ hubs: [Int]) -> Int {
        hubs.min { distances.between(place, $0) < distances.between(place, $1) } ?? place
    }

    /// What the flows of a place cost by a hub, as far as that depends on the hub.
    private func cost(_ place: Int, by own: Int, _ hub: [Int]) -> Double {
        let (out, home) = (distances.from(place, to: own), distances.from(own, to: place))
        var sum = amounts[place * count + place] * (out + home)
        for other in 0..<count where other != place {
            let (there, back) = (amounts[place * count + other], amounts[other * count + place])
            sum += there * (out + discount * distances.from(own, to: hub[other]))
            sum += back * (discount * distances.from(hub[other], to: own) + home)
        }
        return sum
    }
}
