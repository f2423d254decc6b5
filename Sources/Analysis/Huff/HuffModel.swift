public import Features
public import Geometry

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// How likely demand goes to each facility within reach: the more attractive and the nearer, the
/// likelier.
///
/// The probability of facility j for demand i is Aⱼ^α dᵢⱼ^−β over the sum of the same for all
/// facilities within the limit (D. L. Huff, 1964, https://doi.org/10.1177/002224296402800307).
/// Distances below the floor count as the floor, or one would draw everybody from where it stands.
public struct HuffModel: Sendable {
    /// The facilities.
    public let facilities: FacilityLayer
    /// How attractive each is.
    public let attractions: [Double]
    /// How many have no value in the field and attract nobody.
    public let missingAttractions: Int
    /// The exponent of attraction.
    public let alpha: Double
    /// The exponent of distance.
    public let beta: Double
    /// The greatest distance to a facility, `nil` for any.
    public let limit: Distance?
    /// The distance below which all count alike.
    public let floor: Distance
    /// The demand's field that says how much each feature counts; `nil` where each counts one.
    public let weightField: String?
    /// How far positions may be off, `nil` where that is not asked.
    public let accuracy: PositionAccuracy?
    /// How many facilities have no accuracy and are taken as exact.
    public var missingAccuracies: Int { errors?.missing ?? 0 }
    private let errors: DistanceErrors?
    private let matrix: CostMatrix
    private let pull: HuffPull
    /// α ln A of each facility.
    let pulls: [Double]

    /// Creates the operation.
    ///
    /// - Parameters:
    ///   - facilities: The facilities.
    ///   - attractionField: The facilities' field that says how attractive each is; each alike where
    ///     `nil`.
    ///   - alpha: The exponent of attraction.
    ///   - beta: The exponent of distance.
    ///   - limit: The greatest distance; a facility exactly at it counts. `nil` for any.
    ///   - floor: The distance below which all count alike, more than 0.
    ///   - weightField: The demand's field that says how much each feature counts.
    ///   - accuracy: How far positions may be off; probabilities then have a range, and the
    ///     likeliest facility is called stable or fragile.
    /// - Throws: ``AnalysisError`` (`badField`) naming a facility whose attraction or accuracy is
    ///   no number of at least 0; (`badArgument`) for exponents that are not finite or distances
    ///   that are not above 0.
    public init(
        to facilities: FacilityLayer, attractionField: String? = nil, alpha: Double = 1,
        beta: Double = 2, within limit: Distance? = nil, floor: Distance = .metres(100),
        weightField: String? = nil, accuracy: PositionAccuracy? = nil
    ) throws {
        let pull = try HuffPull(alpha: alpha, beta: beta, floor: floor.metres)
        matrix = try CostMatrix(to: facilities, within: limit)
        let offered = try DemandWeights(
            of: facilities.batch, field: attractionField, layer: facilities.source,
            role: "attraction")
        self.facilities = facilities
        self.alpha = alpha
        self.beta = beta
        self.limit = limit
        self.floor = floor
        self.weightField = weightField
        self.accuracy = accuracy
        errors = try accuracy.map { try DistanceErrors($0, to: facilities) }
        attractions = offered.values
        missingAttractions = offered.missing
        self.pull = pull
        pulls = attractions.map { pull.strength(of: $0) }
    }

    /// Demand with where it is likely to go.
    public struct Measured: Sendable {
        /// The demand with `facility_id`, `facility_name` and `probability` of the likeliest
        /// facility, `distance_m` to it, `expected_distance_m`, `reached_count` (facilities within
        /// the limit that attract) and `reason` where there is none; where accuracies are asked
        /// also `probability_low` and `probability_high`, `plus_minus_m` of the distance, and
        /// `stability`: whether the likeliest is the same wherever things truly lie.
        public let batch: FeatureBatch
        let weights: DemandWeights
        let places: Places
        /// For each feature the facilities that attract it, with distances.
        let rows: NeighbourRows
        let probabilities: [Double]
        /// Between what they truly lie; `nil` where that is not asked.
        let ranges: HuffRanges?
    }

    /// Measures a batch of demand.
    ///
    /// - Parameters:
    ///   - batch: The demand.
    ///   - layer: Its layer's name, for messages.
    /// - Returns: The demand with where it is likely to go, to be added to a ``HuffTally``.
    /// - Throws: ``AnalysisError`` naming a feature that is not on the globe or a weight that is no
    ///   number of at least 0.
    /// - Complexity: O(n log m + r) on average for n features, m facilities and r pairs.
    public func measure(_ batch: FeatureBatch, layer: String) throws -> Measured {
        let places = try Places(of: batch, layer: layer)
        let chosen = try choices(from: places)
        let ranges = try errors.map {
            try HuffRanges(of: batch, layer: layer, places, chosen, self, $0)
        }
        var result = columns(batch, places, chosen)
        ranges?.add(to: &result)
        return Measured(
            batch: result,
            weights: try DemandWeights(of: batch, field: weightField, layer: layer),
            places: places, rows: chosen.rows, probabilities: chosen.probabilities, ranges: ranges)
    }

