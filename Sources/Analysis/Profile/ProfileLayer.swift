public import Features
public import Geometry

/// A layer of places that are looked for around a cluster, with how far each may lie off.
public struct ProfileLayer: Sendable {
    /// The layer's name.
    public let name: String
    /// The identifier of each place.
    public let ids: [String]
    /// The name of each, where it has one.
    public let names: [String?]
    /// Where each is; `nil` for one without a place.
    public let positions: [Position?]
    /// How far each may lie off, in metres; `nil` where that is not known.
    public let accuracies: [Double?]
    private let index: PointIndex
    /// The place of each position of the index.
    private let owners: [Int]
    private let greatestAccuracy: Double

    /// Prepares a layer.
    ///
    /// - Parameters:
    ///   - batch: The places; a line or an area is represented by a position inside it.
    ///   - name: The layer's name.
    ///   - source: Where it came from, for messages; its name where `nil`.
    /// - Throws: ``AnalysisError`` naming the first place that is not on the globe (`badPosition`), or
    ///   whose `position_accuracy_m` is no number of at least 0 (`badField`).
    public init(_ batch: FeatureBatch, name: String, source: String? = nil) throws {
        self.name = name
        let source = source ?? name
        let places = try Places(of: batch, layer: source)
        let accuracy = try NumberField.known("position_accuracy_m", of: batch, layer: source)
        ids = (0..<batch.count).map { batch.id($0) ?? String(batch.firstIndex + $0 + 1) }
        names = NameField.names(of: batch)
        positions = (0..<batch.count).map { places[$0] }
        accuracies = (0..<batch.count).map { accuracy[$0] }
        owners = positions.indices.filter { [positions] in positions[$0] != nil }
        index = try PointIndex(positions.compactMap { $0 })
        greatestAccuracy = accuracies.compactMap { $0 }.max() ?? 0
    }

    /// The number of places that are somewhere.
    public var count: Int { owners.count }

    /// A place of the layer near a subject.
    public struct Found: Hashable, Sendable {
        /// The place, by its number in the layer from 0.
        public let place: Int
        /// How far it is in metres.
        public let distance: Double
        /// By how much that may be off, in metres: both accuracies; `nil` where one is not known.
        public let uncertainty: Double?
    }

    /// All places that lie, or may lie, within a distance of a subject; the nearest first.
    ///
    /// - Parameters:
    ///   - subject: From where.
    ///   - metres: The distance; a place exactly at it counts.
    /// - Returns: Those found, without the subject itself.
    /// - Throws: `GeometryError` where the subject is not on the globe.
    func around(_ subject: ProfileSubject, within metres: Double) throws -> [Found] {
        let reach = metres + (subject.accuracy ?? 0) + greatestAccuracy
        let rows = try index.reach(
            longitudes: [subject.position.x], latitudes: [subject.position.y],
            within: .metres(reach))
        return zip(rows.indices, rows.distances).compactMap { at, distance in
            let place = owners[Int(at)]
            guard ids[place] != subject.id else { return nil }
            let uncertainty = subject.accuracy.flatMap { own in accuracies[place].map { own + $0 } }
            guard distance - (uncertainty ?? 0) <= metres else { return nil }
            return Found(place: place, distance: distance, uncertainty: uncertainty)
        }.sorted { ($0.distance, $0.place) < ($1.distance, $1.place) }
    }

    /// The nearest place to a subject, how far off it may be, and whether another one may be nearer.
    func nearest(to subject: ProfileSubject) throws -> ProfileNearest? {
        // The subject may be in the layer itself.
        let near = try index.nearest(to: subject.position, k: 2)
        guard let first = near.first(where: { ids[owners[$0.index]] != subject.id }) else {
            return nil
        }
        let most = (subject.accuracy ?? 0) + greatestAccuracy
        let rivals = try around(subject, within: first.distance + 2 * most)
        guard let nearest = rivals.first else { return nil }
        let ends = rivals.map { found in
            found.uncertainty.map { (max(0, found.distance - $0), found.distance + $0) }
        }
        guard let own = nearest.uncertainty, !ends.contains(where: { $0 == nil }) else {
            return ProfileNearest(
                found: nearest, distance: Bounded(nearest.distance), stability: nil)
        }
        let known = ends.compactMap { $0 }
        let others = known.dropFirst().map(\.0)
        return ProfileNearest(
            found: nearest,
            distance: Bounded(
                nearest.distance, least: known.map(\.0).min(), greatest: known.map(\.1).min()),
            stability: others.contains { $0 < nearest.distance + own } ? .fragile : .stable)
    }
}

/// The nearest place of a layer.
public struct ProfileNearest: Hashable, Sendable {
    /// The place.
    public let found: ProfileLayer.Found
    /// How far the nearest place is in metres, whichever it truly is.
    public let distance: Bounded
    /// Whether it is the nearest for certain; `nil` where an accuracy is not known.
    public let stability: Stability?
}

/// A cluster, or any place, that is profiled.
public struct ProfileSubject: Hashable, Sendable {
    /// Its identifier.
    public let id: String
    /// Where it is, longitude and latitude in degrees.
    public let position: Position
    /// How far its true position may lie off, in metres; `nil` where that is not known.
    public let accuracy: Double?

    /// Creates a subject.
    ///
    /// - Parameters:
    ///   - id: Its identifier; places of that identifier do not count as lying around it.
    ///   - position: Longitude, latitude in degrees.
    ///   - accuracy: How far its true position may lie off, in metres.
    public init(id: String, position: Position, accuracy: Double? = nil) {
        self.id = id
        self.position = position
        self.accuracy = accuracy
    }
}
