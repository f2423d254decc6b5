internal import Geometry

/// How many facilities cover the demand: none, one, two, or more; batch after batch in order.
public struct CoverageDepthTally: Sendable {
    /// The depths that are told apart: 0, 1, 2, and 3 for three and more.
    public static let levels = 3
    /// How many features lie at each depth, by the place of the distance and the depth.
    public private(set) var counts: [[Int]]
    /// The weight at each depth, by the place of the distance and the depth.
    public private(set) var weights: [[Double]]
    /// The weight of all demand with a place.
    public private(set) var demandWeight = 0.0

    /// Starts at nothing.
    ///
    /// - Parameter coverage: The operation whose results are added up; it must count depths.
    public init(of coverage: Coverage) {
        precondition(coverage.countsDepth, "the coverage does not count depths")
        let row = [Int](repeating: 0, count: Self.levels + 1)
        counts = Array(repeating: row, count: coverage.distances.count)
        weights = counts.map { $0.map(Double.init) }
    }

    /// Adds a measured batch.
    ///
    /// - Parameter measured: The batch that follows those added before.
    public mutating func add(_ measured: Coverage.Measured) {
        for (row, weight) in measured.weights.values.enumerated() where measured.covering[row] >= 0
        {
            demandWeight += weight
            for (i, depths) in measured.depths.enumerated() {
                let depth = min(Int(depths[row]), Self.levels)
                counts[i][depth] += 1
                weights[i][depth] += weight
            }
        }
    }

    /// The share of demand weight at a depth; `nil` where there is no weight.
    ///
    /// - Parameters:
    ///   - index: The place of the distance.
    ///   - depth: From 0 to ``levels``, which stands for that many and more.
    /// - Returns: From 0 to 1.
    public func weightShare(_ index: Int, depth: Int) -> Double? {
        demandWeight == 0 ? nil : weights[index][depth] / demandWeight
    }
}
