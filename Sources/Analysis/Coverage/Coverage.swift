public import Features
public import Geometry

/// Which demand lies within given distances of the nearest facility, and the area that does.
///
/// A demand feature is covered at a distance where the geodesic to its nearest facility is at most
/// that long (the covering rule of R. Church and C. ReVelle, 1974,
/// https://doi.org/10.1007/BF01942293); what is drawn has no part in it.
public struct Coverage: Sendable {
    /// The facilities that cover.
    public let facilities: FacilityLayer
    /// The distances, ascending.
    public let distances: [Distance]
    /// The demand's field that says how much each feature counts; `nil` where each counts one.
    public let weightField: String?
    /// The demand's field whose values are groups that are told apart; `nil` for none.
    public let groupField: String?
    /// Whether the facilities within each distance are counted.
    public let countsDepth: Bool
    /// How far positions may be off, `nil` where that is not asked.
    public let accuracy: PositionAccuracy?
    /// How far each facility may be off, in metres.
    private let facilityErrors: [Double]
    /// How many facilities have no accuracy and are taken as exact.
    public let missingAccuracies: Int

    /// Creates the operation.
    ///
    /// - Parameters:
    ///   - facilities: The facilities that cover.
    ///   - distances: The distances, in any order; each more than 0.
    ///   - weightField: The demand's field that says how much each feature counts.
    ///   - groupField: The demand's field whose values are groups that are told apart.
    ///   - countsDepth: Whether to count how many facilities lie within each distance, for a
    ///     ``CoverageDepthTally``.
    ///   - accuracy: How far positions may be off; demand then also has `nearest_low_m`,
    ///     `nearest_high_m` and for each distance `covered_<distance>_stability`, and shares a range.
    /// - Throws: ``AnalysisError`` (`badArgument`) for no distance, or one that is not above 0.
    public init(
        by facilities: FacilityLayer, within distances: [Distance], weightField: String? = nil,
        groupField: String? = nil, countsDepth: Bool = false, accuracy: PositionAccuracy? = nil
    ) throws {
        guard !distances.isEmpty, distances.allSatisfy({ $0.metres > 0 }) else {
            throw AnalysisError(
                .badArgument, at: "", "coverage needs distances of more than 0",
                remedy: "give one or more, for example 5km,10km,20km")
        }
        self.facilities = facilities
        self.distances = Set(distances).sorted()
        self.weightField = weightField
        self.groupField = groupField
        self.countsDepth = countsDepth
        self.accuracy = accuracy
        let errors = try accuracy?.fixed.values(of: facilities.batch, layer: facilities.source)
        facilityErrors = errors?.metres ?? []
        missingAccuracies = errors?.missing ?? 0
    }

    /// Demand with what covers it.
    public struct Measured: Sendable {
        /// The demand with what covers it; as it came where only sums are wanted.
        ///
        /// It has `nearest_m` (metres to the micrometre), `nearest_id`, and for each distance
        /// `covered_<distance>` (true or false) and, where they are counted, `depth_<distance>` (how
        /// many facilities cover it); null for features without a place.
        public let batch: FeatureBatch
        /// The place in the operation's distances of the least one that covers each feature, their
        /// number where none does; -1 for a feature without a place.
        let covering: [Int]
        /// How much each feature counts.
        let weights: DemandWeights
        /// The distance to the nearest facility in metres, NaN for a feature without a place or from
        /// which the metric reaches none; empty where only sums are wanted.
        let nearest: [Double]
        /// For each distance how many facilities cover each feature; empty where not counted.
        let depths: [[Int32]]
        /// The group of each feature; empty where there are none.
        let groups: [String?]
        let places: Places
        /// Between which distances the nearest facility truly lies; `nil` where that is not asked.
        var range: NearestRange?
        /// How many features have no accuracy and are taken as exact.
        public internal(set) var missingAccuracies = 0
        /// How many features have a place from which the metric reaches no facility.
        public internal(set) var unreached = 0
        /// How many features are no points and are represented by a position inside them.
        public var represented: Int { places.represented }
    }

