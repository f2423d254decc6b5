public import Features
public import Geometry

/// What lies around each facility, ring by ring: within 5 km, from there to 10, from there to 20.
///
/// A feature at a distance d lies in the ring whose outer radius is the least that is not below d;
/// what is near to several facilities is counted around each.
public struct Hinterland: Sendable {
    /// The facilities in the middle.
    public let facilities: FacilityLayer
    /// The outer radii of the rings, ascending.
    public let radii: [Distance]
    /// The demand's field that says how much each feature counts; `nil` where each counts one.
    public let weightField: String?
    /// How far positions may be off, `nil` where that is not asked.
    public let accuracy: PositionAccuracy?
    /// How many facilities have no accuracy and are taken as exact.
    public let missingAccuracies: Int
    /// How far each facility may be off, in metres; empty where that is not asked.
    private let facilityErrors: [Double]
    private let outermost: Distance

    /// Creates the operation.
    ///
    /// - Parameters:
    ///   - facilities: The facilities in the middle.
    ///   - radii: The outer radii of the rings in any order, each more than 0.
    ///   - weightField: The demand's field that says how much each feature counts.
    ///   - accuracy: How far positions may be off; each ring then also has the least and the most
    ///     that it may hold.
    /// - Throws: ``AnalysisError`` (`badArgument`) for no radius, or one that is not above 0;
    ///   (`badField`) for an accuracy that is no number of at least 0.
    public init(
        around facilities: FacilityLayer, rings radii: [Distance], weightField: String? = nil,
        accuracy: PositionAccuracy? = nil
    ) throws {
        guard let outermost = radii.max(), radii.allSatisfy({ $0.metres > 0 }) else {
            throw AnalysisError(
                .badArgument, at: "", "rings need radii of more than 0",
                remedy: "give one or more, for example 5km,10km,20km")
        }
        self.facilities = facilities
        self.radii = Set(radii).sorted()
        self.weightField = weightField
        self.outermost = outermost
        self.accuracy = accuracy
        let errors = try accuracy?.fixed.values(of: facilities.batch, layer: facilities.source)
        facilityErrors = errors?.metres ?? []
        missingAccuracies = errors?.missing ?? 0
    }

    /// Where the demand of a batch lies.
    public struct Measured: Sendable {
        let places: Places
        let weights: DemandWeights
        /// Those within the outermost radius, and where accuracies are asked those that may be.
        let rows: NeighbourRows
        /// How far each distance may be off, in metres; empty where that is not asked.
        var errors: [Double] = []
        /// How many features have no accuracy and are taken as exact.
        public internal(set) var missingAccuracies = 0
    }

    /// Measures a batch of demand.
    ///
    /// - Parameters:
    ///   - batch: The demand.
    ///   - layer: Its layer's name, for messages.
    /// - Returns: Where it lies, to be added to a ``HinterlandTally``.
    /// - Throws: ``AnalysisError`` naming a feature that is not on the globe or a weight that is no
    ///   number of at least 0.
    /// - Complexity: O(n log m + r) on average for n features, m facilities and r pairs.
    public func measure(_ batch: FeatureBatch, layer: String) throws -> Measured {
        let places = try Places(of: batch, layer: layer)
        let own = try accuracy?.moving.values(of: batch, layer: layer)
        let slack = own.map { ($0.metres.max() ?? 0) + (facilityErrors.max() ?? 0) } ?? 0
        let reach = slack == 0 ? outermost : Distance.metres((outermost.metres + slack).nextUp)
        let matrix = try CostMatrix(to: facilities, within: reach)
        var measured = Measured(
            places: places,
            weights: try DemandWeights(of: batch, field: weightField, layer: layer),
            rows: try matrix.rows(from: places))
        guard let own else { return measured }
        measured.missingAccuracies = own.missing
        for row in 0..<batch.count {
            for entry in measured.rows.entries(of: row) {
                measured.errors.append(
                    own.metres[row] + facilityErrors[Int(measured.rows.indices[entry])])
            }
        }
        return measured
    }

