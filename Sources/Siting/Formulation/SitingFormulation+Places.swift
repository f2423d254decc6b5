internal import Geometry

/// How far candidates are from each other, where demand and candidates are the same places.
struct CandidateDistances {
    /// The number of places.
    let count: Int
    /// Which demand is which candidate.
    let places: CommonPlaces
    private let values: [Double]

    /// Reads the distances of a problem.
    ///
    /// - Throws: ``SitingError`` (`badArgument`) where demand and candidates are not the same places,
    ///   or a pair is missing.
    init(_ problem: SitingProblem, for model: SitingModel) throws {
        count = problem.candidateIDs.count
        guard let places = CommonPlaces(problem) else {
            throw SitingError(
                .badArgument, at: "",
                "\(model.name) is of the distances between candidates, and the demand is another",
                remedy: "leave --demand out, or give a matrix from each candidate to each other")
        }
        var values = [Double](repeating: .infinity, count: count * count)
        for candidate in 0..<count { values[candidate * count + candidate] = 0 }
        for (demand, candidate) in places.candidates.enumerated() {
            for entry in problem.costs.entries(of: demand) {
                values[candidate * count + Int(problem.costs.indices[entry])] =
                    problem.costs.distances[entry]
            }
        }
        // What is forbidden is no site; but it may be a place from which something flows.
        let isHub: Bool = if case .hubMedian = model { true } else { false }
        let width = problem.candidateIDs.count
        let counts = problem.rules.map { isHub || $0 != .forbidden }
        let missing = values.indices.first {
            values[$0] == .infinity && counts[$0 / width] && counts[$0 % width]
        }
        if let missing {
            throw SitingError(
                .badPair, at: "",
                "the pair of \"\(problem.candidateIDs[missing / count])\" and "
                    + "\"\(problem.candidateIDs[missing % count])\" is missing",
                remedy:
                    "\(model.name) needs all pairs: leave --within out, add its cost, or forbid "
                    + "one that has no place")
        }
        self.places = places
        self.values = values
    }

    /// The distance on the way from one to another.
    func from(_ a: Int, to b: Int) -> Double { values[a * count + b] }

    /// The lesser distance of the two ways.
    func between(_ a: Int, _ b: Int) -> Double {
        min(values[a * count + b], values[b * count + a])
    }

    /// How much goes from each place to each other one, a row for each origin.
    func amounts(of flows: [SitingProblem.Flow]) -> [Double] {
        var amounts = [Double](repeating: 0, count: count * count)
        for flow in flows {
            let (a, b) = (places.candidates[flow.origin], places.candidates[flow.destination])
            amounts[a * count + b] += flow.amount
        }
        return amounts
    }

    /// All pairs of candidates whose distance is known.
    var pairs: [SitingRequirements.Pair] {
        (0..<count).flatMap { a in
            (a + 1..<max(a + 1, count)).compactMap { b in
                between(a, b) < .infinity
                    ? SitingRequirements.Pair(a, b, distance: between(a, b)) : nil
            }
        }
    }
}

extension SitingFormulation {
    /// Of each pair that is nearer than what is asked about, one at most is chosen.
    mutating func addDispersion() throws {
        let distances = try CandidateDistances(problem, for: model)
        guard case .threshold(let least) = purpose else { return }
        addPairs(distances.pairs.filter { $0.distance < least })
    }

    /// The sum of the distances between chosen sites, pair by pair; each chosen site has p − 1 pairs.
    mutating func addSumDispersion(_ p: Int) throws {
        let distances = try CandidateDistances(problem, for: model)
        var own = [[(Int, Double)]](repeating: [], count: sites.count)
        for pair in distances.pairs
        where problem.rules[pair.first] != .forbidden && problem.rules[pair.second] != .forbidden {
            let column = program.addColumn(cost: -pair.distance)
            for site in [pair.first, pair.second] {
                own[site].append((column, 1))
                program.addRow([(column, 1), (site, -1)], .atMost, 0)
            }
        }
        for site in sites where problem.rules[site] != .forbidden {
            program.addRow(own[site] + [(site, -Double(p - 1))], .equal, 0)
        }
    }

