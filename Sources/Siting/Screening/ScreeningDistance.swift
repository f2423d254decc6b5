public import Analysis
internal import Features
internal import Geometry

/// How far it is to the nearest feature of a layer, whichever that is.
public struct ScreeningDistance: Sendable {
    /// The layer.
    public let layer: FacilityLayer
    /// All lines and areas as one target; `nil` for a layer of points.
    private let target: DistanceTarget?

    /// Prepares a layer.
    ///
    /// - Parameter layer: The layer.
    /// - Throws: `GeometryError` where a shape cannot be measured.
    /// - Complexity: O(n log n).
    public init(to layer: FacilityLayer) throws {
        self.layer = layer
        let shapes = layer.shapes.compactMap { $0 }
        let isOfPoints = shapes.allSatisfy { if case .point = $0 { true } else { false } }
        target = isOfPoints ? nil : try DistanceTarget(.collection(shapes))
    }

    /// Whether all features are points, which are found faster.
    var isOfPoints: Bool { target == nil }

    /// The distances from places to the nearest feature.
    ///
    /// - Parameters:
    ///   - longitudes: Degrees; NaN for a row without a place.
    ///   - latitudes: Degrees, as many.
    /// - Returns: Metres to the micrometre; NaN for a row without a place.
    /// - Throws: What the finder throws.
    func measure(longitudes: [Double], latitudes: [Double]) throws -> [Double] {
        let metres: [Double]
        if let target {
            metres = try longitudes.indices.map { row in
                if longitudes[row].isNaN { return .nan }
                return try target.distance(from: Position(longitudes[row], latitudes[row])) ?? .nan
            }
        } else {
            metres = try layer.finder.nearest(
                longitudes: longitudes, latitudes: latitudes, k: 1, within: nil
            ).distances
        }
        return metres.map { ($0 * 1e6).rounded() / 1e6 }
    }
}
