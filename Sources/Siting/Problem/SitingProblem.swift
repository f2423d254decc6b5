public import Geometry

/// Which sites could serve which demand, and at what cost: what every model chooses from.
///
/// Costs are a sparse matrix: a row a demand, a column a candidate. A pair that is not there cannot be:
/// that candidate is out of reach. A demand of weight 0 asks for nothing.
public struct SitingProblem: Sendable {
    /// The identifier of each demand.
    public let demandIDs: [String]
    /// The identifier of each candidate.
    public let candidateIDs: [String]
    /// How much each demand counts; at least 0.
    public let weights: [Double]
    /// The cost of each pair within reach, candidates ascending in each row.
    public let costs: NeighbourRows
    /// The greatest cost of a pair that is in the matrix; `nil` where none was left out.
    public let limit: Double?
    /// What each candidate costs to open, in units of weight times cost; only `uflp` asks for it.
    public private(set) var openingCosts: [Double]
    /// What is settled of each candidate beforehand.
    public private(set) var rules: [Rule]

    /// What is asked of a choice besides what its model asks.
    public internal(set) var requirements = SitingRequirements()
    /// How much goes from demand to demand; only `p-hub-median` asks for it.
    public internal(set) var flows: [Flow] = []
    /// Where else the demand goes; only `huff` asks for it.
    public internal(set) var market: Market?

    /// What is settled of a candidate beforehand.
    public enum Rule: String, Hashable, Sendable {
        /// It may be chosen.
        case free
        /// It is chosen: a site that exists and stays, or was promised. It counts as one of `p`.
        case forced
        /// It is not chosen.
        case forbidden
    }

    /// Creates a problem.
    ///
    /// - Parameters:
    ///   - demandIDs: The identifier of each demand.
    ///   - candidateIDs: The identifier of each candidate.
    ///   - weights: How much each demand counts; `nil` where each counts one.
    ///   - costs: The cost of each pair within reach.
    ///   - limit: The greatest cost of a pair; pairs that cost more are left out. `nil` for any.
    /// - Throws: ``SitingError`` naming the first identifier that is there twice, the first weight or
    ///   cost that is no number of at least 0, weights that are all 0, or a missing side.
    /// - Complexity: O(entries).
    public init(
        demandIDs: [String], candidateIDs: [String], weights: [Double]? = nil,
        costs: NeighbourRows, limit: Double? = nil
    ) throws {
        self.demandIDs = demandIDs
        self.candidateIDs = candidateIDs
        self.weights = weights ?? Array(repeating: 1, count: demandIDs.count)
        self.limit = limit
        rules = Array(repeating: .free, count: candidateIDs.count)
        openingCosts = Array(repeating: 0, count: candidateIDs.count)
        self.costs = limit.map { costs.upTo($0) } ?? costs
        try checkSides()
        try checkNumbers(costs)
    }

    private func checkSides() throws {
        for (ids, side, plural) in [
            (demandIDs, "demand", "demand"), (candidateIDs, "candidate", "candidates"),
        ] {
            if ids.isEmpty {
                throw SitingError(
                    .empty, at: "", "there is no \(side) to choose for",
                    remedy: "give at least one \(side)")
            }
            var seen = Set<String>()
            for id in ids where !seen.insert(id).inserted {
                throw SitingError(
                    .duplicateID, at: "\(side) \"\(id)\"", "this identifier is there twice",
                    remedy: "give each of the \(plural) an identifier of its own")
            }
        }
    }

    private func checkNumbers(_ given: NeighbourRows) throws {
        precondition(weights.count == demandIDs.count && given.rows == demandIDs.count)
        for (demand, weight) in weights.enumerated() where !(weight >= 0 && weight < .infinity) {
            throw SitingError(
                .badWeight, at: "demand \"\(demandIDs[demand])\"",
                "the weight is \(weight), which is no number of at least 0",
                remedy: "correct it; 0 takes the demand out")
        }
        if weights.allSatisfy({ $0 == 0 }) {
            throw SitingError(
                .badWeight, at: "", "all weights are 0, so nothing is asked for",
                remedy: "name the field that says how much each demand counts, or none")
        }
        for demand in 0..<given.rows {
            for entry in given.entries(of: demand) {
                let cost = given.distances[entry]
                if cost >= 0, cost < .infinity { continue }
                throw SitingError(
                    .badCost,
                    at: "demand \"\(demandIDs[demand])\", candidate "
                        + "\"\(candidateIDs[Int(given.indices[entry])])\"",
                    "the cost is \(cost), which is no number of at least 0",
                    remedy: "correct it, or leave the pair out where it cannot be")
            }
        }
    }