    /// The rings with what lies in them.
    ///
    /// Each has `facility_id`, `facility_name`, `from_m`, `to_m`, `area_km2`, `demand_count`,
    /// `demand_weight`, `weight_per_km2`, and `weight_within`, which is all within the outer radius.
    /// The counts come from distances and not from the drawing. Where the accuracy of positions is
    /// asked, also `demand_weight_low` and `demand_weight_high`, what lies in the ring wherever things
    /// truly are, and what may lie in it.
    ///
    /// - Parameter tally: What lies in them.
    /// - Returns: For each facility in the order of the layer its rings from the middle outwards; one
    ///   without a place has none drawn.
    /// - Throws: ``AnalysisError`` (`cannotDraw`) naming the facility around which nothing can be
    ///   drawn.
    public func rings(_ tally: HinterlandTally) throws -> FeatureBatch {
        var shapes: [Shape?] = []
        for facility in 0..<facilities.count {
            do {
                shapes += try rings(around: facilities.shapes[facility])
            } catch let error as GeometryError {
                throw AnalysisError(
                    .cannotDraw, at: "\(facilities.name), \(facilities.label(facility))",
                    error.problem, remedy: error.remedy)
            }
        }
        let rows = (0..<facilities.count).flatMap { facility in
            radii.indices.map { (facility: facility, ring: $0) }
        }
        let areas = shapes.map { $0?.geodesicArea.toSquareKilometres }
        var batch = FeatureBatch(
            geometry: GeometryColumn(shapes),
            ids: .string(rows.map { "\(facilities.ids[$0.facility])-\(radii[$0.ring].label)" }))
        batch.set("facility_id", .string(rows.map { facilities.ids[$0.facility] }))
        batch.set("facility_name", .string(rows.map { facilities.names[$0.facility] }))
        batch.set("from_m", .double(rows.map { $0.ring == 0 ? 0 : radii[$0.ring - 1].metres }))
        batch.set("to_m", .double(rows.map { radii[$0.ring].metres }))
        batch.set("area_km2", .double(areas))
        batch.set("demand_count", .int(rows.map { tally.counts[$0.facility][$0.ring] }))
        batch.set("demand_weight", .double(rows.map { tally.weights[$0.facility][$0.ring] }))
        if accuracy != nil {
            batch.set(
                "demand_weight_low", .double(rows.map { tally.low[$0.facility][$0.ring] }))
            batch.set(
                "demand_weight_high", .double(rows.map { tally.high[$0.facility][$0.ring] }))
        }
        batch.set(
            "weight_per_km2",
            .double(
                zip(rows, areas).map { row, area in
                    area.flatMap { $0 > 0 ? tally.weights[row.facility][row.ring] / $0 : nil }
                }))
        batch.set(
            "weight_within",
            .double(
                rows.map { tally.weights[$0.facility][...$0.ring].reduce(0, +) }))
        return batch
    }

    private func rings(around shape: Shape?) throws -> [Shape?] {
        guard let shape, !shape.isEmpty else { return radii.map { _ in nil } }
        let discs = try radii.map { try shape.buffered(by: $0).rounded(decimals: 7) }
        return try discs.indices.map { i in
            i == 0 ? discs[0] : .area(of: try discs[i].difference(discs[i - 1]).polygons)
        }
    }
}

/// What lies in the rings around each facility, batch after batch in order.
public struct HinterlandTally: Sendable {
    /// How many features lie in each ring, by facility and ring.
    public private(set) var counts: [[Int]]
    /// The weight in each ring, by facility and ring.
    public private(set) var weights: [[Double]]
    /// The weight in each ring wherever things truly lie; that in it where that is not asked.
    public private(set) var low: [[Double]]
    /// The weight that may be in each ring; that in it where that is not asked.
    public private(set) var high: [[Double]]
    /// How many have no accuracy and are taken as exact.
    public private(set) var missingAccuracies = 0
    /// How many features have a place.
    public private(set) var demandCount = 0
    /// How many have none.
    public private(set) var unlocated = 0
    /// How many have no weight and count 0.
    public private(set) var unweighted = 0
    /// How many are no points and are represented by a position inside them.
    public private(set) var represented = 0
    private let radii: [Double]

    /// Starts at nothing.
    ///
    /// - Parameter hinterland: The operation whose results are added up.
    public init(of hinterland: Hinterland) {
        radii = hinterland.radii.map(\.metres)
        counts = Array(
            repeating: Array(repeating: 0, count: radii.count), count: hinterland.facilities.count)
        weights = counts.map { $0.map(Double.init) }
        low = weights
        high = weights
    }

    /// The ring at a distance; as many as there are beyond the outermost.
    private func ring(_ metres: Double) -> Int {
        radii.firstIndex { metres <= $0 } ?? radii.count
    }

    /// Adds a measured batch.
    ///
    /// - Parameter measured: The batch that follows those added before.
    public mutating func add(_ measured: Hinterland.Measured) {
        missingAccuracies += measured.missingAccuracies
        unlocated += measured.places.unlocated
        unweighted += measured.weights.missing
        represented += measured.places.represented
        demandCount += measured.places.count - measured.places.unlocated
        for (row, weight) in measured.weights.values.enumerated() {
            for entry in measured.rows.entries(of: row) {
                let facility = Int(measured.rows.indices[entry])
                let metres = measured.rows.distances[entry]
                let ring = self.ring(metres)
                if ring < radii.count {
                    counts[facility][ring] += 1
                    weights[facility][ring] += weight
                }
                let error = measured.errors.isEmpty ? 0 : measured.errors[entry]
                let (first, last) = (self.ring(metres - error), self.ring(metres + error))
                if first == last, first < radii.count { low[facility][first] += weight }
                for ring in first...last where ring < radii.count {
                    high[facility][ring] += weight
                }
            }
        }
    }
}
