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
    /// How far positions may be off, `nil` where that is not asked.
    public let accuracy: PositionAccuracy?
    private let errors: DistanceErrors?
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
    ///   - accuracy: How far positions may be off; costs and loads then have a range, in which they
    ///     lay in 39 draws of where things may truly be.
    /// - Throws: ``AnalysisError`` (`badArgument`) for a distance that is not above 0; (`badField`)
    ///   naming a facility whose capacity or accuracy is no number of at least 0.
    public init(
        to supply: FacilityLayer, within limit: Distance, tau: Distance = .kilometres(10),
        weightField: String, capacityField: String? = nil, accuracy: PositionAccuracy? = nil
    ) throws {
        guard tau.metres > 0 else {
            throw AnalysisError(
                .badArgument, at: "", "tau needs a distance of more than 0",
                remedy: "give one, for example 10km")
        }
        matrix = try CostMatrix(to: supply, within: limit)
        let offered = try DemandWeights(
            of: supply.batch, field: capacityField, layer: supply.source, role: "capacity")
        self.supply = supply
        self.limit = limit
        self.tau = tau
        self.weightField = weightField
        self.accuracy = accuracy
        errors = try accuracy.map { try DistanceErrors($0, to: supply) }
        capacities = offered.values
        missingCapacities = offered.missing
    }

    /// The part of a batch: its pairs and persons.
    public struct Part: Sendable {
        let rows: NeighbourRows
        let places: Places
        let weights: DemandWeights
        let batch: FeatureBatch
        /// How far each place may be off, in metres; empty where that is not asked.
        let errors: [Double]
        /// How many places have no accuracy and are taken as exact.
        let missingAccuracies: Int

        /// Whether no place may be off.
        var isExact: Bool { errors.allSatisfy { $0 == 0 } }
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
        let own = try errors?.demand(batch, layer: layer)
        return Part(
            rows: try matrix.rows(from: places), places: places, weights: weights, batch: batch,
            errors: own?.metres ?? [], missingAccuracies: own?.missing ?? 0)
    }

    /// What the search came to.
    public struct Solution: Sendable {
        /// The demand, batch by batch, with `access_cost` (less is better), `reached_count` and
        /// `access_reason`, which says why there is no cost; where accuracies are asked also
        /// `access_cost_low` and `access_cost_high`, which is null where some draw served nobody.
        public let batches: [FeatureBatch]
        /// How many persons each facility serves.
        public let loads: [Double]
        /// How many features reach each facility.
        public let counts: [Int]
        /// The cost of each feature, with what it counts, in a tally.
        public let tally: AccessibilityTally
        /// How many features and facilities have no accuracy and are taken as exact.
        public let missingAccuracies: Int
        /// Between what costs and loads lay; `nil` where that is not asked.
        let ranges: RationalAgentRanges?
    }

    /// Lets everybody choose.
    ///
    /// - Parameters:
    ///   - parts: The parts of all demand, in order.
    ///   - tasks: How many draws are worked on at once, where accuracies are asked.
    /// - Returns: What it costs each place, and how many each facility serves; the same for any
    ///   number of tasks.
    /// - Throws: What finding the pairs of a draw throws.
    /// - Complexity: O(150 r) for r pairs; 40 times that where accuracies are asked.
    public func solve(_ parts: [Part], tasks: Int = 1) async throws -> Solution {
        var counts = [Int](repeating: 0, count: supply.count)
        for part in parts {
            for facility in part.rows.indices { counts[Int(facility)] += 1 }
        }
        let found = search(parts) { $0.rows }
        var ranges: RationalAgentRanges?
        if let errors {
            ranges = try await self.ranges(
                of: parts, around: found, errors.facilities, tasks: tasks)
        }
        var tally = AccessibilityTally()
        var first = 0
        let batches = parts.map { part in
            let rows = first..<first + part.rows.rows
            first = rows.upperBound
            tally.add(Array(found.costs[rows]), part.weights, part.places)
            return batch(part, Array(found.costs[rows]), ranges?.costs(rows))
        }
        if let mean = ranges?.mean { tally.bound(mean: mean) }
        return Solution(
            batches: batches, loads: found.loads, counts: counts, tally: tally,
            missingAccuracies: parts.reduce(errors?.missing ?? 0) { $0 + $1.missingAccuracies },
            ranges: ranges)
    }

    /// Runs the search over the pairs of all parts.
    func search(_ parts: [Part], _ pairs: (Part) throws -> NeighbourRows) rethrows -> Found {
        var search = RationalAgentSearch(capacities: capacities, tau: tau.metres)
        for part in parts {
            let found = try pairs(part)
            for row in 0..<found.rows {
                let entries = found.entries(of: row)
                // Who has no place asks for nothing.
                search.append(
                    persons: part.places[row] == nil ? 0 : part.weights.values[row],
                    found.indices[entries],
                    found.distances[entries])
            }
        }
        let costs = search.run()
        var (sum, weight) = (0.0, 0.0)
        for (cost, persons) in zip(costs, parts.lazy.flatMap(\.weights.values))
        where !cost.isNaN {
            sum += cost * persons
            weight += persons
        }
        return Found(
            costs: costs, loads: search.served, mean: weight > 0 ? sum / weight : nil)
    }

    /// The facilities with how many they serve.
    ///
    /// Each has its own attributes and `capacity`, `demand_count` (features within the limit), `load`
    /// (persons served) and `crowding` (load for each unit of capacity, null without capacity); where
    /// accuracies are asked also `load_low` and `load_high`.
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
        if let ranges = solution.ranges {
            result.set("load_low", .double(ranges.leastLoads.map { $0 }))
            result.set("load_high", .double(ranges.mostLoads.map { $0 }))
        }
        return result
    }

    private func batch(
        _ part: Part, _ costs: [Double], _ range: (low: [Double], high: [Double])?
    ) -> FeatureBatch {
        var result = part.batch
        let rows = 0..<part.rows.rows
        result.set("access_cost", .double(costs.map { $0.isNaN ? nil : $0 }))
        if let range {
            result.set("access_cost_low", .double(range.low.map { $0.isNaN ? nil : $0 }))
            result.set("access_cost_high", .double(range.high.map { $0.isFinite ? $0 : nil }))
        }
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
