internal import Analysis
public import Geometry

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

extension SitingProblem {
    /// How much goes from one place to another.
    public struct Flow: Hashable, Sendable {
        /// Where it starts.
        public let origin: Int
        /// Where it ends.
        public let destination: Int
        /// How much it is.
        public let amount: Double

        /// Creates a flow.
        ///
        /// - Parameters:
        ///   - origin: Where it starts.
        ///   - destination: Where it ends.
        ///   - amount: How much it is.
        public init(_ origin: Int, _ destination: Int, _ amount: Double) {
            self.origin = origin
            self.destination = destination
            self.amount = amount
        }
    }

    /// How strongly candidates and competitors draw demand, by Huff's model.
    ///
    /// Pulls on one demand are parts of that of all competitors together, so that what matters of them
    /// is a number however steeply they fall: a site with 10²⁶⁰ times their pull draws all, and one
    /// with 10⁻³⁰⁸ of it nothing, to the last digit.
    public struct Market: Hashable, Sendable {
        /// The pull of the candidate of each entry of the costs; 1 of all that draw where no competitor
        /// does, and 0 where the candidate does not.
        public let pulls: [Double]
        /// The pull of all competitors together on each demand: 1, or 0 where none draws.
        public let rivals: [Double]

        /// The greatest logarithm of a pull: sums of as many sites as there can be are numbers.
        static let greatest = 600.0
    }

    /// The problem with flows between its places, which are demand and candidates alike.
    ///
    /// - Parameter flows: How much goes from where to where.
    /// - Returns: The problem.
    /// - Throws: ``SitingError`` (`badWeight`) naming an amount that is no number of at least 0, or
    ///   where nothing flows.
    public func with(flows: [Flow]) throws -> SitingProblem {
        for flow in flows where !(flow.amount >= 0 && flow.amount < .infinity) {
            throw SitingError(
                .badWeight,
                at: "\"\(demandIDs[flow.origin])\" to \"\(demandIDs[flow.destination])\"",
                "the flow is \(flow.amount), which is no number of at least 0",
                remedy: "correct it")
        }
        guard flows.contains(where: { $0.amount > 0 }) else {
            throw SitingError(
                .badWeight, at: "", "nothing flows between the places",
                remedy: "give a table of from, to and flow with an amount above 0")
        }
        var result = self
        result.flows = flows
        return result
    }

    /// The problem with competitors.
    ///
    /// The pull of a site on a demand is A·d^−β; distances below the floor count as the floor.
    ///
    /// - Parameters:
    ///   - attractions: How attractive each candidate is.
    ///   - rivals: How far each demand is from the competitors that draw it, in the unit of the costs.
    ///   - rivalAttractions: How attractive each competitor is.
    ///   - exponent: β.
    ///   - floor: The distance below which all count alike, more than 0.
    /// - Returns: The problem.
    /// - Throws: ``SitingError`` naming an attraction or a distance that is no number of at least 0;
    ///   `AnalysisError` for an exponent or a floor that make no probabilities.
    /// - Complexity: O(entries).
    public func with(
        attractions: [Double], rivals: NeighbourRows, _ rivalAttractions: [Double],
        exponent: Double = 2, floor: Double = 100
    ) throws -> SitingProblem {
        precondition(attractions.count == candidateIDs.count && rivals.rows == weights.count)
        let pull = try HuffPull(beta: exponent, floor: floor)
        func strengths(_ values: [Double], _ name: (Int) -> String) throws -> [Double] {
            for (place, value) in values.enumerated() where !(value >= 0 && value < .infinity) {
                throw SitingError(
                    .badWeight, at: name(place),
                    "the attraction is \(value), which is no number of at least 0",
                    remedy: "correct it; 0 draws nobody")
            }
            return values.map { pull.strength(of: $0) }
        }
        let own = try strengths(attractions) { "candidate \"\(candidateIDs[$0])\"" }
        let other = try strengths(rivalAttractions) { "competitor \($0 + 1)" }
        var pulls = [Double](repeating: 0, count: costs.indices.count)
        var sums: [Double] = []
        for demand in demandIDs.indices {
            for entry in rivals.entries(of: demand)
            where !(rivals.distances[entry] >= 0 && rivals.distances[entry] < .infinity) {
                throw SitingError(
                    .badCost, at: "demand \"\(demandIDs[demand])\"",
                    "a competitor is \(rivals.distances[entry]) away, which is no number of at least 0",
                    remedy: "correct it, or leave the pair out where it cannot be")
            }
            let found = try drawn(demand, own, (rivals, other), pull)
            for (entry, value) in zip(costs.entries(of: demand), found.pulls) {
                pulls[entry] = value
            }
            sums.append(found.rivals)
        }
        var result = self
        result.market = Market(pulls: pulls, rivals: sums)
        return result
    }

