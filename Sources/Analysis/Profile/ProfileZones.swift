public import Features
internal import Geometry

/// Zones with an amount, such as municipalities with their population, of which a circle takes in as
/// much as its share of their area; a point counts whole.
public struct ProfileZones: Sendable {
    /// The layer's name.
    public let name: String
    /// The field that holds the amounts.
    public let field: String
    /// How many zones have no place or no amount.
    public let uncounted: Int
    private let zones: [Zone]

    private struct Zone: Sendable {
        let shape: Shape
        let box: Envelope
        let amount: Double
        let area: Double

        func touches(_ other: Envelope) -> Bool {
            box.minX <= other.maxX && other.minX <= box.maxX && box.minY <= other.maxY
                && other.minY <= box.maxY
        }
    }

    /// Prepares zones.
    ///
    /// - Parameters:
    ///   - batch: The zones, areas or points.
    ///   - name: The layer's name.
    ///   - source: Where it came from, for messages; its name where `nil`.
    ///   - field: The field that holds the amounts.
    /// - Throws: ``AnalysisError`` (`badField`) where there is no such field, or naming the first zone
    ///   whose amount is no number of at least 0.
    public init(
        _ batch: FeatureBatch, name: String, source: String? = nil, field: String
    ) throws {
        let source = source ?? name
        self.name = name
        self.field = field
        let amounts = try DemandWeights(of: batch, field: field, layer: source)
        _ = try Places(of: batch, layer: source)
        zones = (0..<batch.count).compactMap { row in
            guard let shape = batch.geometry[row], let box = shape.envelope,
                amounts.values[row] > 0
            else { return nil }
            return Zone(
                shape: shape, box: box, amount: amounts.values[row], area: shape.geodesicArea)
        }
        uncounted = batch.count - zones.count
    }

    /// The amount within a distance of a place.
    ///
    /// - Parameters:
    ///   - subject: The place.
    ///   - metres: The distance; a point exactly at it counts.
    /// - Returns: The amount, with what it would be for a circle smaller and larger by the accuracy
    ///   of the place.
    /// - Throws: `GeometryError` where a circle cannot be drawn or a zone is not valid.
    func amount(around subject: ProfileSubject, within metres: Double) throws -> Bounded {
        let value = try amount(subject.position, metres)
        guard let accuracy = subject.accuracy else { return Bounded(value) }
        return Bounded(
            value, least: try amount(subject.position, metres - accuracy),
            greatest: try amount(subject.position, metres + accuracy))
    }

    private func amount(_ centre: Position, _ metres: Double) throws -> Double {
        guard metres > 0 else { return 0 }
        let disc = try Shape.disc(around: centre, radius: Distance(metres: metres))
        guard let box = disc.envelope else { return 0 }
        return try zones.reduce(0) { sum, zone in
            guard zone.touches(box) else { return sum }
            guard zone.area > 0 else {
                let place = try zone.shape.interiorPoint()
                let isIn = place.map { Geodesic.wgs84.distance(from: centre, to: $0) <= metres }
                return sum + (isIn ?? false ? zone.amount : 0)
            }
            let within = try zone.shape.intersection(disc).geodesicArea
            return sum + zone.amount * min(1, within / zone.area)
        }
    }
}
