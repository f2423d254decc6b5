public import Features
public import Geometry

/// The fixed side of an analysis: a layer's facilities with what names them, prepared once.
public struct FacilityLayer: Sendable {
    /// The layer's name, for columns: `universities`.
    public let name: String
    /// Where the layer came from, for messages: its file, or its name.
    public let source: String
    /// The facilities, in order, with all their attributes.
    public let batch: FeatureBatch
    /// The identifier of each: its own, or its place in the layer from 1.
    public let ids: [String]
    /// The name of each, where it has one.
    public let names: [String?]
    /// The identifiers and the names as columns, whose texts results repeat.
    let texts: (ids: Column, names: Column)
    /// Where each is; `nil` for one without a place.
    public let shapes: [Shape?]
    /// Finds them by distance.
    public private(set) var finder: any FacilityFinder
    /// How distance is measured.
    let metric: any Metric
    /// Where what is found of them is noted; `nil` for nowhere.
    let notes: FoundNotes?
    /// By what they are known in the notes.
    private(set) var question = FoundQuestion()

    /// Prepares a layer.
    ///
    /// - Parameters:
    ///   - name: The layer's name.
    ///   - batch: The facilities.
    ///   - source: Where the layer came from, for messages; its name where `nil`.
    ///   - metric: How distance is measured.
    ///   - notes: Where what is found of them is noted, and taken up where the work was killed.
    /// - Throws: ``AnalysisError`` where no facility has a place, or one is not on the globe.
    public init(
        name: String, _ batch: FeatureBatch, source: String? = nil,
        metric: any Metric = GeodesicMetric(), notes: FoundNotes? = nil
    ) throws {
        let source = source ?? name
        self.name = name
        self.source = source
        self.notes = notes
        self.batch = batch
        self.metric = metric
        ids = (0..<batch.count).map { batch.id($0) ?? String(batch.firstIndex + $0 + 1) }
        names = NameField.names(of: batch)
        texts = (.string(ids), .string(names))
        shapes = batch.geometry.shapes
        guard shapes.contains(where: { $0?.isEmpty == false }) else {
            throw AnalysisError(
                .empty, at: source, "holds no feature with a place",
                remedy: "choose a layer with at least one located feature")
        }
        for (row, shape) in shapes.enumerated() {
            try shape?.forEachPosition { position in
                guard !position.isOnGlobe else { return }
                throw AnalysisError(
                    .badPosition, at: batch.label(row, of: source),
                    "\(position) is not a longitude and latitude", remedy: position.swappedRemedy)
            }
        }
        let base: any FacilityFinder
        do {
            base = try metric.prepare(shapes)
        } catch let error as GeometryError {
            throw AnalysisError(
                .badPosition, at: source, error.problem, remedy: error.remedy)
        }
        finder = base
        guard let notes else { return }
        question.add(metric.name)
        question.add(shapes)
        finder = NotingFinder(base, notes, of: question)
    }

    /// The number of facilities.
    public var count: Int { batch.count }

    /// The identifier of a facility with its name, for messages.
    ///
    /// - Parameter facility: Its place in the layer, from 0.
    /// - Returns: `un-kaist (한국과학기술원)`.
    public func label(_ facility: Int) -> String {
        names[facility].map { "\(ids[facility]) (\($0))" } ?? ids[facility]
    }

    /// The layer taken apart by the values of a field: universities by kind.
    ///
    /// - Parameters:
    ///   - name: The layer's name; each part is called `<name>_<value>`.
    ///   - batch: The facilities.
    ///   - field: The field; facilities without a value belong to no part.
    ///   - source: Where the layer came from, for messages; its name where `nil`.
    ///   - notes: Where what is found of them is noted.
    /// - Returns: One layer a value, by the values; those whose facilities have no place are left
    ///   out.
    /// - Throws: ``AnalysisError`` where there is no such field, no value in it, or a facility is not
    ///   on the globe.
    public static func parts(
        name: String, _ batch: FeatureBatch, by field: String, source: String? = nil,
        notes: FoundNotes? = nil
    ) throws -> [FacilityLayer] {
        let source = source ?? name
        let labels = try LabelField.labels(field, of: batch, layer: source)
        var batch = batch
        // Features without an identifier keep their place in the whole layer as one.
        batch.ids = .string(
            (0..<batch.count).map { batch.id($0) ?? String(batch.firstIndex + $0 + 1) })
        let values = Set(labels.compactMap { $0 }).sorted { LabelOrder.precedes($0, $1) }
        let parts = try values.compactMap { value -> FacilityLayer? in
            let part = batch.taking(labels.indices.filter { labels[$0] == value })
            guard part.geometry.shapes.contains(where: { $0?.isEmpty == false }) else { return nil }
            return try FacilityLayer(
                name: "\(name)_\(value)", part, source: source, notes: notes)
        }
        guard !parts.isEmpty else {
            throw AnalysisError(
                .empty, at: source, "holds no feature with a place and a value of \"\(field)\"",
                remedy: "choose another field")
        }
        return parts
    }
}