    /// The logarithm of what draws demand at a distance to a facility.
    func utility(_ facility: Int, _ metres: Double) -> Double {
        pull.utility(pulls[facility], at: metres)
    }

    /// Where each of many places is likely to go.
    struct Choices: Sendable {
        /// For each place the facilities that attract it, with distances.
        let rows: NeighbourRows
        /// The probability of each entry.
        let probabilities: [Double]
        /// The likeliest entry of each place.
        let best: [Int?]
        /// The expected distance of each place in metres.
        let expected: [Double?]
    }

    /// Tells where places are likely to go.
    func choices(from places: Places) throws -> Choices {
        var attracting = NeighbourRows()
        var probabilities: [Double] = []
        var best: [Int?] = []
        var expected: [Double?] = []
        try matrix.forEachBlock(of: places) { _, rows in
            for row in 0..<rows.rows {
                let entries = rows.entries(of: row).filter {
                    pulls[Int(rows.indices[$0])] > -.infinity
                }
                let utilities = entries.map {
                    utility(Int(rows.indices[$0]), rows.distances[$0])
                }
                let greatest = utilities.max() ?? 0
                let parts = utilities.map { exp($0 - greatest) }
                let sum = parts.reduce(0, +)
                let first = probabilities.count
                var mean = 0.0
                var likeliest: Int?
                for (entry, part) in zip(entries, parts) {
                    if part / sum > likeliest.map({ probabilities[$0] }) ?? -1 {
                        likeliest = probabilities.count
                    }
                    attracting.append(rows.indices[entry], rows.distances[entry])
                    probabilities.append(part / sum)
                    mean += part / sum * rows.distances[entry]
                }
                attracting.endRow()
                best.append(likeliest)
                expected.append(first == probabilities.count ? nil : mean)
            }
        }
        return Choices(
            rows: attracting, probabilities: probabilities, best: best, expected: expected)
    }

    private func columns(
        _ batch: FeatureBatch, _ places: Places, _ chosen: Choices
    ) -> FeatureBatch {
        let (rows, probabilities) = (chosen.rows, chosen.probabilities)
        let (best, expected) = (chosen.best, chosen.expected)
        var result = batch
        let facility = best.map { $0.map { Int(rows.indices[$0]) } }
        result.set("facility_id", .string(facility.map { $0.map { facilities.ids[$0] } }))
        result.set("facility_name", .string(facility.map { $0.flatMap { facilities.names[$0] } }))
        result.set("probability", .double(best.map { $0.map { probabilities[$0] } }))
        result.set("distance_m", .double(best.map { $0.map { rows.distances[$0].toMicrometre } }))
        result.set("expected_distance_m", .double(expected.map { $0?.toMicrometre }))
        result.set(
            "reached_count",
            .int((0..<batch.count).map { places[$0] == nil ? nil : rows.entries(of: $0).count }))
        result.set(
            "reason",
            .string(
                (0..<batch.count).map { row in
                    if places[row] == nil { return "has no place" }
                    return best[row] == nil ? "nothing attractive within reach" : nil
                }))
        return result
    }
}

extension HuffModel.Measured {
    /// The flows of the batch: one line a pair, with `from_id`, `to_id`, `flow` (weight times
    /// probability), `distance_m` and `probability`; without geometry.
    ///
    /// - Parameters:
    ///   - model: The operation.
    ///   - least: Pairs of a lesser probability are left out.
    ///   - firstIndex: The place of the first pair in the whole flow.
    /// - Returns: A batch of pairs, by feature, then in the order of the facilities.
    public func flows(
        of model: HuffModel, least: Double = 0, firstIndex: Int = 0
    ) -> FeatureBatch {
        var table = FlowTable()
        var kept: [Double?] = []
        for row in 0..<rows.rows {
            let id = batch.id(row) ?? String(batch.firstIndex + row + 1)
            for entry in rows.entries(of: row) where probabilities[entry] >= least {
                table.append(
                    from: id, to: model.facilities.ids[Int(rows.indices[entry])],
                    flow: weights.values[row] * probabilities[entry],
                    metres: rows.distances[entry])
                kept.append(probabilities[entry])
            }
        }
        var batch = table.batch(firstIndex: firstIndex)
        batch.set("probability", .double(kept))
        return batch
    }
}
