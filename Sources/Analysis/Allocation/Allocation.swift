public import Features
public import Geometry

/// Which facility serves whom where each can serve only so much: the nearest with capacity.
///
/// The transport problem (F. L. Hitchcock, 1941, https://doi.org/10.1002/sapm1941201224): as much of
/// the demand as can be is served, and of all ways to do so the one of the least total of weight times
/// distance. A feature of demand may be served by several. All pairs within the limit are in memory,
/// some 40 bytes each.
public struct Allocation: Sendable {
    /// The facilities.
    public let facilities: FacilityLayer
    /// How much each can serve.
    public let capacities: [Double]
    /// How many have no value in the field and serve nobody.
    public let missingCapacities: Int
    /// The greatest distance to a facility, `nil` for any.
    public let limit: Distance?
    /// The demand's field that says how much each feature counts; `nil` where each counts one.
    public let weightField: String?
    /// How far positions may be off, `nil` where that is not asked.
    public let accuracy: PositionAccuracy?
    /// How many facilities have no accuracy and are taken as exact.
    public var missingAccuracies: Int { errors?.missing ?? 0 }
    let errors: DistanceErrors?
    private let matrix: CostMatrix

    /// How many pairs may be in memory at once.
    public static let greatestPairs = 20_000_000

    /// Creates the operation.
    ///
    /// - Parameters:
    ///   - facilities: The facilities.
    ///   - capacityField: The facilities' field that says how much each can serve.
    ///   - limit: The greatest distance; a facility exactly at it serves. `nil` for any.
    ///   - weightField: The demand's field that says how much each feature counts.
    ///   - accuracy: How far positions may be off; the distances of the plan then have a range, and
    ///     who is served by whom is stable or fragile.
    /// - Throws: ``AnalysisError`` (`badField`) naming a facility whose capacity or accuracy is no
    ///   number of at least 0; (`badArgument`) for a limit that is not above 0.
    public init(
        to facilities: FacilityLayer, capacityField: String, within limit: Distance? = nil,
        weightField: String? = nil, accuracy: PositionAccuracy? = nil
    ) throws {
        matrix = try CostMatrix(to: facilities, within: limit)
        let offered = try DemandWeights(
            of: facilities.batch, field: capacityField, layer: facilities.source, role: "capacity")
        self.facilities = facilities
        self.limit = limit
        self.weightField = weightField
        self.accuracy = accuracy
        errors = try accuracy.map { try DistanceErrors($0, to: facilities) }
        capacities = offered.values
        missingCapacities = offered.missing
    }

    /// A batch of demand with its pairs.
    public struct Part: Sendable {
        /// The demand.
        public let batch: FeatureBatch
        let places: Places
        let weights: DemandWeights
        let rows: NeighbourRows
        /// The pairs that may truly be within the limit; those of `rows` where accuracies are not asked.
        let near: NeighbourRows
        /// How far each feature may be off, in metres; `nil` where that is not asked.
        let accuracies: [Double]?
        /// How many features have no accuracy and are taken as exact.
        let missingAccuracies: Int
    }

    /// Reads a batch of demand.
    ///
    /// - Parameters:
    ///   - batch: The demand.
    ///   - layer: Its layer's name, for messages.
    /// - Returns: The part of the problem; all parts in order are given to ``solve(_:)``.
    /// - Throws: ``AnalysisError`` naming a feature that is not on the globe or a weight that is no
    ///   number of at least 0; (`badArgument`) for more pairs than ``greatestPairs``.
    public func part(of batch: FeatureBatch, layer: String) throws -> Part {
        let places = try Places(of: batch, layer: layer)
        let own = try errors?.demand(batch, layer: layer)
        let rows = try pairs(of: places, matrix)
        var near = rows
        if let errors, let own, let limit, let reach = errors.reach(of: limit, own.metres),
            reach != limit
        {
            near = try pairs(of: places, CostMatrix(to: facilities, within: reach))
        }
        return Part(
            batch: batch, places: places,
            weights: try DemandWeights(of: batch, field: weightField, layer: layer), rows: rows,
            near: near, accuracies: own?.metres, missingAccuracies: own?.missing ?? 0)
    }

    private func pairs(of places: Places, _ matrix: CostMatrix) throws -> NeighbourRows {
        var all = NeighbourRows()
        try matrix.forEachBlock(of: places) { _, rows in
            try check(all.count + rows.count)
            all.append(contentsOf: rows)
        }
        return all
    }

    private func check(_ pairs: Int) throws {
        guard pairs <= Self.greatestPairs else {
            throw AnalysisError(
                .badArgument, at: facilities.source,
                "more than \(Self.greatestPairs) pairs would have to be in memory",
                remedy: "give a distance within which demand is served, for example 20km")
        }
    }

    /// Sends the demand to facilities.
    ///
    /// - Parameter parts: All of the demand, in order.
    /// - Returns: Who is served by whom.
    /// - Throws: ``AnalysisError`` (`badArgument`) for more pairs than ``greatestPairs``.
    /// - Complexity: About O(r log n) for r pairs of n features where few facilities are full; for
    ///   each feature near full ones a search over the m facilities more, O(m²) at worst.
    public func solve(_ parts: [Part]) throws -> AllocationSolution {
        try check(parts.reduce(0) { $0 + $1.near.count })
        var rows = NeighbourRows()
        for part in parts { rows.append(contentsOf: part.rows) }
        let weights = parts.flatMap(\.weights.values)
        var problem = TransportProblem(
            rows, capacities: capacities, total: weights.reduce(0, +))
        for (row, weight) in weights.enumerated() where weight > 0 {
            problem.send(weight, from: row)
        }
        let certainty = errors.map {
            PlanCertainty(
                of: parts, problem.flows, room: problem.room, $0, within: limit?.metres ?? .infinity
            )
        }
        return AllocationSolution(self, parts, rows, problem.flows, certainty)
    }
}
