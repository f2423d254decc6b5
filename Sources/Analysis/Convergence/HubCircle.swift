public import Geometry

/// The smallest circle around hubs, and what the accuracy of their positions does to it.
public struct HubCircle: Hashable, Sendable {
    /// The centre, longitude and latitude in degrees.
    public let centre: Position
    /// The radius in metres.
    public let radius: Double
    /// The least radius that the true positions may have, in metres; `nil` where an accuracy is not
    /// known.
    public let leastRadius: Double?
    /// A radius in metres that the circle of the true positions does not exceed; `nil` where an
    /// accuracy is not known.
    public let greatestRadius: Double?

    /// Draws the circle; `nil` for no hubs, and for hubs too far apart for one circle.
    ///
    /// - Parameter hubs: The hubs.
    /// - Complexity: That of ``EnclosingCircle``.
    public init?(around hubs: [Hub]) {
        let places = hubs.map(\.position)
        guard let circle = EnclosingCircle(around: places) else { return nil }
        centre = circle.centre
        radius = circle.radius
        let margins = hubs.compactMap(\.accuracy)
        guard margins.count == hubs.count else {
            leastRadius = nil
            greatestRadius = nil
            return
        }
        leastRadius = EnclosingCircle(around: places, margins: margins.map { -$0 }).map {
            max(0, $0.radius)
        }
        // One place, wherever it is, needs no circle.
        greatestRadius =
            hubs.count == 1 ? 0 : EnclosingCircle(around: places, margins: margins)?.radius
    }

    /// Whether the circle would be on the same side of a limit wherever within their accuracies the
    /// hubs truly lie; `nil` where an accuracy is not known.
    ///
    /// - Parameter limit: The greatest radius.
    /// - Returns: `stable` or `fragile`.
    public func stability(at limit: Distance) -> Stability? {
        guard let leastRadius, let greatestRadius else { return nil }
        let bound = limit.metres + EnclosingCircle.tolerance
        return greatestRadius <= bound || leastRadius > bound ? .stable : .fragile
    }
}
