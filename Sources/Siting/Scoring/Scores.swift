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
        let parts: [[Double]]
        switch method {
        case .weightedSum:
            let scaled = table.criteria.indices.map { table.scaled($0) }
            let all = table.values.indices.map { row in
                table.criteria.indices.map { table.criteria[$0].weight * scaled[$0][row] }
            }
            parts = all
            values = all.map { $0.reduce(0, +) }
        case .topsis: (values, parts) = Self.topsis(table)
        case .vikor: (values, parts) = Self.vikor(table)
        case .orderedAverage:
            let all = OrderedAverage(orness: orness).parts(of: table)
            parts = all
            values = all.map { $0.reduce(0, +) }
        case .promethee:
            let all = Self.flows(table)
            parts = all
            values = all.map { $0.reduce(0, +) }
        }
        self.parts = parts
        isLessBetter = method == .vikor
        ranks = Self.ranks(values, isLessBetter: isLessBetter)
    }

    /// Scores nearer together than this are equal: they differ by rounding.
    private static let rounding = 1e-12

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

    /// The closeness of each candidate, and it divided among criteria as its squared distance from the
    /// worst is.
    private static func topsis(_ table: CriteriaTable) -> ([Double], [[Double]]) {
        let columns = table.criteria.indices.map { criterion -> [Double] in
            let column = table.column(criterion)
            let norm = column.reduce(0) { $0 + $1 * $1 }.squareRoot()
            let sign: Double = table.criteria[criterion].goal == .max ? 1 : -1
            return column.map {
                norm > 0 ? sign * table.criteria[criterion].weight * $0 / norm : 0
            }
        }
        let ideals = columns.map { (best: $0.max() ?? 0, worst: $0.min() ?? 0) }
        var values: [Double] = []
        var parts: [[Double]] = []
        for row in table.values.indices {
            let ways = zip(columns, ideals).map { column, ideal in
                (best: ideal.best - column[row], worst: column[row] - ideal.worst)
            }
            let toBest = ways.reduce(0) { $0 + $1.best * $1.best }
            let toWorst = ways.reduce(0) { $0 + $1.worst * $1.worst }
            let sum = toBest.squareRoot() + toWorst.squareRoot()
            let value = sum > 0 ? toWorst.squareRoot() / sum : 1
            values.append(value)
            parts.append(
                zip(ways, table.criteria).map {
                    toWorst > 0
                        ? value * $0.worst * $0.worst / toWorst : sum > 0 ? 0 : value * $1.weight
                })
        }
        return (values, parts)
    }

    /// The compromise of each candidate, and it divided among criteria as its shortfalls are.
    private static func vikor(_ table: CriteriaTable) -> ([Double], [[Double]]) {
        let scaled = table.criteria.indices.map {
            if case .function = table.criteria[$0].scale {
                table.scaled($0)
            } else {
                table.ranged($0)
            }
        }
        let shortfalls = table.values.indices.map { row in
            table.criteria.indices.map { table.criteria[$0].weight * (1 - scaled[$0][row]) }
        }
        let sums = shortfalls.map { $0.reduce(0, +) }
        let worsts = shortfalls.map { $0.max() ?? 0 }
        func part(_ value: Double, _ all: [Double]) -> Double {
            let (least, most) = (all.min() ?? 0, all.max() ?? 0)
            return most > least ? (value - least) / (most - least) : 0
        }
        let values = table.values.indices.map {
            0.5 * part(sums[$0], sums) + 0.5 * part(worsts[$0], worsts)
        }
        let parts = table.values.indices.map { row in
            shortfalls[row].map { sums[row] > 0 ? values[row] * $0 / sums[row] : 0 }
        }
        return (values, parts)
    }

    /// What each criterion brings to the net flow of each candidate.
    private static func flows(_ table: CriteriaTable) -> [[Double]] {
        let count = table.values.count
        var flows = [[Double]](
            repeating: Array(repeating: 0, count: table.criteria.count), count: count)
        guard count > 1 else { return flows }
        for (place, criterion) in table.criteria.enumerated() {
            let sign: Double = criterion.goal == .max ? 1 : -1
            let column = table.column(place).map { sign * $0 }
            let sorted = column.sorted()
            for row in 0..<count {
                let below = sorted.partitioningIndex { $0 >= column[row] }
                let above = count - sorted.partitioningIndex { $0 > column[row] }
                flows[row][place] = criterion.weight * Double(below - above) / Double(count - 1)
            }
        }
        return flows
    }
}

extension [Double] {
    /// The first place from which on something is true; it must stay true.
    fileprivate func partitioningIndex(_ isTrue: (Double) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isTrue(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