    /// The problem with rules for some candidates.
    ///
    /// - Parameters:
    ///   - forced: Identifiers of candidates that are chosen in any case.
    ///   - forbidden: Identifiers of candidates that are not chosen.
    /// - Returns: The problem.
    /// - Throws: ``SitingError`` naming an identifier that is not there, or that is in both lists.
    public func with(forced: [String], forbidden: [String]) throws -> SitingProblem {
        var result = self
        var places: [String: Int] = [:]
        for (candidate, id) in candidateIDs.enumerated() { places[id] = candidate }
        for (ids, rule) in [(forced, Rule.forced), (forbidden, .forbidden)] {
            for id in ids {
                guard let candidate = places[id] else {
                    throw SitingError(
                        .unknownID, at: "candidate \"\(id)\"", "there is no such candidate",
                        remedy: "name it as the candidates do")
                }
                if result.rules[candidate] != .free, result.rules[candidate] != rule {
                    throw SitingError(
                        .badArgument, at: "candidate \"\(id)\"", "is both forced and forbidden",
                        remedy: "decide for one of them")
                }
                result.rules[candidate] = rule
            }
        }
        return result
    }

    /// The problem with what candidates cost to open.
    ///
    /// - Parameter openingCosts: One for each candidate, in units of weight times cost.
    /// - Returns: The problem.
    /// - Throws: ``SitingError`` (`badCost`) naming the first that is no number of at least 0.
    public func with(openingCosts: [Double]) throws -> SitingProblem {
        precondition(openingCosts.count == candidateIDs.count)
        for (candidate, cost) in openingCosts.enumerated()
        where !(cost >= 0 && cost < .infinity) {
            throw SitingError(
                .badCost, at: "candidate \"\(candidateIDs[candidate])\"",
                "to open it costs \(cost), which is no number of at least 0",
                remedy: "correct it, or forbid the candidate")
        }
        var result = self
        result.openingCosts = openingCosts
        return result
    }

    /// How many candidates may be chosen.
    var allowed: Int { rules.count { $0 != .forbidden } }

    /// How many candidates are chosen in any case.
    var forced: Int { rules.count { $0 == .forced } }

    /// The entries of a demand's row whose candidates may be chosen.
    func reach(_ demand: Int) -> [(site: Int32, cost: Double)] {
        costs.entries(of: demand).compactMap { entry in
            rules[Int(costs.indices[entry])] == .forbidden
                ? nil : (costs.indices[entry], costs.distances[entry])
        }
    }

    /// The demand that counts and that no candidate can reach.
    public var unreachable: [Int] {
        demandIDs.indices.filter { weights[$0] > 0 && reach($0).isEmpty }
    }

    /// The problem without some demand: it counts nothing.
    func without(_ demand: [Int]) throws -> SitingProblem {
        var kept = weights
        for i in demand { kept[i] = 0 }
        var result = try SitingProblem(
            demandIDs: demandIDs, candidateIDs: candidateIDs, weights: kept, costs: costs,
            limit: limit)
        result.takeQuestion(of: self)
        return result
    }

    /// Takes over all that is asked of the choice.
    private mutating func takeQuestion(of other: SitingProblem) {
        (rules, openingCosts) = (other.rules, other.openingCosts)
        (requirements, flows) = (other.requirements, other.flows)
        if costs == other.costs { market = other.market }
    }

    /// The problem with all that is asked of the choice in another one of the same sides.
    ///
    /// - Parameter other: The other problem, of the same demand and candidates.
    /// - Returns: The problem, without competitors, which are of the costs.
    public func taking(_ other: SitingProblem) -> SitingProblem {
        var result = self
        result.takeQuestion(of: other)
        return result
    }

    /// The problem with a rule for one more candidate.
    func with(_ rule: Rule, for candidate: Int) -> SitingProblem {
        var result = self
        result.rules[candidate] = rule
        return result
    }

    /// The problem with another weight of one demand.
    func with(weight: Double, of demand: Int) throws -> SitingProblem {
        var changed = weights
        changed[demand] = weight
        var result = try SitingProblem(
            demandIDs: demandIDs, candidateIDs: candidateIDs, weights: changed, costs: costs,
            limit: limit)
        result.takeQuestion(of: self)
        return result
    }

    /// The problem without one pair: that candidate is out of that demand's reach.
    func without(_ demand: Int, _ candidate: Int) throws -> SitingProblem {
        var result = try SitingProblem(
            demandIDs: demandIDs, candidateIDs: candidateIDs, weights: weights,
            costs: costs.without(demand, candidate), limit: limit)
        result.takeQuestion(of: self)
        return result
    }

    /// The problem with another reach.
    func within(_ limit: Double) throws -> SitingProblem {
        var result = try SitingProblem(
            demandIDs: demandIDs, candidateIDs: candidateIDs, weights: weights, costs: costs,
            limit: limit)
        result.takeQuestion(of: self)
        return result
    }
}

extension NeighbourRows {
    /// The rows without one entry.
    func without(_ row: Int, _ index: Int) -> NeighbourRows {
        var result = NeighbourRows()
        for other in 0..<rows {
            for entry in entries(of: other) where other != row || indices[entry] != Int32(index) {
                result.append(indices[entry], distances[entry])
            }
            result.endRow()
        }
        return result
    }

    /// The rows without entries above a limit; one that is no number stays, to be found.
    func upTo(_ limit: Double) -> NeighbourRows {
        var result = NeighbourRows()
        for row in 0..<rows {
            for entry in entries(of: row) where !(distances[entry] > limit) {
                result.append(indices[entry], distances[entry])
            }
            result.endRow()
        }
        return result
    }
}
