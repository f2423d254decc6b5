public import Features
public import Geometry

/// To which facility each place belongs: the nearest along the geodesic.
///
/// Catchments are drawn as Thiessen areas on the ellipsoid that tile a boundary (A. H. Thiessen,
/// 1911, https://doi.org/10.1175/1520-0493(1911)39<1082b:PAFLA>2.0.CO;2); a feature of demand is
/// assigned by its distances, never by the drawing. Of facilities at equal distance the first of
/// the layer is meant.
public struct Catchment: Sendable {
    /// The facilities whose catchments are sought.
    public let facilities: FacilityLayer
    /// The greatest distance to a facility, `nil` for any; places farther away belong to none.
    public let limit: Distance?
    /// The demand's field that says how much each feature counts; `nil` where each counts one.
    public let weightField: String?
    /// The facilities' field by which distances are divided; `nil` where they count as they are.
    public let divisorField: String?
    /// How many facilities have no value in that field and own nothing.
    public private(set) var missingDivisors = 0
    /// The sites with what their distances are divided by; `nil` where they count as they are.
    private(set) var weighted: WeightedSites?
    /// How far positions may be off, `nil` where that is not asked.
    public let accuracy: PositionAccuracy?
    /// How far each facility may be off, in metres.
    private let facilityErrors: [Double]
    /// How many facilities have no accuracy and are taken as exact.
    public let missingAccuracies: Int
    /// The position that stands for each facility; `nil` for one without a place.
    let sites: [Position?]
    /// How many facilities are no points and are represented by a position inside them.
    public let representedFacilities: Int

    /// Creates the operation.
    ///
    /// - Parameters:
    ///   - facilities: The facilities; those that are no points are represented by a position
    ///     inside them.
    ///   - limit: The greatest distance to a facility; `nil` for any.
    ///   - weightField: The demand's field that says how much each feature counts.
    ///   - accuracy: How far positions may be off; demand then also has `plus_minus_m` and
    ///     `stability`.
    ///   - divisorField: The facilities' field by which distances are divided: a place belongs to
    ///     the facility of the least distance over weight (multiplicatively weighted Thiessen
    ///     areas; F. Aurenhammer and H. Edelsbrunner, 1984,
    ///     https://doi.org/10.1016/0031-3203(84)90064-5). Takes no limit.
    /// - Throws: ``AnalysisError`` where a facility is not on the globe, the limit is not above 0, or
    ///   a weight is no number of at least 0.
    public init(
        of facilities: FacilityLayer, within limit: Distance? = nil, weightField: String? = nil,
        accuracy: PositionAccuracy? = nil, dividingBy divisorField: String? = nil
    ) throws {
        guard divisorField == nil || limit == nil else {
            throw AnalysisError(
                .badArgument, at: "", "weighted distances take no limit",
                remedy: "leave it out, or the weights")
        }
        guard limit.map({ $0.metres > 0 }) ?? true else {
            throw AnalysisError(
                .badArgument, at: "", "a catchment needs a distance of more than 0",
                remedy: "give one, for example 20km, or none for no limit")
        }
        let places = try Places(of: facilities.batch, layer: facilities.source)
        representedFacilities = places.represented
        sites = (0..<facilities.count).map { places[$0] }
        self.facilities =
            representedFacilities == 0
            ? facilities : try facilities.reduced(to: sites)
        self.limit = limit
        self.weightField = weightField
        self.divisorField = divisorField
        self.accuracy = accuracy
        let errors = try accuracy?.fixed.values(of: facilities.batch, layer: facilities.source)
        facilityErrors = errors?.metres ?? []
        missingAccuracies = errors?.missing ?? 0
        if let divisorField {
            let read = try Self.weighted(by: divisorField, self.facilities, at: sites)
            weighted = read.sites
            missingDivisors = read.missing
        }
    }

    /// Demand with the facility it belongs to.
    public struct Assigned: Sendable {
        /// The demand with `facility_id`, `facility_name` and `distance_m` (to the micrometre);
        /// null for features without a place or beyond the limit.
        ///
        /// Where distances are divided, also `weighted_distance`.
        public let batch: FeatureBatch
        /// The facility of each feature, -1 for none, and its distance in metres.
        let facilities: [Int]
        let distances: [Double]
        let weights: DemandWeights
        let places: Places
        /// How sure the facility of each feature is; `nil` where that is not asked.
        var certainty: RankCertainty?
        /// How many features have no accuracy and are taken as exact.
        public internal(set) var missingAccuracies = 0
    }

    /// Assigns a batch of demand.
    ///
    /// - Parameters:
    ///   - batch: The demand.
    ///   - layer: Its layer's name, for messages.
    /// - Returns: The demand with its facilities, to be added to a ``CatchmentTally``.
    /// - Throws: ``AnalysisError`` naming a feature that is not on the globe or a weight that is no
    ///   number of at least 0.
    /// - Complexity: O(n log m) on average for n features and m facilities.
    public func assign(_ batch: FeatureBatch, layer: String) throws -> Assigned {
        let places = try Places(of: batch, layer: layer)
        let weights = try DemandWeights(of: batch, field: weightField, layer: layer)
        let owners = weighted.map { Self.owners(of: places, among: $0) }
        let table =
            try owners?.table
            ?? facilities.finder.nearest(
                longitudes: places.longitudes, latitudes: places.latitudes, k: 1, within: limit)
        var result = batch
        result.set("facility_id", facilities.texts.ids.texts(at: table.indices))
        result.set("facility_name", facilities.texts.names.texts(at: table.indices))
        result.set("distance_m", .double(nanIsNull: table.distances.map(\.toMicrometre)))
        if let owners { result.set("weighted_distance", .double(owners.weighted)) }
        let own = try accuracy?.moving.values(of: batch, layer: layer)
        let certainty = try own.map { own in
            if let weighted {
                return try RankCertainty(
                    ofOwners: table, from: places, own.metres, to: facilityErrors,
                    facilities.finder, among: weighted)
            }
            return try RankCertainty(
                of: table, from: places, own.metres, to: facilityErrors, facilities.finder,
                within: limit, own: nil)
        }
        if let certainty {
            let rows = 0..<batch.count
            result.set("plus_minus_m", .double(rows.map { certainty.error($0, 0) }))
            result.set("stability", .string(rows.map { certainty.label($0, 0)?.rawValue }))
        }
        return Assigned(
            batch: result, facilities: table.indices.map(Int.init), distances: table.distances,
            weights: weights, places: places,
            certainty: certainty, missingAccuracies: own?.missing ?? 0)
    }
}

extension FacilityLayer {
    /// The layer with each facility at one position.
    func reduced(to sites: [Position?]) throws -> FacilityLayer {
        var batch = batch
        batch.geometry = GeometryColumn(sites.map { $0.map { Shape.point($0) } })
        return try FacilityLayer(
            name: name, batch, source: source, metric: metric, notes: notes)
    }
}
