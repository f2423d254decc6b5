/// Which demand is the same place as which candidate, where both are the same places.
struct CommonPlaces {
    /// The candidate that each demand is.
    let candidates: [Int]
    /// The demand that each candidate is.
    let demand: [Int]

    /// Pairs demand and candidates by their identifiers; `nil` where these are not the same.
    init?(_ problem: SitingProblem) {
        var places: [String: Int] = [:]
        for (candidate, id) in problem.candidateIDs.enumerated() { places[id] = candidate }
        let candidates = problem.demandIDs.compactMap { places[$0] }
        let count = problem.candidateIDs.count
        guard candidates.count == problem.demandIDs.count, candidates.count == count else {
            return nil
        }
        var demand = [Int](repeating: 0, count: count)
        for (place, candidate) in candidates.enumerated() { demand[candidate] = place }
        (self.candidates, self.demand) = (candidates, demand)
    }
}
