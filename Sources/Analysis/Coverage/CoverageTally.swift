public import Geometry

/// What coverage adds up to, batch after batch in order.
///
/// Sums run over the features in their order, so that cutting the flow into other batches changes
/// no bit of them.
public struct CoverageTally: Sendable {
    /// The distances, ascending.
    public let distances: [Distance]
    /// How many demand features have a place.
    public private(set) var demandCount = 0
    /// How many have none and count nowhere.
    public private(set) var unlocated = 0
    /// How many have a place from which the metric reaches no facility and count as not covered.
    public private(set) var unreached = 0
    /// How many have no weight and count 0.
    public private(set) var unweighted = 0
    /// How many are no points and are represented by a position inside them.
    public private(set) var represented = 0
    /// The weight of all demand with a place.
    public private(set) var demandWeight = 0.0
    /// How many are covered at each distance.
    public private(set) var coveredCounts: [Int]
    /// The weight that is covered at each distance.
    public private(set) var coveredWeights: [Double]

    /// What is covered at each distance wherever things truly lie, and what may be; `nil` where the
    /// accuracy of positions was not asked.
    public private(set) var ranges: [Range]?
    /// How many features have no accuracy and are taken as exact.
    public private(set) var missingAccuracies = 0

    /// How much is covered at a distance, at the least and at the most.
    public struct Range: Hashable, Sendable {
        /// How many features are covered wherever things truly lie.
        public fileprivate(set) var leastCount = 0
        /// How many features may be covered.
        public fileprivate(set) var mostCount = 0
        /// The weight that is covered wherever things truly lie.
        public fileprivate(set) var leastWeight = 0.0
        /// The weight that may be covered.
        public fileprivate(set) var mostWeight = 0.0
    }

    /// Starts at nothing.
    ///
    /// - Parameter coverage: The operation whose results are added up.
    public init(of coverage: Coverage) {
        distances = coverage.distances
        coveredCounts = Array(repeating: 0, count: distances.count)
        coveredWeights = Array(repeating: 0, count: distances.count)
        if coverage.accuracy != nil {
            ranges = Array(repeating: Range(), count: distances.count)
        }
    }

    /// Adds a measured batch.
    ///
    /// - Parameter measured: The batch that follows those added before.
    public mutating func add(_ measured: Coverage.Measured) {
        unweighted += measured.weights.missing
        unreached += measured.unreached
        represented += measured.represented
        missingAccuracies += measured.missingAccuracies
        if let range = measured.range {
            for (row, weight) in measured.weights.values.enumerated() {
                for (i, distance) in distances.enumerated() {
                    if range.low[row] <= distance.metres {
                        ranges?[i].mostCount += 1
                        ranges?[i].mostWeight += weight
                    }
                    if range.high[row] <= distance.metres {
                        ranges?[i].leastCount += 1
                        ranges?[i].leastWeight += weight
                    }
                }
            }
        }
        for (covering, weight) in zip(measured.covering, measured.weights.values) {
            if covering < 0 {
                unlocated += 1
            } else {
                demandCount += 1
                demandWeight += weight
            }
        }
        for i in distances.indices {
            var (count, sum) = (0, coveredWeights[i])
            for (covering, weight) in zip(measured.covering, measured.weights.values)
            where covering >= 0 && covering <= i {
                count += 1
                sum += weight
            }
            coveredCounts[i] += count
            coveredWeights[i] = sum
        }
    }

    /// The share of demand features covered at a distance; `nil` where there is no demand.
    ///
    /// - Parameter index: The place of the distance in ``distances``.
    /// - Returns: From 0 to 1.
    public func coveredShare(_ index: Int) -> Double? {
        demandCount == 0 ? nil : Double(coveredCounts[index]) / Double(demandCount)
    }

    /// The share of demand weight covered at a distance; `nil` where there is no weight.
    ///
    /// - Parameter index: The place of the distance in ``distances``.
    /// - Returns: From 0 to 1.
    public func coveredWeightShare(_ index: Int) -> Double? {
        demandWeight == 0 ? nil : coveredWeights[index] / demandWeight
    }
}
