internal import Analysis
public import Features
internal import Geometry

/// A layer whose features count as much as one of their fields says: people by municipality.
///
/// Features that are no points stand where a position inside them is.
public struct ScreeningSum: Sendable {
    /// The layer's name.
    public let name: String
    /// The field that says how much each feature counts.
    public let field: String
    /// How many features have no value in the field, and count 0.
    public let missing: Int
    private let finder: any FacilityFinder
    private let amounts: [Double]

    /// Prepares a layer.
    ///
    /// - Parameters:
    ///   - batch: The features.
    ///   - name: The layer's name, for messages.
    ///   - field: The field that says how much each counts.
    /// - Throws: `AnalysisError` where a feature is not on the globe, or naming the first whose
    ///   value is no number of at least 0.
    /// - Complexity: O(n log n).
    public init(_ batch: FeatureBatch, name: String, field: String) throws {
        let places = try Places(of: batch, layer: name)
        let amounts = try DemandWeights(of: batch, field: field, layer: name)
        self.name = name
        self.field = field
        missing = amounts.missing
        self.amounts = amounts.values
        finder = try GeodesicMetric().prepare(
            (0..<places.count).map { places[$0].map { .point($0) } })
    }

    /// What lies within a distance of places adds up to.
    func measure(
        longitudes: [Double], latitudes: [Double], within limit: Distance
    ) throws -> [Double] {
        try ReachBlocks.map(finder, longitudes, latitudes, within: limit) { rows, row in
            rows.entries(of: row).reduce(0.0) { $0 + amounts[Int(rows.indices[$1])] }
        }
    }
}

/// Rows of what lies within a distance, made some hundreds at a time so that few are in memory.
enum ReachBlocks {
    private static let size = 512

    /// Works out a number for each place from what lies within a distance of it.
    ///
    /// - Parameters:
    ///   - finder: Finds what lies there.
    ///   - longitudes: Degrees; NaN for a row without a place.
    ///   - latitudes: Degrees, as many.
    ///   - limit: The distance; what lies exactly at it counts.
    ///   - number: Works out the number of a row.
    /// - Returns: One number a place; NaN for a row without one.
    /// - Throws: What the finder throws.
    static func map(
        _ finder: any FacilityFinder, _ longitudes: [Double], _ latitudes: [Double],
        within limit: Distance, _ number: (NeighbourRows, Int) -> Double
    ) throws -> [Double] {
        var numbers: [Double] = []
        numbers.reserveCapacity(longitudes.count)
        for first in stride(from: 0, to: longitudes.count, by: size) {
            let range = first..<min(first + size, longitudes.count)
            let rows = try finder.reach(
                longitudes: Array(longitudes[range]), latitudes: Array(latitudes[range]),
                within: limit)
            for row in 0..<rows.rows {
                numbers.append(longitudes[first + row].isNaN ? .nan : number(rows, row))
            }
        }
        return numbers
    }
}
