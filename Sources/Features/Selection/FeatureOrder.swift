internal import Geometry

/// An order in which features can be put.
public enum FeatureOrder: String, Hashable, Sendable, CaseIterable {
    /// Along the Hilbert curve through the box of all features, so that neighbours stand together.
    ///
    /// Each feature counts by the middle of its envelope on a grid of 2¹⁶ × 2¹⁶; those without a
    /// geometry come last. (D. Hilbert, 1891, https://doi.org/10.1007/BF01199431)
    case hilbert

    /// Returns a batch in this order.
    ///
    /// - Parameter batch: The features.
    /// - Returns: The same features; those of equal rank in their order.
    /// - Complexity: O(n log n) for n features.
    public func sorted(_ batch: FeatureBatch) -> FeatureBatch {
        let middles = batch.geometry.shapes.map { $0?.envelope?.centre }
        let known = middles.compactMap { $0 }
        guard let first = known.first else { return batch }
        let box = known.reduce(Envelope(first)) { $0.including($1) }
        func step(_ value: Double, _ least: Double, _ size: Double) -> UInt32 {
            size > 0 ? UInt32(min(65_535, max(0, (value - least) / size * 65_535))) : 0
        }
        let ranks = middles.map { middle -> UInt64 in
            guard let middle else { return .max }
            return Self.distance(
                step(middle.x, box.minX, box.width), step(middle.y, box.minY, box.height))
        }
        return batch.taking(
            Array(0..<batch.count).sorted { (ranks[$0], $0) < (ranks[$1], $1) })
    }

    /// The place of a cell along the curve.
    private static func distance(_ column: UInt32, _ row: UInt32) -> UInt64 {
        var (x, y) = (column, row)
        var distance: UInt64 = 0
        var side: UInt32 = 1 << 15
        while side > 0 {
            let (right, upper): (UInt32, UInt32) = (x & side > 0 ? 1 : 0, y & side > 0 ? 1 : 0)
            distance += UInt64(side) * UInt64(side) * UInt64((3 * right) ^ upper)
            if upper == 0 {
                if right == 1 {
                    x = 65_535 - x
                    y = 65_535 - y
                }
                swap(&x, &y)
            }
            side /= 2
        }
        return distance
    }
}
