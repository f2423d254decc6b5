public import Geometry

/// The rule by which hubs can form a national innovation cluster (국가혁신융복합단지).
///
/// All hubs lie within a circle of a radius, a smaller one in a metropolitan city, and measure no
/// more than an area in all. The decree to the Special Act on Balanced National Development, as
/// amended on 2018-09-18 (대통령령 제29172호), has area and radius among what a designation considers;
/// the numbers are those that the ministry gave on 2018-10-25 with the plan for the 14 clusters
/// (Hankyoreh, http://herstory.hani.co.kr/arti/economy/marketing/867406.html).
public struct ConvergenceRule: Hashable, Sendable {
    /// The greatest radius of the circle around the hubs; a hub exactly on it counts.
    public var radius: Distance
    /// The greatest radius where a hub is in a metropolitan city.
    public var metropolitanRadius: Distance
    /// The greatest area of all hubs in square kilometres.
    public var areaKM2: Double

    /// The rule as reported on 2018-10-25: 20 km, 10 km in metropolitan cities, 15 km².
    public static let nationalInnovationCluster = ConvergenceRule(
        radius: .kilometres(20), metropolitanRadius: .kilometres(10), areaKM2: 15)

    /// Creates a rule.
    ///
    /// - Parameters:
    ///   - radius: The greatest radius of the circle around the hubs.
    ///   - metropolitanRadius: The greatest radius where a hub is in a metropolitan city.
    ///   - areaKM2: The greatest area of all hubs in square kilometres.
    public init(radius: Distance, metropolitanRadius: Distance, areaKM2: Double) {
        self.radius = radius
        self.metropolitanRadius = metropolitanRadius
        self.areaKM2 = areaKM2
    }

    /// How far beyond the radius, in metres, rounding may put a hub that is exactly on it.
    static let radiusTolerance = EnclosingCircle.tolerance
    /// How far beyond the area, in square kilometres, rounding may put a sum that is exactly it.
    static let areaTolerance = 1e-9

    /// The greatest radius for hubs.
    func radius(of hubs: some Sequence<Hub>) -> Distance {
        hubs.contains { $0.isMetropolitan } ? min(metropolitanRadius, radius) : radius
    }

    /// Whether a radius is allowed.
    func allows(radius: Double, of limit: Distance) -> Bool {
        radius <= limit.metres + Self.radiusTolerance
    }

    /// Whether an area is allowed.
    func allows(areaKM2 area: Double) -> Bool { area <= areaKM2 + Self.areaTolerance }
}
