/// How the rows and sites of a core stand for demand and candidates.
struct ModelFrame: Sendable {
    /// The candidate of each site of the core.
    var candidates: [Int32]
    /// The demand of each row of the core, with its part of the row's multiplier.
    var members: [[(demand: Int32, part: Double)]] = []
    private let demand: Int

    /// Begins with the candidates of a problem that are neither forced nor forbidden.
    init(_ problem: SitingProblem) {
        candidates = problem.rules.indices.filter { problem.rules[$0] == .free }.map { Int32($0) }
        demand = problem.demandIDs.count
    }

    /// The site of each candidate; -1 for one that is no site.
    func sites(of problem: SitingProblem) -> [Int32] {
        var sites = [Int32](repeating: -1, count: problem.candidateIDs.count)
        for (site, candidate) in candidates.enumerated() { sites[Int(candidate)] = Int32(site) }
        return sites
    }

    /// The proof in terms of demand and candidates.
    func expanded(_ proof: BoundCertificate) -> BoundCertificate {
        var result = proof
        for place in result.nodes.indices {
            result.nodes[place].multipliers = result.nodes[place].multipliers.map { rows in
                var all = [Double](repeating: 0, count: demand)
                for (row, value) in rows.enumerated() where value != 0 {
                    for member in members[row] { all[Int(member.demand)] = value * member.part }
                }
                return all
            }
            result.nodes[place].site = result.nodes[place].site.map { candidates[Int($0)] }
        }
        return result
    }

    /// The candidates of a choice: those of its sites and the forced ones, ascending.
    func chosen(_ sites: [Int32], in problem: SitingProblem) -> [Int] {
        (sites.map { Int(candidates[Int($0)]) }
            + problem.rules.indices.filter { problem.rules[$0] == .forced }).sorted()
    }

    /// Choices of candidates as choices of sites, as far as they fit a number of sites.
    func starts(_ choices: [[Int]], _ problem: SitingProblem, most: Int) -> [[Int32]] {
        let sites = sites(of: problem)
        return choices.map { choice in
            choice.compactMap { candidate in sites[candidate] >= 0 ? sites[candidate] : nil }
        }.filter { $0.count <= most }
    }
}

extension SitingSolution.Status {
    /// The status of a search that found a choice.
    init(_ outcome: LocationSearch.Outcome) {
        switch outcome.ending {
        case .proven: self = .optimal
        case .nearEnough: self = .gap
        case .interrupted: self = .interrupted
        }
    }
}
