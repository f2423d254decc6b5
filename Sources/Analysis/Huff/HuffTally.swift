public import Features
internal import Geometry

/// What demand each facility may expect, batch after batch in order.
public struct HuffTally: Sendable {
    /// The weight that each facility may expect.
    public private(set) var expected: [Double]
    /// The sum of expected weight times distance, in metres, for each facility.
    private var travel: [Double]
    /// How many features go to each facility more likely than to any other.
    public private(set) var likeliest: [Int]
    /// How many features have a place.
    public private(set) var demandCount = 0
    /// The weight of the demand with a place.
    public private(set) var demandWeight = 0.0
    /// The weight that nothing attracts.
    public private(set) var unreachedWeight = 0.0
    /// How many features nothing attracts.
    public private(set) var unreached = 0
    /// How many have no place.
    public private(set) var unlocated = 0
    /// How many have no weight and count 0.
    public private(set) var unweighted = 0
    /// How many are no points and are represented by a position inside them.
    public private(set) var represented = 0

    /// Starts at nothing.
    ///
    /// - Parameter model: The operation whose results are added up.
    public init(of model: HuffModel) {
        expected = Array(repeating: 0, count: model.facilities.count)
        travel = expected
        likeliest = Array(repeating: 0, count: model.facilities.count)
    }

    /// Adds a measured batch.
    ///
    /// - Parameter measured: The batch that follows those added before.
    public mutating func add(_ measured: HuffModel.Measured) {
        unlocated += measured.places.unlocated
        represented += measured.places.represented
        unweighted += measured.weights.missing
        for (row, weight) in measured.weights.values.enumerated() where measured.places[row] != nil
        {
            demandCount += 1
            demandWeight += weight
            let entries = measured.rows.entries(of: row)
            if entries.isEmpty {
                unreached += 1
                unreachedWeight += weight
            }
            var best = entries.lowerBound
            for entry in entries {
                let facility = Int(measured.rows.indices[entry])
                let flow = weight * measured.probabilities[entry]
                expected[facility] += flow
                travel[facility] += flow * measured.rows.distances[entry]
                if measured.probabilities[entry] > measured.probabilities[best] { best = entry }
            }
            if !entries.isEmpty { likeliest[Int(measured.rows.indices[best])] += 1 }
        }
    }

    /// The facilities with what they may expect.
    ///
    /// Columns `attraction`, `expected_demand`, `expected_share` (of the demand that anything
    /// attracts), `mean_distance_m` and `likeliest_count`. Attributes of these names are replaced.
    ///
    /// - Parameter model: The operation.
    /// - Returns: One feature a facility, in the order of the layer.
    public func facilities(of model: HuffModel) -> FeatureBatch {
        let all = demandWeight - unreachedWeight
        let rows = 0..<expected.count
        var batch = model.facilities.batch
        batch.set("attraction", .double(model.attractions.map { $0 }))
        batch.set("expected_demand", .double(expected.map { $0 }))
        batch.set("expected_share", .double(expected.map { all > 0 ? $0 / all : nil }))
        batch.set(
            "mean_distance_m",
            .double(rows.map { expected[$0] > 0 ? (travel[$0] / expected[$0]).toMicrometre : nil }))
        batch.set("likeliest_count", .int(likeliest))
        return batch
    }
}
