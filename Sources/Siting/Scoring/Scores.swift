/// How good candidates are by several criteria together.
public struct Scores: Hashable, Sendable {
    /// The score of each candidate.
    public let values: [Double]
    /// Whether less is better.
    public let isLessBetter: Bool
    /// What each criterion brings to the score of each candidate, which is their sum.
    ///
    /// Of TOPSIS and VIKOR, whose scores are no sums by nature, the score is divided as the squared
    /// distances from the worst are, and as the shortfalls are.
    public let parts: [[Double]]
    /// The rank of each candidate, from 1; equal scores have the same rank.
    public let ranks: [Int]

    /// How criteria are brought together.
    public enum Method: String, Hashable, Sendable, CaseIterable {
        /// The weighted sum of values between 0, the worst there is, and 1, the best.
        case weightedSum = "sum"
        /// Nearness to the best there is and distance from the worst, from 0 to 1.
        ///
        /// C.-L. Hwang, K. Yoon, 1981, https://doi.org/10.1007/978-3-642-48318-9.
        case topsis
        /// A compromise between the sum and the worst of the shortfalls, half each; less is better.
        ///
        /// S. Opricovic, G.-H. Tzeng, 2004, https://doi.org/10.1016/S0377-2217(03)00020-1.
        case vikor
        /// How much more a candidate is preferred to others than they to it, from -1 to 1.
        ///
        /// PROMETHEE II with the usual criterion: J.-P. Brans, P. Vincke, 1985,
        /// https://doi.org/10.1287/mnsc.31.6.647.
        case promethee
        /// The ordered weighted average: how much a criterion counts also depends on whether it is
        /// among a candidate's best or worst, by ``OrderedAverage``.
        case orderedAverage = "owa"
    }

    /// Scores candidates.
    ///
    /// - Parameters:
    ///   - table: The candidates and criteria.
    ///   - method: How criteria are brought together.
    ///   - orness: Of the ordered average: from 0, where the worst value decides, to 1, where the best
    ///     does.
    /// - Complexity: O(n m) for n candidates and m criteria; PROMETHEE II O(m n log n).
    public init(of table: CriteriaTable, by method: Method, orness: Double = 0.5) {
        let rule = ScoringRule(of: table, by: method, orness: orness)
        let weights = table.criteria.map(\.weight)
        values = rule.values(weights)
        parts = rule.parts(weights, of: values)
        isLessBetter = rule.isLessBetter
        ranks = Self.ranks(values, isLessBetter: isLessBetter)
    }

    /// Scores nearer together than this are equal: they differ by rounding.
    static let rounding = 1e-12

    static func ranks(_ values: [Double], isLessBetter: Bool) -> [Int] {
        let order = values.indices.sorted {
            values[$0] == values[$1]
                ? $0 < $1 : isLessBetter == (values[$0] < values[$1])
        }
        var ranks = [Int](repeating: 1, count: values.count)
        for place in order.indices.dropFirst() {
            let (own, before) = (order[place], order[place - 1])
            let isEqual = (values[own] - values[before]).magnitude <= rounding
            ranks[own] = isEqual ? ranks[before] : place + 1
        }
        return ranks
    }
}
