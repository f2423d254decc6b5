public import Geometry

/// Which features are neighbours of each, and how much each counts: the weights of spatial statistics.
///
/// Distances are geodesics; a feature is no neighbour of itself.
public struct SpatialWeights: Sendable {
    /// Where the neighbours of each feature begin in ``neighbours``, and at last where they end.
    public private(set) var starts: [Int] = [0]
    /// The neighbours of each feature, ascending.
    public private(set) var neighbours: [Int] = []
    /// How much each neighbour counts.
    public private(set) var weights: [Double] = []

    /// Which features are neighbours.
    public enum Neighbourhood: Hashable, Sendable {
        /// So many nearest features; of equally far ones the first of the layer.
        case nearest(Int)
        /// All within a distance; a feature exactly at it counts.
        case within(Distance)
    }

    /// Finds the neighbours of places.
    ///
    /// - Parameters:
    ///   - places: Longitude, latitude in degrees.
    ///   - neighbourhood: Which features are neighbours.
    ///   - isStandardized: Whether the weights of each feature add up to 1, else each is 1.
    /// - Throws: ``AnalysisError`` (`badArgument`) for fewer than one neighbour or no distance, or
    ///   `GeometryError` for a place that is not on the globe.
    /// - Complexity: O(n log n + m) on average for n places and m neighbours.
    public init(
        of places: [Position], _ neighbourhood: Neighbourhood, isStandardized: Bool = true
    ) throws {
        let index = try PointIndex(places)
        let (x, y) = (places.map(\.x), places.map(\.y))
        switch neighbourhood {
        case .nearest(let k):
            guard k >= 1 else {
                throw AnalysisError(
                    .badArgument, at: "", "\(k) nearest features are no neighbourhood",
                    remedy: "ask for at least 1")
            }
            // The feature itself is among the nearest, or others at its very place are.
            let table = try index.nearest(
                longitudes: x, latitudes: y, k: min(k + 1, max(1, places.count)), within: nil)
            for row in places.indices {
                let found = (0..<table.k).compactMap { table[row, $0]?.index }
                append(found.filter { $0 != row }.prefix(k).sorted(), isStandardized)
            }
        case .within(let limit):
            guard limit.metres > 0 else {
                throw AnalysisError(
                    .badArgument, at: "", "a neighbourhood needs a distance of more than 0",
                    remedy: "give one, for example 20km")
            }
            let rows = try index.reach(longitudes: x, latitudes: y, within: limit)
            for row in places.indices {
                let found = rows.entries(of: row).map { Int(rows.indices[$0]) }
                append(found.filter { $0 != row }, isStandardized)
            }
        }
    }

    private mutating func append(_ row: [Int], _ isStandardized: Bool) {
        let weight = isStandardized && !row.isEmpty ? 1 / Double(row.count) : 1
        neighbours += row
        weights += Array(repeating: weight, count: row.count)
        starts.append(neighbours.count)
    }

    /// The number of features.
    public var count: Int { starts.count - 1 }

    /// How many features have no neighbour.
    public var islands: Int { (0..<count).count { starts[$0] == starts[$0 + 1] } }

    /// The places of a feature's neighbours in ``neighbours`` and ``weights``.
    func entries(of row: Int) -> Range<Int> { starts[row]..<starts[row + 1] }

    /// The weighted sum of the neighbours' values.
    func lag(of values: [Double], at row: Int) -> Double {
        entries(of: row).reduce(0) { $0 + weights[$1] * values[neighbours[$1]] }
    }

    /// The sums of weights that variances need.
    ///
    /// S₀, S₁ and S₂ of A. D. Cliff and J. K. Ord, Spatial Processes, 1981.
    var sums: (s0: Double, s1: Double, s2: Double) {
        var s0 = 0.0
        var rows = Array(repeating: 0.0, count: count)
        var columns = rows
        var byPair: [Int: Double] = [:]
        for row in 0..<count {
            for entry in entries(of: row) {
                let (other, weight) = (neighbours[entry], weights[entry])
                s0 += weight
                rows[row] += weight
                columns[other] += weight
                byPair[min(row, other) * count + max(row, other), default: 0] += weight
            }
        }
        // Half the sum over ordered pairs. A dictionary has no order: sorted, the bits are the same on
        // every run.
        let s1 = byPair.values.sorted().reduce(0) { $0 + $1 * $1 }
        let s2 = zip(rows, columns).reduce(0) { $0 + ($1.0 + $1.1) * ($1.0 + $1.1) }
        return (s0, s1, s2)
    }
}
