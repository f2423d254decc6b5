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
    /// How many have no accuracy and are taken as exact.
    public private(set) var missingAccuracies = 0
    /// How many would be likeliest to go elsewhere within the accuracy of positions.
    public private(set) var fragile = 0
    /// The least and the most weight that each facility may expect; `nil` where accuracies are not
    /// asked.
    public private(set) var ranges: [(low: Double, high: Double)]?
    /// The weight that something attracts for certain, and that which something may attract.
    private var reachedWeight = (low: 0.0, high: 0.0)

    /// Starts at nothing.
    ///
    /// - Parameter model: The operation whose results are added up.
    public init(of model: HuffModel) {
        expected = Array(repeating: 0, count: model.facilities.count)
        travel = expected
        likeliest = Array(repeating: 0, count: model.facilities.count)
        if model.accuracy != nil {
            ranges = Array(repeating: (0, 0), count: model.facilities.count)
        }
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
        if let found = measured.ranges { add(found, measured.weights.values) }
    }

    private mutating func add(_ found: HuffRanges, _ weights: [Double]) {
        missingAccuracies += found.missing
        fragile += found.labels.count { $0 == .fragile }
        for (row, weight) in weights.enumerated() {
            let entries = found.rows.entries(of: row)
            for entry in entries {
                let facility = Int(found.rows.indices[entry])
                ranges?[facility].low += weight * found.low[entry]
                ranges?[facility].high += weight * found.high[entry]
            }
            if !entries.isEmpty { reachedWeight.high += weight }
            if found.isReached[row] { reachedWeight.low += weight }
        }
    }

    /// The facilities with what they may expect.
    ///
    /// Columns `attraction`, `expected_demand`, `expected_share` (of the demand that anything
    /// attracts), `mean_distance_m` and `likeliest_count`; where accuracies are asked also the
    /// first two with `_low` and `_high`, which hold wherever things truly lie. Attributes of these
    /// names are replaced.
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
        if let ranges {
            let (least, most) = reachedWeight
            batch.set("expected_demand_low", .double(ranges.map(\.low)))
            batch.set("expected_demand_high", .double(ranges.map(\.high)))
            batch.set(
                "expected_share_low", .double(ranges.map { most > 0 ? $0.low / most : nil }))
            batch.set(
                "expected_share_high",
                .double(
                    ranges.map { range in
                        // Where perhaps nobody is attracted at all, it may be all of them.
                        if least > 0 { return min(1, range.high / least) }
                        return range.high > 0 ? 1 : most > 0 ? 0 : nil
                    }))
        }
        return batch
    }
}
