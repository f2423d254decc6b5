public import Analysis
public import Features
public import Geometry

extension SitingProblem {
    /// A layer as the demand of a problem.
    public struct DemandLayer: Sendable {
        /// The identifier of each feature: its own, or its place in the layer from 1.
        public let ids: [String]
        /// How much each counts; 0 where it has no place or no value in the field.
        public let weights: [Double]
        /// Where each is; an area counts at a place inside it.
        public let places: Places
        /// How many features have no place or no value, and are left out.
        public let uncounted: Int

        /// Reads a layer.
        ///
        /// - Parameters:
        ///   - batch: Its features.
        ///   - layer: Its name, for messages.
        ///   - weightField: The field that says how much each feature counts; each counts one where
        ///     `nil`.
        /// - Throws: `AnalysisError` naming a feature that is not on the globe, or whose weight is no
        ///   number of at least 0.
        public init(_ batch: FeatureBatch, layer: String, weightField: String? = nil) throws {
            places = try Places(of: batch, layer: layer)
            ids = (0..<batch.count).map { batch.id($0) ?? String(batch.firstIndex + $0 + 1) }
            let read = try DemandWeights(of: batch, field: weightField, layer: layer)
            var weights = read.values
            for row in weights.indices where places[row] == nil { weights[row] = 0 }
            self.weights = weights
            uncounted = read.missing + places.unlocated
        }
    }

    /// Reads what candidates cost to open.
    ///
    /// - Parameters:
    ///   - batch: The candidates.
    ///   - field: The field.
    ///   - layer: The layer's name, for messages.
    /// - Returns: One for each candidate.
    /// - Throws: `AnalysisError` naming a candidate whose value is no number of at least 0;
    ///   ``SitingError`` (`badCost`) for one without a value.
    public static func openingCosts(
        of batch: FeatureBatch, field: String, layer: String
    ) throws -> [Double] {
        try numbers(of: batch, field: field, layer: layer, role: "opening cost")
    }

    /// Reads a number of each feature.
    ///
    /// - Parameters:
    ///   - batch: The features.
    ///   - field: The field.
    ///   - layer: The layer's name, for messages.
    ///   - role: What the numbers are, for messages.
    /// - Returns: One for each feature.
    /// - Throws: `AnalysisError` naming a feature whose value is no number of at least 0;
    ///   ``SitingError`` (`badCost`) for one without a value.
    public static func numbers(
        of batch: FeatureBatch, field: String, layer: String, role: String
    ) throws -> [Double] {
        let read = try DemandWeights(of: batch, field: field, layer: layer, role: role)
        if read.missing > 0 {
            throw SitingError(
                .badCost, at: layer, "\(read.missing) features have no \"\(field)\"",
                remedy: "give each of them its \(role); 0 is one")
        }
        return read.values
    }

    /// The problem with competitors of a layer.
    ///
    /// - Parameters:
    ///   - attractions: How attractive each candidate is.
    ///   - competitors: The competitors.
    ///   - rivalAttractions: How attractive each competitor is.
    ///   - demand: Where the demand is.
    ///   - limit: The greatest distance at which a site draws; `nil` for any.
    ///   - exponent: The exponent of distance.
    ///   - floor: The distance in metres below which all count alike.
    /// - Returns: The problem.
    /// - Throws: As measuring does, and ``SitingError`` for an attraction that is no number.
    public func with(
        attractions: [Double], competitors: FacilityLayer, _ rivalAttractions: [Double],
        demand: Places, within limit: Distance? = nil, exponent: Double = 2, floor: Double = 100
    ) throws -> SitingProblem {
        try with(
            attractions: attractions,
            rivals: CostMatrix(to: competitors, within: limit).rows(from: demand),
            rivalAttractions, exponent: exponent, floor: floor)
    }

    /// Measures the costs from demand to candidates: metres by the candidates' metric.
    ///
    /// - Parameters:
    ///   - demand: The demand.
    ///   - candidates: The candidates.
    ///   - limit: The greatest distance; a candidate exactly at it is within reach. `nil` for any.
    ///   - tasks: How many blocks of rows are worked on at once; it changes nothing but the time.
    /// - Returns: The problem.
    /// - Throws: ``SitingError`` as ``init(demandIDs:candidateIDs:weights:costs:limit:)`` does.
    /// - Complexity: O(n log m + r) on average for n demand, m candidates and r pairs.
    public static func measuring(
        _ demand: DemandLayer, to candidates: FacilityLayer, within limit: Distance? = nil,
        tasks: Int = 1
    ) async throws -> SitingProblem {
        let matrix = try CostMatrix(to: candidates, within: limit)
        var costs = NeighbourRows()
        try await matrix.stream(from: demand.places, tasks: tasks) { _, rows in
            rows
        } consume: { rows in
            for row in 0..<rows.rows {
                for entry in rows.entries(of: row) {
                    costs.append(rows.indices[entry], rows.distances[entry])
                }
                costs.endRow()
            }
        }
        return try SitingProblem(
            demandIDs: demand.ids, candidateIDs: candidates.ids, weights: demand.weights,
            costs: costs, limit: limit?.metres)
    }
}

extension SitingRequirements {
    /// The pairs of candidates that are nearer to each other than a distance.
    ///
    /// - Parameters:
    ///   - candidates: The candidates.
    ///   - distance: The distance; a pair exactly at it is far enough.
    /// - Returns: The pairs, by the first and then the second candidate.
    /// - Throws: As measuring does.
    public static func pairs(
        of candidates: FacilityLayer, nearerThan distance: Distance
    ) throws -> [Pair] {
        let places = try Places(of: candidates.batch, layer: candidates.name)
        let rows = try CostMatrix(to: candidates, within: distance).rows(from: places)
        return (0..<rows.rows).flatMap { row in
            rows.entries(of: row).compactMap { entry in
                let (other, metres) = (Int(rows.indices[entry]), rows.distances[entry])
                return other > row && metres < distance.metres
                    ? Pair(row, other, distance: metres) : nil
            }
        }
    }
}
