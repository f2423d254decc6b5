/// What access adds up to, batch after batch in order: its mean, its spread and its inequality.
///
/// Every feature counts with its weight, so that the figures are those of the people and not of the
/// places; where no field was named, each counts one.
public struct AccessibilityTally: Sendable {
    /// How many demand features have a place.
    public private(set) var demandCount = 0
    /// How many have none and count nowhere.
    public private(set) var unlocated = 0
    /// How many have no weight and count 0.
    public private(set) var unweighted = 0
    /// How many are no points and are represented by a position inside them.
    public private(set) var represented = 0
    /// How many have an access of 0, or no cost at which they could be served.
    public private(set) var zeroCount = 0
    /// The weight of all demand with a place.
    public private(set) var demandWeight = 0.0
    /// The weight of demand with an access of 0, or no cost.
    public private(set) var zeroWeight = 0.0
    /// The sum of weight times access.
    public private(set) var total = 0.0
    /// How many have no accuracy and are taken as exact.
    public private(set) var missingAccuracies = 0
    /// The sum of weight times the least and the greatest access; `nil` where accuracies are not
    /// asked.
    private var bounds: (low: Double, high: Double)?
    /// Access and weight of each feature with a place and a weight above 0.
    private var scores: [(access: Double, weight: Double)] = []

    /// Starts at nothing.
    public init() {}

    /// Adds a batch with its access.
    ///
    /// - Parameter scored: The batch that follows those added before.
    public mutating func add(_ scored: Accessibility.Scored) {
        add(scored.scores, scored.weights, scored.places)
        guard let ranges = scored.ranges else { return }
        missingAccuracies += ranges.missing
        var sums = bounds ?? (0, 0)
        for (row, weight) in scored.weights.values.enumerated()
        where weight > 0 && scored.places[row] != nil {
            sums.low += weight * ranges.low[row]
            sums.high += weight * ranges.high[row]
        }
        bounds = sums
    }

    /// Between what the mean of a search lay.
    private var meanBounds: (low: Double, high: Double)?

    /// Takes between what the mean of a search lay.
    mutating func bound(mean: (low: Double, high: Double)) { meanBounds = mean }

    /// Between what the mean access truly lies, infinite where nothing bounds it; `nil` where
    /// accuracies are not asked or no demand counts.
    public var meanRange: (low: Double, high: Double)? {
        if let meanBounds { return meanBounds }
        guard let bounds, demandWeight > 0 else { return nil }
        return (bounds.low / demandWeight, bounds.high / demandWeight)
    }

    /// Adds accesses, NaN where there is none.
    mutating func add(_ accesses: [Double], _ weights: DemandWeights, _ places: Places) {
        unweighted += weights.missing
        represented += places.represented
        unlocated += places.unlocated
        for (row, weight) in weights.values.enumerated() where places[row] != nil {
            let access = accesses[row]
            demandCount += 1
            demandWeight += weight
            if access.isNaN {
                zeroCount += 1
                zeroWeight += weight
                continue
            }
            total += weight * access
            if access == 0 {
                zeroCount += 1
                zeroWeight += weight
            }
            if weight > 0 { scores.append((access, weight)) }
        }
    }

    /// Figures of the distribution of access.
    public struct Summary: Hashable, Sendable {
        /// The mean.
        public let mean: Double
        /// The median; the middle between two where half of the weight ends at one of them.
        public let median: Double
        /// The least.
        public let least: Double
        /// The greatest.
        public let greatest: Double
        /// The share of demand with an access of 0, or no cost.
        public let zeroShare: Double
        /// Gini's coefficient: 0 where all have the same, towards 1 where one has all.
        ///
        /// Half the mean difference between two, over the mean; `nil` where nobody has any.
        public let gini: Double?
    }

    /// The figures; `nil` where there is no demand that counts.
    ///
    /// - Complexity: O(n log n).
    public func summary() -> Summary? {
        let all = WeightedDistribution(scores.map(\.access), weights: scores.map(\.weight))
        guard let mean = all.mean, let median = all.median, let least = all.least,
            let greatest = all.greatest
        else { return nil }
        return Summary(
            mean: mean, median: median, least: least, greatest: greatest,
            zeroShare: zeroWeight / demandWeight, gini: all.gini)
    }
}
