/// A box along the axes: the least and greatest coordinates of something.
///
/// West is at most east: something across the antimeridian has been cut there before
/// (RFC 7946, section 3.1.9).
public struct Envelope: Hashable, Sendable {
    /// The least longitude or easting.
    public var minX: Double
    /// The least latitude or northing.
    public var minY: Double
    /// The greatest longitude or easting.
    public var maxX: Double
    /// The greatest latitude or northing.
    public var maxY: Double

    /// Creates a box from its four sides.
    ///
    /// - Parameters:
    ///   - minX: The least longitude or easting.
    ///   - minY: The least latitude or northing.
    ///   - maxX: The greatest longitude or easting.
    ///   - maxY: The greatest latitude or northing.
    public init(minX: Double, minY: Double, maxX: Double, maxY: Double) {
        self.minX = minX
        self.minY = minY
        self.maxX = maxX
        self.maxY = maxY
    }

    /// Creates the box that holds one position only.
    ///
    /// - Parameter position: The position.
    public init(_ position: Position) {
        self.init(minX: position.x, minY: position.y, maxX: position.x, maxY: position.y)
    }

    /// Returns the box that holds this one and a position.
    ///
    /// - Parameter position: The position to include.
    /// - Returns: The grown box.
    public func including(_ position: Position) -> Envelope {
        Envelope(
            minX: min(minX, position.x), minY: min(minY, position.y),
            maxX: max(maxX, position.x), maxY: max(maxY, position.y))
    }

    /// Returns the box that holds this one and another.
    ///
    /// - Parameter other: The box to include.
    /// - Returns: The grown box.
    public func union(_ other: Envelope) -> Envelope {
        Envelope(
            minX: min(minX, other.minX), minY: min(minY, other.minY),
            maxX: max(maxX, other.maxX), maxY: max(maxY, other.maxY))
    }

    /// Whether a position lies in the box or on its edge.
    ///
    /// - Parameter position: The position to look for.
    /// - Returns: True inside and on the edge.
    public func covers(_ position: Position) -> Bool {
        position.x >= minX && position.x <= maxX && position.y >= minY && position.y <= maxY
    }

    /// The middle of the box.
    public var centre: Position { Position((minX + maxX) / 2, (minY + maxY) / 2) }
    /// East minus west.
    public var width: Double { maxX - minX }
    /// North minus south.
    public var height: Double { maxY - minY }
}
