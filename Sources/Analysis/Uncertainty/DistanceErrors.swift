internal import Features
internal import Geometry

/// How far the distances between a layer of demand and facilities may be off.
///
/// A place may lie up to a metres from where it is drawn and a facility up to b: their distance is
/// then wrong by a + b at most, by the triangle inequality.
struct DistanceErrors: Sendable {
    private let accuracy: PositionAccuracy
    /// How far each facility may be off, in metres.
    let facilities: [Double]
    /// How many facilities have no accuracy and are taken as exact.
    let missing: Int

    /// Reads the accuracies of the facilities.
    ///
    /// - Parameters:
    ///   - accuracy: How far positions may be off.
    ///   - layer: The facilities.
    /// - Throws: ``AnalysisError`` (`badField`) for an accuracy that is no number of at least 0.
    init(_ accuracy: PositionAccuracy, to layer: FacilityLayer) throws {
        let read = try accuracy.fixed.values(of: layer.batch, layer: layer.source)
        self.accuracy = accuracy
        facilities = read.metres
        missing = read.missing
    }

    /// How far each feature of the demand may be off, and how many have no accuracy.
    func demand(
        _ batch: FeatureBatch, layer: String
    ) throws -> (metres: [Double], missing: Int) {
        try accuracy.moving.values(of: batch, layer: layer)
    }

    /// Whether neither facilities nor demand can lie elsewhere than they are drawn.
    func isExact(_ demand: [[Double]?]) -> Bool {
        facilities.allSatisfy { $0 == 0 }
            && demand.allSatisfy { $0?.allSatisfy { $0 == 0 } ?? true }
    }

    /// The distance within which all lie that may truly lie within a limit.
    func reach(of limit: Distance?, _ demand: [Double]) -> Distance? {
        guard let limit else { return nil }
        let slack = (demand.max() ?? 0) + (facilities.max() ?? 0)
        return slack == 0 ? limit : .metres((limit.metres + slack).nextUp)
    }

    /// Where in a range of distances a pair may truly lie, of those within a limit.
    ///
    /// - Parameters:
    ///   - metres: The distance as it is drawn.
    ///   - place: How far the place may be off, in metres.
    ///   - facility: The facility, by its place in the layer.
    ///   - limit: The greatest distance that counts, in metres.
    /// - Returns: `nil` for a pair that cannot lie within the limit.
    func range(
        _ metres: Double, _ place: Double, _ facility: Int, within limit: Double
    ) -> DistanceRange? {
        let error = place + facilities[facility]
        let low = max(0, metres - error)
        guard low <= limit else { return nil }
        return DistanceRange(
            low: low, high: min(metres + error, limit), isSure: metres + error <= limit)
    }
}

/// The distances that a pair may truly have, within a limit.
struct DistanceRange: Sendable {
    /// The least, in metres.
    let low: Double
    /// The greatest, in metres.
    let high: Double
    /// Whether it lies within the limit wherever things truly are.
    let isSure: Bool
}
