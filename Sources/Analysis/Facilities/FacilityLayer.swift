public import Features
public import Geometry

/// The fixed side of an analysis: a layer's facilities with what names them, prepared once.
public struct FacilityLayer: Sendable {
    /// The layer's name, for columns and messages: `universities`.
    public let name: String
    /// The facilities, in order, with all their attributes.
    public let batch: FeatureBatch
    /// The identifier of each: its own, or its place in the layer from 1.
    public let ids: [String]
    /// The name of each, where it has one.
    public let names: [String?]
    /// Where each is; `nil` for one without a place.
    public let shapes: [Shape?]
    /// Finds them by distance.
    public let finder: any FacilityFinder
    /// How distance is measured.
    let metric: any Metric

    /// Prepares a layer.
    ///
    /// - Parameters:
    ///   - name: The layer's name.
    ///   - batch: The facilities.
    ///   - metric: How distance is measured.
    /// - Throws: ``AnalysisError`` where no facility has a place, or one is not on the globe.
    public init(
        name: String, _ batch: FeatureBatch, metric: any Metric = GeodesicMetric()
    ) throws {
        self.name = name
        self.batch = batch
        self.metric = metric
        ids = (0..<batch.count).map { batch.id($0) ?? String(batch.firstIndex + $0 + 1) }
        names = NameField.names(of: batch)
        shapes = batch.geometry.shapes
        guard shapes.contains(where: { $0?.isEmpty == false }) else {
            throw AnalysisError(
                .empty, at: name, "holds no feature with a place",
                remedy: "choose a layer with at least one located feature")
        }
        for (row, shape) in shapes.enumerated() {
            try shape?.forEachPosition { position in
                guard !position.isOnGlobe else { return }
                throw AnalysisError(
                    .badPosition, at: batch.label(row, of: name),
                    "\(position) is not a longitude and latitude", remedy: position.swappedRemedy)
            }
        }
        do {
            finder = try metric.prepare(shapes)
        } catch let error as GeometryError {
            throw AnalysisError(
                .badPosition, at: name, error.problem, remedy: error.remedy)
        }
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
}

/// Which attribute names a feature to a person.
public enum NameField {
    /// The fields that are taken for a name, the most telling first; compared without case.
    public static let candidates = [
        "name_ko", "name", "name_en", "이름", "명칭", "시설명", "기관명", "학교명", "단지명", "역명",
        "상호명", "상호", "title", "label",
    ]

    /// The name of each feature.
    ///
    /// - Parameter batch: The features.
    /// - Returns: The first of the candidates that is there, `nil` in rows without a value.
    public static func names(of batch: FeatureBatch) -> [String?] {
        let columns = candidates.compactMap { candidate in
            batch.columns.first { $0.name.lowercased() == candidate }?.column
        }
        guard let column = columns.first else { return Array(repeating: nil, count: batch.count) }
        return (0..<batch.count).map { row in
            let value = column[row]
            return value.isNull ? nil : value.plain.description
        }
    }
}
