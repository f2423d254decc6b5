public import Features
public import Geometry

/// How much supply each place of demand can reach, and how crowded each facility is.
///
/// Demand is passed over twice where facilities fill up: ``loads(of:layer:)`` adds up what each
/// facility carries, batch after batch, and ``scores(of:layer:under:)`` gives each place its part.
/// Between the passes only one number a facility is kept; pairs are made again, never held.
public struct Accessibility: Sendable {
    /// The facilities.
    public let supply: FacilityLayer
    /// The formula.
    public let method: AccessibilityMethod
    /// The greatest distance; a facility exactly at it counts.
    public let limit: Distance
    /// How much less a facility counts the farther away it is.
    public let decay: DistanceDecay
    /// The demand's field that says how much each feature counts; `nil` where each counts one.
    public let weightField: String?
    /// The supply's field that says how much each facility offers; `nil` where each offers one.
    public let capacityField: String?
    /// How much each facility offers.
    public let capacities: [Double]
    /// How many facilities have no value in the field and offer 0.
    public let missingCapacities: Int
    /// How far positions may be off, `nil` where that is not asked.
    public let accuracy: PositionAccuracy?
    /// How many facilities have no accuracy and are taken as exact.
    public var missingAccuracies: Int { errors?.missing ?? 0 }
    private let errors: DistanceErrors?
    let matrix: CostMatrix

    /// Creates the operation.
    ///
    /// - Parameters:
    ///   - supply: The facilities.
    ///   - method: The formula.
    ///   - limit: The greatest distance; a facility exactly at it counts.
    ///   - decay: How much less a facility counts the farther away it is; the method's own where
    ///     `nil`.
    ///   - weightField: The demand's field that says how much each feature counts.
    ///   - capacityField: The supply's field that says how much each facility offers.
    ///   - accuracy: How far positions may be off; accesses then have a range.
    /// - Throws: ``AnalysisError`` (`badArgument`) for a limit that is not above 0, a decay that
    ///   cannot be meant or that the method does not take; (`badField`) naming a facility whose
    ///   capacity or accuracy is no number of at least 0.
    public init(
        to supply: FacilityLayer, method: AccessibilityMethod, within limit: Distance,
        decay: DistanceDecay? = nil, weightField: String? = nil, capacityField: String? = nil,
        accuracy: PositionAccuracy? = nil
    ) throws {
        let decay = decay ?? method.usualDecay(within: limit)
        matrix = try CostMatrix(to: supply, within: limit)
        try decay.check()
        if method.usual == .onlyBinary, decay != .binary {
            let other = method.sharesSupply ? "e2sfca" : "gravity"
            throw AnalysisError(
                .badArgument, at: "",
                "\(method.name) counts all within the distance alike and takes no \(decay)",
                remedy: "leave the decay out, or choose \(other)")
        }
        let offered = try DemandWeights(
            of: supply.batch, field: capacityField, layer: supply.source, role: "capacity")
        self.supply = supply
        self.method = method
        self.limit = limit
        self.decay = decay
        self.weightField = weightField
        self.capacityField = capacityField
        self.accuracy = accuracy
        errors = try accuracy.map { try DistanceErrors($0, to: supply) }
        capacities = offered.values
        missingCapacities = offered.missing
    }

    /// Adds up what a batch of demand asks of each facility: the first pass.
    ///
    /// - Parameters:
    ///   - batch: The demand.
    ///   - layer: Its layer's name, for messages.
    /// - Returns: The batch's part of the loads, to be added in order.
    /// - Throws: ``AnalysisError`` naming a feature that is not on the globe or a weight that is no
    ///   number of at least 0.
    /// - Complexity: O(n log m + r) on average for n features, m facilities and r pairs.
    public func loads(of batch: FeatureBatch, layer: String) throws -> AccessibilityLoads {
        let places = try Places(of: batch, layer: layer)
        let weights = try DemandWeights(of: batch, field: weightField, layer: layer).values
        var loads = AccessibilityLoads(count: supply.count)
        loads.ranges = try errors.map {
            try loadRanges(of: batch, layer: layer, places, weights, $0)
        }
        try matrix.forEachBlock(of: places) { first, rows in
            let decayed = decay.weights(of: rows.distances)
            for row in 0..<rows.rows {
                let entries = rows.entries(of: row)
                if entries.isEmpty { continue }
                loads.add(
                    weights[first + row], to: rows.indices[entries], decayed?[entries],
                    method.claim)
            }
        }
        return loads
    }

