internal import Geometry

extension SitingProblem {
    /// The sites of which the nearest two are farthest apart.
    ///
    /// Bisection over the distances, each step a search for a clique of `p` among the candidates that
    /// are far enough from each other. M. J. Kuby, 1987; the search with bounds by colouring is E.
    /// Tomita and T. Seki's, 2003, https://doi.org/10.1007/3-540-45066-1_22.
    func dispersion(_ p: Int, _ deadline: ContinuousClock.Instant?) throws -> SitingSolution {
        let model = SitingModel.dispersion(p: p)
        let distances = try CandidateDistances(self, for: model)
        let allowed = rules.indices.filter { rules[$0] != .forbidden }
        let forced = rules.indices.filter { rules[$0] == .forced }
        var search = CliqueSearch(distances, allowed, forced: forced, deadline: deadline)
        var best = filled(forced, to: p)
        func spread(_ chosen: [Int]) -> Double {
            Service(of: chosen, in: self).objective(of: model)
        }
        var values = Set(distances.pairs.map(\.distance)).sorted()
        if p < 2 { values = [] }
        // What is below `low` is achieved; `high` and above are not.
        var (low, high) = (values.count { $0 <= spread(best) }, values.count)
        while low < high, !search.isLate {
            let middle = (low + high) / 2
            if let found = search.clique(of: p, apart: values[middle]) {
                best = found
                low = max(middle + 1, values.count { $0 <= spread(best) })
            } else if !search.isLate {
                high = middle
            }
        }
        let bound = search.isLate ? values[high - 1] : spread(best)
        return SitingSolution(
            model, self, status: search.isLate ? .interrupted : .optimal, chosen: best,
            bound: bound, nodes: search.nodes,
            certificate: SitingCertificate(
                proof: BoundCertificate(bound: bound, nodes: []), radius: bound))
    }
}

/// A search for so many candidates of which all are far enough from each other.
struct CliqueSearch {
    private let distances: CandidateDistances
    private let allowed: [Int]
    private let forced: [Int]
    private let deadline: ContinuousClock.Instant?
    /// How many choices were looked at.
    private(set) var nodes = 0
    /// Whether the time was up.
    private(set) var isLate = false

    init(
        _ distances: CandidateDistances, _ allowed: [Int], forced: [Int],
        deadline: ContinuousClock.Instant?
    ) {
        self.distances = distances
        self.allowed = allowed
        self.forced = forced
        self.deadline = deadline
    }

    /// So many candidates at least so far apart, forced ones included, ascending; `nil` where there
    /// are none, or the time was up.
    mutating func clique(of p: Int, apart least: Double) -> [Int]? {
        func isFar(_ a: Int, _ b: Int) -> Bool { distances.between(a, b) >= least }
        for (place, a) in forced.enumerated() {
            if forced[(place + 1)...].contains(where: { !isFar(a, $0) }) { return nil }
        }
        let free = allowed.filter { candidate in
            !forced.contains(candidate) && forced.allSatisfy { isFar(candidate, $0) }
        }
        return grow(forced, free, p, least).map { $0.sorted() }
    }

    private mutating func grow(
        _ chosen: [Int], _ free: [Int], _ p: Int, _ least: Double
    ) -> [Int]? {
        nodes += 1
        if nodes % 256 == 0, let deadline, ContinuousClock.now >= deadline { isLate = true }
        if chosen.count == p { return chosen }
        if isLate { return nil }
        // Candidates of one colour are near to each other: one of them at most is chosen.
        var colours: [[Int]] = []
        for candidate in free {
            let colour = colours.firstIndex {
                $0.allSatisfy { distances.between(candidate, $0) < least }
            }
            if let colour {
                colours[colour].append(candidate)
            } else {
                colours.append([candidate])
            }
        }
        let order = colours.flatMap { $0 }
        let bounds = colours.indices.flatMap { colour in colours[colour].map { _ in colour + 1 } }
        for place in order.indices.reversed() {
            if chosen.count + bounds[place] < p { return nil }
            let candidate = order[place]
            let left = order[..<place].filter { distances.between(candidate, $0) >= least }
            if let found = grow(chosen + [candidate], left, p, least) { return found }
        }
        return nil
    }
}
