public import Features
public import Geometry

/// The rational agent access model: what it costs each place to be served, in travel and crowding,
/// when everybody chooses what is cheapest.
///
/// The cost of facility j to place i is dᵢⱼ / τ + Dⱼ / (ρ Sⱼ): the distance as a share of the
/// distance τ that one would travel to avoid the usual crowding, and the demand Dⱼ served at j over
/// its capacity, where ρ is the mean demand for each unit of capacity (J. Saxon and D. Snow, 2020,
/// https://doi.org/10.1080/24694452.2019.1629870). Less is better. All begin at the nearest facility;
/// in each of 150 rounds a part of each place's demand moves from its dearest to its cheapest, in
/// steps that shrink from a fifth to a two-hundredth of the place's demand. The rounds are those of
/// PySAL's `access` 1.1 and give its numbers.
///
/// Whole persons move: a place of fewer than five never does, so weights are needed. All pairs within
/// the limit are held in memory, 12 bytes each.
public struct RationalAgentModel: Sendable {
    /// The name by which the command line knows it.
    public static let name = "raam"
    /// The facilities.
    public let supply: FacilityLayer
    /// The greatest distance; a facility exactly at it counts.
    public let limit: Distance
    /// The distance that one would travel to avoid the usual crowding.
    public let tau: Distance
    /// The demand's field that says how many persons each feature stands for.
    public let weightField: String
    /// How much each facility offers.
    public let capacities: [Double]
    /// How many facilities have no value in the field and offer 0.
    public let missingCapacities: Int
    private let matrix: CostMatrix

    /// Creates the operation.
    ///
    /// - Parameters:
    ///   - supply: The facilities.
    ///   - limit: The greatest distance; a facility exactly at it counts.
    ///   - tau: The distance that one would travel to avoid the usual crowding.
    ///   - weightField: The demand's field that says how many persons each feature stands for.
    ///   - capacityField: The supply's field that says how much each facility offers; each offers one
    ///     where `nil`.
    /// - Throws: ``AnalysisError`` (`badArgument`) for a distance that is not above 0; (`badField`)
    ///   naming a facility whose capacity is no number of at least 0.
    public init(
        to supply: FacilityLayer, within limit: Distance, tau: Distance = .kilometres(10),
        weightField: String, capacityField: String? = nil
    ) throws {
        guard tau.metres > 0 else {
            throw AnalysisError(
                .badArgument, at: "", "tau needs a distance of more than 0",
                remedy: "give one, for example 10km")
        }
        matrix = try CostMatrix(to: supply, within: limit)
        let offered = try DemandWeights(
            of: supply.batch, field: capacityField, layer: supply.name, role: "capacity")
        self.supply = supply
        self.limit = limit
        self.tau = tau
        self.weightField = weightField
        capacities = offered.values
        missingCapacities = offered.missing
    }

    /// The part of a batch: its pairs and persons.
    public struct Part: Sendable {
        let rows: NeighbourRows
        let places: Places
        let weights: DemandWeights
        let batch: FeatureBatch
    }

    /// Finds the facilities that a batch reaches.
    ///
    /// - Parameters:
    ///   - batch: The demand.
    ///   - layer: Its layer's name, for messages.
    /// - Returns: The part, for ``solve(_:)``.
    /// - Throws: ``AnalysisError`` naming a feature that is not on the globe or a weight that is no
    ///   number of at least 0.
    public func part(of batch: FeatureBatch, layer: String) throws -> Part {
        let places = try Places(of: batch, layer: layer)
        let weights = try DemandWeights(of: batch, field: weightField, layer: layer)
        return Part(
            rows: try matrix.rows(from: places), places: places, weights: weights, batch: batch)
    }

    /// What the search came to.
    public struct Solution: Sendable {
        /// The demand, batch by batch, with `access_cost` (less is better), `reached_count` and
        /// `access_reason`, which says why there is no cost.
        public let batches: [FeatureBatch]
        /// How many persons each facility serves.
        public let loads: [Double]
        /// How many features reach each facility.
        public let counts: [Int]
        /// The cost of each feature, with what it counts, in a tally.
        public let tally: AccessibilityTally
    }

    /// Lets everybody choose.
    ///
    /// - Parameter parts: The parts of all demand, in order.
    /// - Returns: What it costs each place, and how many each facility serves.
    /// - Complexity: O(150 r) for r pairs.
    public func solve(_ parts: [Part]) -> Solution {
        var search = RationalAgentSearch(capacities: capacities, tau: tau.metres)
        var counts = [Int](repeating: 0, count: supply.count)
        for part in parts {
            for row in 0..<part.rows.rows {
                let entries = part.rows.entries(of: row)
                for facility in part.rows.indices[entries] { counts[Int(facility)] += 1 }
                search.append(
                    persons: part.weights.values[row], part.rows.indices[entries],
                    part.rows.distances[entries])
            }
        }
        let costs = search.run()
        var tally = AccessibilityTally()
        var first = 0
        let batches = parts.map { part in
            let rows = first..<first + part.rows.rows
            first = rows.upperBound
            let own = Array(costs[rows])
            tally.add(own, part.weights, part.places)
            return batch(part, own)
        }
        return Solution(batches: batches, loads: search.served, counts: counts, tally: tally)
    }

    /// The facilities with how many they serve.
    ///
    /// Each has its own attributes and `capacity`, `demand_count` (features within the limit), `load`
    /// (persons served) and `crowding` (load for each unit of capacity, null without capacity).
    ///
    /// - Parameter solution: What the search came to.
    /// - Returns: One feature a facility, in the order of the layer.
    public func facilities(under solution: Solution) -> FeatureBatch {
        var result = supply.batch
        let rows = 0..<supply.count
        result.set("capacity", .double(capacities.map { $0 }))
        result.set("demand_count", .int(rows.map { solution.counts[$0] }))
        result.set("load", .double(solution.loads.map { $0 }))
        result.set(
            "crowding",
            .double(
                rows.map { capacities[$0] > 0 ? solution.loads[$0] / capacities[$0] : nil }))
        return result
    }

    private func batch(_ part: Part, _ costs: [Double]) -> FeatureBatch {
        var result = part.batch
        let rows = 0..<part.rows.rows
        result.set("access_cost", .double(costs.map { $0.isNaN ? nil : $0 }))
        result.set(
            "reached_count",
            .int(rows.map { part.places[$0] == nil ? nil : part.rows.entries(of: $0).count }))
        result.set(
            "access_reason", .string(rows.map { costs[$0].isNaN ? reason(part, $0) : nil }))
        return result
    }

    private func reason(_ part: Part, _ row: Int) -> String {
        if part.places[row] == nil { return "has no place" }
        if part.rows.entries(of: row).isEmpty { return "no supply within reach" }
        let reached = part.rows.indices[part.rows.entries(of: row)]
        if reached.allSatisfy({ capacities[Int($0)] == 0 }) {
            return "the supply within reach is zero"
        }
        return "nobody is here"
    }
}
