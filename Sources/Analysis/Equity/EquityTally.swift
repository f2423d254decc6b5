#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// What scores add up to, batch after batch in order.
public struct EquityTally: Sendable {
    /// How many features have a score.
    public private(set) var count = 0
    /// How many have none and count nowhere.
    public private(set) var unscored = 0
    /// How many have no weight and count 0.
    public private(set) var unweighted = 0
    private var scores: [Double] = []
    private var weights: [Double] = []
    private var groupOf: [Int32] = []
    private var labels: [String?] = []
    private var groupNumbers: [String?: Int32] = [:]

    /// Starts at nothing.
    public init() {}

    /// Adds the scores of a batch.
    ///
    /// - Parameter measured: The batch that follows those added before.
    public mutating func add(_ measured: Equity.Measured) {
        unweighted += measured.weights.missing
        for (row, score) in measured.scores.enumerated() {
            add(score, measured.weights.values[row], measured.groups[row])
        }
    }

    /// Adds one score.
    mutating func add(_ score: Double?, _ weight: Double, _ group: String?) {
        guard let score else {
            unscored += 1
            return
        }
        count += 1
        scores.append(score)
        weights.append(weight)
        let number = groupNumbers[group] ?? Int32(labels.count)
        if number == labels.count {
            labels.append(group)
            groupNumbers[group] = number
        }
        groupOf.append(number)
    }

    /// All scores.
    ///
    /// - Returns: Their distribution, which is empty where nothing counts.
    /// - Complexity: O(n log n).
    public func distribution() -> WeightedDistribution {
        WeightedDistribution(scores, weights: weights)
    }

    /// One group of the demand.
    public struct Group: Sendable {
        /// The value of the field; `nil` for features without one.
        public let label: String?
        /// How many features have a score.
        public let count: Int
        /// Their scores.
        public let scores: WeightedDistribution
    }

    /// The groups, by their labels ascending, features without one last.
    ///
    /// - Returns: One a value of the field.
    /// - Complexity: O(n log n).
    public func groups() -> [Group] {
        var values = [[Double]](repeating: [], count: labels.count)
        var counted = values
        for (row, group) in groupOf.enumerated() {
            values[Int(group)].append(scores[row])
            counted[Int(group)].append(weights[row])
        }
        return labels.indices.sorted { LabelOrder.precedes(labels[$0], labels[$1]) }.map { group in
            Group(
                label: labels[group], count: values[group].count,
                scores: WeightedDistribution(values[group], weights: counted[group]))
        }
    }

    /// Theil's T taken apart: what lies between groups and what within them; both add up to the
    /// whole.
    public struct Decomposition: Hashable, Sendable {
        /// What would be left if all within a group had their mean.
        public let between: Double
        /// The mean of the groups' own, weighted by their shares of all scores.
        public let within: Double
    }

    /// Takes Theil's T apart by groups.
    ///
    /// F. Bourguignon, 1979, https://doi.org/10.2307/1914138.
    ///
    /// - Parameter groups: The groups.
    /// - Returns: Both parts; `nil` where all scores are 0.
    public static func decomposition(of groups: [Group]) -> Decomposition? {
        let sum = groups.reduce(0) { $0 + $1.scores.sum }
        let weight = groups.reduce(0) { $0 + $1.scores.weight }
        guard sum > 0 else { return nil }
        var (between, within) = (0.0, 0.0)
        for group in groups where group.scores.sum > 0 {
            let share = group.scores.sum / sum
            between += share * log(share * weight / group.scores.weight)
            within += share * (group.scores.theil ?? 0)
        }
        return Decomposition(between: max(0, between), within: within)
    }
}

/// How labels of groups are put in order.
enum LabelOrder {
    /// Whether one label stands before another: by Unicode's code points, none last.
    static func precedes(_ a: String?, _ b: String?) -> Bool {
        guard let a else { return false }
        guard let b else { return true }
        return a.unicodeScalars.lexicographicallyPrecedes(b.unicodeScalars)
    }
}
