/// By which attributes a map is drawn.
public struct MapDesign: Hashable, Sendable {
    /// The attribute that colours features: classes of numbers, or kinds; `nil` for one colour a
    /// layer.
    public var color: String?
    /// How numbers are put into classes.
    public var method: ClassMethod
    /// How many classes there are at most.
    public var classCount: Int
    /// The attribute that sets the size of points: their area grows with it; `nil` for one size.
    public var size: String?

    /// The numbers of classes that a palette tells apart.
    public static let classCounts = 2...9

    /// Creates a design.
    ///
    /// - Parameters:
    ///   - color: The attribute that colours features.
    ///   - method: How numbers are put into classes.
    ///   - classCount: How many classes there are at most, within ``classCounts``.
    ///   - size: The attribute that sets the size of points.
    public init(
        color: String? = nil, method: ClassMethod = .jenks, classCount: Int = 5,
        size: String? = nil
    ) {
        self.color = color
        self.method = method
        self.classCount = min(max(classCount, 2), 9)
        self.size = size
    }
}
