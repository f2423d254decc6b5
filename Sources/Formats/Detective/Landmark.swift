public import Geometry

/// A place that is known, by which the reference system of a file is told.
public struct Landmark: Hashable, Sendable {
    /// Its names, in any language.
    public let names: [String]
    /// Where it is: longitude, latitude on WGS 84.
    public let position: Position
    /// How far that may lie off, in metres.
    public let accuracy: Double

    /// Creates a landmark.
    ///
    /// - Parameters:
    ///   - names: Its names, in any language.
    ///   - position: Longitude, latitude in degrees.
    ///   - accuracy: How far that may lie off, in metres.
    public init(names: [String], position: Position, accuracy: Double) {
        self.names = names
        self.position = position
        self.accuracy = accuracy
    }

    /// A name as it is compared: small letters, without blanks and signs.
    static func key(_ name: String) -> String {
        name.lowercased().filter { $0.isLetter || $0.isNumber }
    }
}