    /// Measures a batch of demand.
    ///
    /// - Parameters:
    ///   - batch: The demand.
    ///   - layer: Its layer's name, for messages.
    ///   - forSums: Whether only sums are wanted and the batch may stay as it came, which takes about
    ///     half the time.
    /// - Returns: The demand with what covers it, to be added to a ``CoverageTally``.
    /// - Throws: ``AnalysisError`` naming a feature that is not on the globe or a weight that is no
    ///   number of at least 0.
    /// - Complexity: O(n log m) on average for n features and m facilities.
    public func measure(
        _ batch: FeatureBatch, layer: String, forSums: Bool = false
    ) throws -> Measured {
        let places = try Places(of: batch, layer: layer)
        let weights = try DemandWeights(of: batch, field: weightField, layer: layer)
        if forSums, groupField == nil, accuracy == nil,
            let covering = try facilities.finder.covering(
                longitudes: places.longitudes, latitudes: places.latitudes, within: distances)
        {
            let depths = try depths(of: places)
            return Measured(
                batch: batch, covering: covering, weights: weights, nearest: [], depths: depths,
                groups: [], places: places)
        }
        let table = try facilities.finder.nearest(
            longitudes: places.longitudes, latitudes: places.latitudes, k: 1, within: nil)
        let nearest = table.distances
        let covering = try self.covering(nearest, from: places)
        let depths = try depths(of: places)
        let own = try accuracy?.moving.values(of: batch, layer: layer)
        let range = try own.map {
            try NearestRange(
                of: nearest, from: places, $0.metres, to: facilityErrors, facilities.finder)
        }
        var result = batch
        if !forSums { tell(table, covering, depths, range, in: &result) }
        return Measured(
            batch: result, covering: covering, weights: weights,
            nearest: nearest, depths: depths,
            groups: try groupField.map { try LabelField.labels($0, of: batch, layer: layer) } ?? [],
            places: places, range: range, missingAccuracies: own?.missing ?? 0,
            unreached: nearest.indices.count { nearest[$0].isNaN && covering[$0] >= 0 })
    }

    /// Writes into a batch what covers its features.
    private func tell(
        _ table: NeighbourTable, _ covering: [Int], _ depths: [[Int32]], _ range: NearestRange?,
        in result: inout FeatureBatch
    ) {
        result.set("nearest_m", .double(nanIsNull: table.distances.map(\.toMicrometre)))
        result.set("nearest_id", facilities.texts.ids.texts(at: table.indices))
        for (i, distance) in distances.enumerated() {
            result.set("covered_\(distance.label)", .bool(covering, atMost: i))
        }
        for (distance, depth) in zip(distances, depths) {
            result.set(
                "depth_\(distance.label)",
                .int(zip(covering, depth).map { $0 < 0 ? nil : Int($1) }))
        }
        guard let range else { return }
        result.set("nearest_low_m", .double(range.low.map { $0.isNaN ? nil : $0.toMicrometre }))
        result.set("nearest_high_m", .double(range.high.map { $0.isNaN ? nil : $0.toMicrometre }))
        for distance in distances {
            result.set(
                "covered_\(distance.label)_stability",
                .string(table.distances.indices.map { range.label($0, within: distance)?.rawValue })
            )
        }
    }

    /// For each distance how many facilities lie within it of each feature; none where they are not
    /// counted.
    private func depths(of places: Places) throws -> [[Int32]] {
        try countsDepth ? distances.map { try depth(within: $0, of: places) } : []
    }

    /// How many facilities lie within a distance of each feature.
    private func depth(within distance: Distance, of places: Places) throws -> [Int32] {
        var depths: [Int32] = []
        depths.reserveCapacity(places.count)
        try CostMatrix(to: facilities, within: distance).forEachBlock(of: places) { _, rows in
            for row in 0..<rows.rows { depths.append(Int32(rows.entries(of: row).count)) }
        }
        return depths
    }

    /// The place of the least distance that covers each feature whose nearest facility is so far
    /// away; -1 where there is none.
    private func covering(_ nearest: [Double], from places: Places) throws -> [Int] {
        let limits = distances.map(\.metres)
        var covering = [Int](repeating: 0, count: nearest.count)
        for (row, metres) in nearest.enumerated() {
            var at = 0
            while at < limits.count, !(metres <= limits[at] + Self.hair) { at += 1 }
            // Within a hair of the distance the metric decides whether the facility lies within it.
            if at < limits.count, metres >= limits[at] - Self.hair {
                at = try settled(metres, from: places, row)
            }
            covering[row] = metres.isNaN && places[row] == nil ? -1 : at
        }
        return covering
    }

    /// Distances closer to a limit than this, in metres, are settled by the metric.
    private static let hair = 1e-5

    private func settled(_ nearest: Double, from places: Places, _ row: Int) throws -> Int {
        try distances.firstIndex { distance in
            guard (nearest - distance.metres).magnitude <= Self.hair else {
                return nearest < distance.metres
            }
            return try facilities.finder.nearest(
                longitudes: [places.longitudes[row]], latitudes: [places.latitudes[row]], k: 1,
                within: distance)[0, 0] != nil
        } ?? distances.count
    }
}
