public import Features
public import Geometry

/// A filter ready to be asked about the features of a batch.
///
/// Conditions are true, false, or neither where a value that they ask for is not there; a feature is
/// kept where the filter is true. Attributes of mixed kinds are compared where they hold the kind
/// that they are compared with, and are neither true nor false elsewhere. A filter belongs to one
/// task at a time.
public final class CQLFilter {
    /// Boxes of which every feature that is kept touches one; `nil` where features anywhere may be
    /// kept.
    public let boxes: [Envelope]?
    private let condition: CQLBinder.Condition
    private let count: Int

    /// Checks a filter against the attributes of a batch.
    ///
    /// - Parameters:
    ///   - expression: The filter, its geometries in longitude and latitude on WGS 84.
    ///   - batch: The features.
    /// - Throws: ``CQLError`` for an attribute that is none, for values that cannot be compared, for
    ///   an attribute beside a time that holds anything but times, and for invalid geometries.
    public init(_ expression: CQLExpression, over batch: FeatureBatch) throws(CQLError) {
        let binder = CQLBinder(batch: batch)
        condition = try binder.condition(expression)
        boxes = ImpliedBoxes.of(expression)
        count = batch.count
    }

    /// Whether the filter is true of a feature, false, or neither.
    ///
    /// - Parameter row: The row of the feature, from 0.
    /// - Returns: `nil` for neither.
    /// - Throws: ``CQLError`` where GEOS cannot tell how two geometries lie.
    public func truth(of row: Int) throws(CQLError) -> Bool? { try condition(row) }

    /// The rows of which the filter is true, in order.
    ///
    /// - Throws: ``CQLError`` where GEOS cannot tell how two geometries lie.
    public func rows() throws(CQLError) -> [Int] {
        var rows: [Int] = []
        for row in 0..<count where try condition(row) == true { rows.append(row) }
        return rows
    }
}