    /// Demand with how much supply it can reach.
    public struct Scored: Sendable {
        /// The demand with `access`, `reached_count` (facilities within the limit) and
        /// `access_reason` (why there is no access, null where there is); where accuracies are
        /// asked also `access_low` and `access_high`, which is null where nothing bounds it.
        ///
        /// A feature without a place has neither access nor a count; one that reaches nothing has
        /// an access of 0.
        public let batch: FeatureBatch
        /// The access of each feature; NaN for one without a place.
        let scores: [Double]
        /// How much each feature counts.
        let weights: DemandWeights
        let places: Places
        /// Between what the accesses truly lie; `nil` where that is not asked.
        let ranges: AccessRanges?
    }

    /// Gives each place of a batch its part of the supply: the second pass.
    ///
    /// - Parameters:
    ///   - batch: The demand.
    ///   - layer: Its layer's name, for messages.
    ///   - loads: What all of the demand asks of each facility; not needed by a method that does
    ///     not share the supply.
    /// - Returns: The demand with its access, to be added to an ``AccessibilityTally``.
    /// - Throws: As ``loads(of:layer:)``.
    /// - Complexity: O(n log m + r) on average for n features, m facilities and r pairs.
    public func scores(
        of batch: FeatureBatch, layer: String, under loads: AccessibilityLoads? = nil
    ) throws -> Scored {
        precondition(loads != nil || !method.sharesSupply, "\(method.name) needs the loads")
        let places = try Places(of: batch, layer: layer)
        let weights = try DemandWeights(of: batch, field: weightField, layer: layer)
        let ratios = ratios(under: loads)
        var scores = places.longitudes.map { $0.isNaN ? Double.nan : 0 }
        var counts = [Int?](repeating: nil, count: batch.count)
        var reasons = [String?](repeating: nil, count: batch.count)
        try matrix.forEachBlock(of: places) { first, rows in
            let decayed = decay.weights(of: rows.distances)
            for row in 0..<rows.rows {
                guard !scores[first + row].isNaN else {
                    reasons[first + row] = "has no place"
                    continue
                }
                let entries = rows.entries(of: row)
                let score = Self.score(
                    ratios, rows.indices[entries], decayed?[entries], method.draw)
                scores[first + row] = score
                counts[first + row] = entries.count
                if score == 0 { reasons[first + row] = reason(rows.indices[entries], ratios) }
            }
        }
        var result = batch
        result.set("access", .double(scores.map { $0.isNaN ? nil : $0 }))
        result.set("reached_count", .int(counts))
        result.set("access_reason", .string(reasons))
        let ranges = try errors.map {
            try self.ranges(
                of: batch, layer: layer, places, weights.values, scores, loads?.ranges, $0)
        }
        if let ranges {
            result.set("access_low", .double(ranges.low.map { $0.isNaN ? nil : $0 }))
            result.set("access_high", .double(ranges.high.map { $0.isFinite ? $0 : nil }))
        }
        return Scored(
            batch: result, scores: scores, weights: weights, places: places, ranges: ranges)
    }

    /// What a facility gives to each unit that draws on it; 0 where nobody asks for it.
    private func ratios(under loads: AccessibilityLoads?) -> [Double] {
        guard method.sharesSupply, let loads else { return capacities }
        return capacities.indices.map { facility in
            let load = loads.sums[facility]
            guard load > 0 else { return 0 }
            let ratio = capacities[facility] / load
            return method.draw == .balanced ? ratio / loads.impedances[facility] : ratio
        }
    }

    /// The sum of what a place draws from the facilities it reaches, in their order.
    private static func score(
        _ ratios: [Double], _ facilities: ArraySlice<Int32>, _ weights: ArraySlice<Double>?,
        _ draw: AccessibilityMethod.Draw
    ) -> Double {
        var sum = 0.0
        guard let weights else {
            for facility in facilities { sum += ratios[Int(facility)] }
            return draw == .selected && !facilities.isEmpty ? sum / Double(facilities.count) : sum
        }
        switch draw {
        case .decayed, .balanced:
            for (facility, weight) in zip(facilities, weights) {
                sum += ratios[Int(facility)] * weight
            }
        case .squared:
            for (facility, weight) in zip(facilities, weights) {
                sum += ratios[Int(facility)] * weight * weight
            }
        case .selected:
            let total = weights.reduce(0, +)
            guard total > 0 else { return 0 }
            for (facility, weight) in zip(facilities, weights) {
                sum += ratios[Int(facility)] * (weight / total) * weight
            }
        }
        return sum
    }

    /// Why a place with an access of 0 has none.
    private func reason(_ facilities: ArraySlice<Int32>, _ ratios: [Double]) -> String {
        if facilities.isEmpty { return "no supply within reach" }
        if facilities.allSatisfy({ capacities[Int($0)] == 0 }) {
            return "the supply within reach is zero"
        }
        if facilities.allSatisfy({ ratios[Int($0)] == 0 }) {
            return "the supply within reach has no demand"
        }
        return "the distance decay is zero at the supply within reach"
    }
}
