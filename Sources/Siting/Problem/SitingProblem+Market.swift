internal import Geometry

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
    public struct Market: Hashable, Sendable {
        /// The pull of the candidate of each entry of the costs.
        public let pulls: [Double]
        /// The pull of all competitors together on each demand.
        public let rivals: [Double]
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
    ///   - rivalPulls: The pull of all competitors together on each demand.
    ///   - exponent: β.
    ///   - floor: The distance below which all count alike.
    /// - Returns: The problem.
    /// - Throws: ``SitingError`` (`badWeight`) naming an attraction that is no number of at least 0.
    public func with(
        attractions: [Double], rivalPulls: [Double], exponent: Double = 2, floor: Double = 100
    ) throws -> SitingProblem {
        precondition(attractions.count == candidateIDs.count && rivalPulls.count == weights.count)
        for (candidate, value) in attractions.enumerated() where !(value >= 0 && value < .infinity)
        {
            throw SitingError(
                .badWeight, at: "candidate \"\(candidateIDs[candidate])\"",
                "the attraction is \(value), which is no number of at least 0",
                remedy: "correct it, or forbid the candidate")
        }
        var result = self
        result.market = Market(
            pulls: zip(costs.indices, costs.distances).map { site, cost in
                Self.pull(attractions[Int(site)], cost, exponent, floor)
            }, rivals: rivalPulls)
        return result
    }

    /// The pull of a site of an attraction at a distance.
    ///
    /// - Parameters:
    ///   - attraction: How attractive it is.
    ///   - distance: How far it is.
    ///   - exponent: β.
    ///   - floor: The distance below which all count alike.
    /// - Returns: A·d^−β.
    public static func pull(
        _ attraction: Double, _ distance: Double, _ exponent: Double, _ floor: Double
    ) -> Double {
        attraction == 0 ? 0 : attraction * pow(max(distance, floor), -exponent)
    }
}
