import ClusterAtlasKit

/// Points in a square that are demand and candidates at once, with loads of 1 to 20 and the same capacity
/// everywhere.
struct CapacitatedPlane {
    let costs: SiteCosts
    let requirements: SitingRequirements

    /// Draws points.
    ///
    /// - Parameters:
    ///   - count: How many.
    ///   - p: How many sites are chosen.
    ///   - room: What `p` sites can serve, as a part of the load.
    ///   - seed: The seed of the draws.
    init(points count: Int, p: Int, room: Double, seed: UInt64) {
        costs = SiteCosts(points: count, seed: seed)
        var generator = SiteCosts.Numbers(seed: seed &+ 1)
        var asked = SitingRequirements()
        asked.loads = (0..<count).map { _ in generator.whole(20) }
        let capacity = (asked.loads.reduce(0, +) * room / Double(p)).rounded(.up)
        asked.capacities = Array(repeating: capacity, count: count)
        requirements = asked
    }

    /// Points, sites and room: from what is usual to what is tight.
    static let cases: [(Int, Int, Double)] = [
        (100, 10, 1.2), (100, 10, 1.4), (200, 20, 1.1), (200, 20, 1.2), (300, 30, 1.1),
        (300, 30, 1.2),
        (400, 10, 1.1), (400, 40, 1.1), (400, 40, 1.2), (400, 40, 1.4), (200, 40, 1.1),
        (100, 20, 1.1),
    ]
}