    /// How strongly candidates and competitors draw one demand, as parts of all competitors together.
    ///
    /// - Throws: ``SitingError`` (`badArgument`) for an exponent of which a pull is no number.
    private func drawn(
        _ demand: Int, _ own: [Double], _ others: (rows: NeighbourRows, strengths: [Double]),
        _ pull: HuffPull
    ) throws -> (pulls: [Double], rivals: Double) {
        func utilities(_ rows: NeighbourRows, _ strengths: [Double]) throws -> [Double] {
            try rows.entries(of: demand).map { entry in
                let strength = strengths[Int(rows.indices[entry])]
                let utility = pull.utility(strength, at: rows.distances[entry])
                if utility.isFinite || strength == -.infinity { return utility }
                throw SitingError(
                    .badArgument, at: "demand \"\(demandIDs[demand])\"",
                    "a pull with the exponent \(pull.beta) is no number at "
                        + "\(rows.distances[entry])",
                    remedy: "give an exponent that is nearer to 0; 1 to 3 are usual")
            }
        }
        let theirs = try utilities(others.rows, others.strengths).filter(\.isFinite)
        let ours = try utilities(costs, own)
        guard let strongest = theirs.max() else {
            return (ours.map { $0.isFinite ? 1 : 0 }, 0)
        }
        let rival = strongest + log(theirs.reduce(0) { $0 + exp($1 - strongest) })
        return (ours.map { exp(min($0 - rival, Market.greatest)) }, 1)
    }

    /// The problem without some candidates, and how far demand is from these: they are competitors.
    ///
    /// - Parameter ids: The identifiers of the competitors.
    /// - Returns: The problem; and the costs of the competitors, numbered in the order of `ids`.
    /// - Throws: ``SitingError`` (`unknownID`) for a competitor that is no candidate, (`duplicateID`) for
    ///   one that is there twice, or (`empty`) where no candidate is left.
    public func dividing(
        competitors ids: [String]
    ) throws -> (problem: SitingProblem, rivals: NeighbourRows) {
        var numbers: [String: Int32] = [:]
        for (number, id) in ids.enumerated() {
            guard numbers.updateValue(Int32(number), forKey: id) == nil else {
                throw SitingError(
                    .duplicateID, at: "competitor \"\(id)\"", "this identifier is there twice",
                    remedy: "give each of the competitors an identifier of its own")
            }
        }
        let known = Set(candidateIDs)
        if let id = ids.first(where: { !known.contains($0) }) {
            throw SitingError(
                .unknownID, at: "competitor \"\(id)\"", "the matrix does not name it",
                remedy: "give its costs among those of the candidates")
        }
        var places = [Int32](repeating: -1, count: candidateIDs.count)
        var kept: [String] = []
        for (candidate, id) in candidateIDs.enumerated() where numbers[id] == nil {
            places[candidate] = Int32(kept.count)
            kept.append(id)
        }
        var (own, rivals) = (NeighbourRows(), NeighbourRows())
        for demand in 0..<costs.rows {
            for entry in costs.entries(of: demand) {
                let candidate = Int(costs.indices[entry])
                if let number = numbers[candidateIDs[candidate]] {
                    rivals.append(number, costs.distances[entry])
                } else {
                    own.append(places[candidate], costs.distances[entry])
                }
            }
            own.endRow()
            rivals.endRow()
        }
        let problem = try SitingProblem(
            demandIDs: demandIDs, candidateIDs: kept, weights: weights, costs: own, limit: limit)
        return (problem, rivals)
    }
}