    /// Allocates each place to one hub; a flow goes from its origin by the two hubs to its destination.
    ///
    /// The tight form with a column for each pair of places and of hubs: D. Skorin-Kapov, J.
    /// Skorin-Kapov, M. O'Kelly, 1996, https://doi.org/10.1016/0377-2217(95)00100-X.
    mutating func addHubs(_ discount: Double) throws {
        let distances = try CandidateDistances(problem, for: model)
        let hubs = sites.filter { problem.rules[$0] != .forbidden }
        let amounts = distances.amounts(of: problem.flows)
        var own = [[Int]](repeating: [], count: sites.count)
        for place in sites {
            let inner = amounts[place * sites.count + place]
            for hub in hubs {
                let way = inner * (distances.from(place, to: hub) + distances.from(hub, to: place))
                var column = hub
                if place == hub {
                    program.setCost(hub, way)
                } else {
                    column = program.addColumn(cost: way, isWhole: true)
                    program.addRow([(column, 1), (hub, -1)], .atMost, 0)
                }
                own[place].append(column)
                pairs.append((distances.places.demand[place], hub, column))
            }
            program.addRow(own[place].map { ($0, 1) }, .equal, 1)
        }
        for a in sites {
            for b in sites where b > a {
                let there = amounts[a * sites.count + b]
                let back = amounts[b * sites.count + a]
                if there + back == 0 { continue }
                var ends = hubs.map { _ in [(Int, Double)]() }
                for (i, first) in hubs.enumerated() {
                    var starts: [(Int, Double)] = []
                    for (j, second) in hubs.enumerated() {
                        let out =
                            distances.from(a, to: first)
                            + discount * distances.from(first, to: second)
                            + distances.from(second, to: b)
                        let home =
                            distances.from(b, to: second)
                            + discount * distances.from(second, to: first)
                            + distances.from(first, to: a)
                        let column = program.addColumn(cost: there * out + back * home)
                        starts.append((column, 1))
                        ends[j].append((column, 1))
                    }
                    program.addRow(starts + [(own[a][i], -1)], .equal, 0)
                }
                for j in hubs.indices {
                    program.addRow(ends[j] + [(own[b][j], -1)], .equal, 0)
                }
            }
        }
    }

    /// The weight drawn from competitors: what stays with them is `b / (b + Σ a)`, written with the
    /// share of each site, which is to theirs as its pull to theirs, where it is chosen.
    mutating func addHuff() throws {
        guard let market = problem.market else {
            throw SitingError(
                .badArgument, at: "", "huff needs how attractive candidates and competitors are",
                remedy: "name the layer of --competitors")
        }
        for demand in problem.demandIDs.indices where problem.weights[demand] > 0 {
            let pulls = problem.costs.entries(of: demand).compactMap { entry in
                let site = Int(problem.costs.indices[entry])
                return problem.rules[site] == .forbidden || market.pulls[entry] == 0
                    ? nil : (site: site, pull: market.pulls[entry])
            }
            if pulls.isEmpty { continue }
            let (weight, rivals) = (problem.weights[demand], market.rivals[demand])
            guard rivals > 0 else {
                let column = program.addColumn(cost: -weight)
                program.addRow(pulls.map { ($0.site, -1) } + [(column, 1)], .atMost, 0)
                continue
            }
            let left = program.addColumn()
            var shares: [(Int, Double)] = []
            for (site, pull) in pulls {
                let column = program.addColumn(cost: -weight)
                shares.append((column, 1))
                program.addRow([(column, 1), (site, -pull / (pull + rivals))], .atMost, 0)
                program.addRow([(column, rivals), (left, -pull)].scaled, .atMost, 0)
            }
            program.addRow(shares + [(left, 1)], .equal, 1)
        }
    }
}

extension [(Int, Double)] {
    /// The terms of a row whose side is 0, with the greatest coefficient 1.
    fileprivate var scaled: [(Int, Double)] {
        let greatest = reduce(0) { Swift.max($0, $1.1.magnitude) }
        return map { ($0.0, $0.1 / greatest) }
    }
}
