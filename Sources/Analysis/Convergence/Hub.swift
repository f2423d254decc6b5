public import Features
public import Geometry

/// A place that can be part of a cluster: an innovation city, a complex, a research zone.
public struct Hub: Hashable, Sendable {
    /// Its identifier.
    public let id: String
    /// Its name, where it has one.
    public let name: String?
    /// The layer it comes from.
    public let layer: String
    /// Where it is, longitude and latitude in degrees.
    public let position: Position
    /// How far its true position may lie off, in metres; `nil` where that is unknown.
    public let accuracy: Double?
    /// Its area in square kilometres; `nil` where that is unknown.
    public let areaKM2: Double?
    /// The province it lies in, where that is known.
    public let province: String?
    /// Whether it lies in a metropolitan city, where the circle is smaller.
    public let isMetropolitan: Bool

    /// Creates a hub.
    ///
    /// - Parameters:
    ///   - id: Its identifier.
    ///   - name: Its name.
    ///   - layer: The layer it comes from.
    ///   - position: Longitude, latitude in degrees.
    ///   - accuracy: How far its true position may lie off, in metres.
    ///   - areaKM2: Its area in square kilometres.
    ///   - province: The province it lies in.
    ///   - isMetropolitan: Whether it lies in a metropolitan city.
    public init(
        id: String, name: String? = nil, layer: String = "", position: Position,
        accuracy: Double? = nil, areaKM2: Double? = nil, province: String? = nil,
        isMetropolitan: Bool = false
    ) {
        self.id = id
        self.name = name
        self.layer = layer
        self.position = position
        self.accuracy = accuracy
        self.areaKM2 = areaKM2
        self.province = province
        self.isMetropolitan = isMetropolitan
    }

    /// Takes the hubs of a layer from `area_km2`, `position_accuracy_m` and `province`, where it has
    /// these columns.
    ///
    /// - Parameters:
    ///   - batch: The layer; a line or an area is represented by a position inside it.
    ///   - layer: Its name.
    ///   - source: Where it came from, for messages; its name where `nil`.
    ///   - isMetropolitan: Whether a province of that name is a metropolitan city.
    /// - Returns: Those that have a place, and how many have none.
    /// - Throws: ``AnalysisError`` naming the first that is not on the globe (`badPosition`), or whose
    ///   area or accuracy is no number of at least 0 (`badField`).
    public static func all(
        of batch: FeatureBatch, layer: String, source: String? = nil,
        isMetropolitan: (String) -> Bool
    ) throws -> (hubs: [Hub], unlocated: Int) {
        let source = source ?? layer
        let places = try Places(of: batch, layer: source)
        let names = NameField.names(of: batch)
        let areas = try NumberField.known("area_km2", of: batch, layer: source)
        let accuracies = try NumberField.known("position_accuracy_m", of: batch, layer: source)
        let hubs = (0..<batch.count).compactMap { row -> Hub? in
            guard let position = places[row] else { return nil }
            let province = batch["province"]?[row].text
            return Hub(
                id: batch.id(row) ?? String(batch.firstIndex + row + 1), name: names[row],
                layer: batch["layer"]?[row].text ?? layer, position: position,
                accuracy: accuracies[row], areaKM2: areas[row], province: province,
                isMetropolitan: province.map(isMetropolitan) ?? false)
        }
        return (hubs, places.unlocated)
    }
}
