/// How criteria are brought together, with all of it prepared that does not hang on their weights.
struct ScoringRule {
    private let form: Form
    /// Whether less is better.
    let isLessBetter: Bool

    /// A column a criterion, a row a candidate.
    private typealias Columns = [[Double]]

    private enum Form {
        /// The sum of what each criterion brings, which is its weight times what stands here.
        case sum(Columns)
        /// TOPSIS: how far candidates are below the best and above the worst.
        case nearness(best: Columns, worst: Columns)
        /// VIKOR: how much candidates fall short of the best.
        case compromise(Columns)
        /// The ordered average.
        case ordered(OrderedAverage)
    }

    /// Prepares the rule; the weights of the table have no part in it.
    ///
    /// - Complexity: O(n m log n) for n candidates and m criteria.
    init(of table: CriteriaTable, by method: Scores.Method, orness: Double) {
        let all = table.criteria.indices
        switch method {
        case .weightedSum: form = .sum(all.map { table.scaled($0) })
        case .promethee: form = .sum(all.map { Self.flows(table, $0) })
        case .topsis:
            let ways = all.map { Self.ways(table, $0) }
            form = .nearness(best: ways.map(\.best), worst: ways.map(\.worst))
        case .vikor:
            form = .compromise(
                all.map { place in
                    let isWorth =
                        if case .function = table.criteria[place].scale { true } else { false }
                    return (isWorth ? table.scaled(place) : table.ranged(place)).map { 1 - $0 }
                })
        case .orderedAverage: form = .ordered(OrderedAverage(of: table, orness: orness))
        }
        isLessBetter = method == .vikor
    }

    /// What each criterion brings times its weight, where the score is just the sum of these.
    var linear: [[Double]]? {
        if case .sum(let columns) = form { columns } else { nil }
    }

    /// The score of each candidate with weights that add up to 1.
    ///
    /// - Complexity: O(n m); the ordered average O(n m) powers.
    func values(_ weights: [Double]) -> [Double] {
        switch form {
        case .sum(let columns): return Self.sums(columns, weights)
        case .nearness(let best, let worst):
            let squares = weights.map { $0 * $0 }
            let toBest = Self.sums(best, squares)
            let toWorst = Self.sums(worst, squares)
            return zip(toBest, toWorst).map { best, worst in
                let sum = best.squareRoot() + worst.squareRoot()
                return sum > 0 ? worst.squareRoot() / sum : 1
            }
        case .compromise(let shortfalls):
            let sums = Self.ranged(Self.sums(shortfalls, weights))
            var worsts = [Double](repeating: 0, count: sums.count)
            for (weight, column) in zip(weights, shortfalls) {
                for row in worsts.indices { worsts[row] = max(worsts[row], weight * column[row]) }
            }
            return zip(sums, Self.ranged(worsts)).map { 0.5 * $0 + 0.5 * $1 }
        case .ordered(let average):
            return average.rows.indices.map { row in
                var sum = 0.0
                average.parts(row, weights) { sum += $1 }
                return sum
            }
        }
    }

    /// What each criterion brings to some scores.
    func parts(_ weights: [Double], of values: [Double]) -> [[Double]] {
        switch form {
        case .sum(let columns):
            return values.indices.map { row in zip(weights, columns).map { $0 * $1[row] } }
        case .nearness(_, let worst):
            return values.indices.map { row in
                let ways = zip(weights, worst).map { $0 * $0 * $1[row] }
                let sum = ways.reduce(0, +)
                return zip(ways, weights).map { way, weight in
                    sum > 0 ? values[row] * way / sum : values[row] * weight
                }
            }
        case .compromise(let shortfalls):
            return values.indices.map { row in
                let own = zip(weights, shortfalls).map { $0 * $1[row] }
                let sum = own.reduce(0, +)
                return own.map { sum > 0 ? values[row] * $0 / sum : 0 }
            }
        case .ordered(let average):
            return values.indices.map { row in
                var parts = [Double](repeating: 0, count: weights.count)
                average.parts(row, weights) { parts[$0] = $1 }
                return parts
            }
        }
    }

    private static func sums(_ columns: Columns, _ weights: [Double]) -> [Double] {
        var sums = [Double](repeating: 0, count: columns.first?.count ?? 0)
        for (weight, column) in zip(weights, columns) {
            for row in sums.indices { sums[row] += weight * column[row] }
        }
        return sums
    }

    /// Values from 0, the least, to 1, the most; 0 where all are the same.
    private static func ranged(_ values: [Double]) -> [Double] {
        let (least, most) = (values.min() ?? 0, values.max() ?? 0)
        return values.map { most > least ? ($0 - least) / (most - least) : 0 }
    }

    /// The squares of how far each candidate is below the best of a criterion and above the worst, in
    /// parts of the length of all its values.
    private static func ways(
        _ table: CriteriaTable, _ criterion: Int
    ) -> (best: [Double], worst: [Double]) {
        let column = table.column(criterion)
        let norm = column.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let sign: Double = table.criteria[criterion].goal == .max ? 1 : -1
        let parts = column.map { norm > 0 ? sign * $0 / norm : 0 }
        let (best, worst) = (parts.max() ?? 0, parts.min() ?? 0)
        return (
            parts.map { (best - $0) * (best - $0) }, parts.map { ($0 - worst) * ($0 - worst) }
        )
    }

    /// The net flow of each candidate by one criterion: the share of the others it is better than, less
    /// that of those that are better.
    private static func flows(_ table: CriteriaTable, _ criterion: Int) -> [Double] {
        let sign: Double = table.criteria[criterion].goal == .max ? 1 : -1
        let column = table.column(criterion).map { sign * $0 }
        guard column.count > 1 else { return [0] }
        let sorted = column.sorted()
        return column.map { value in
            let below = sorted.partitioningIndex { $0 >= value }
            let above = column.count - sorted.partitioningIndex { $0 > value }
            return Double(below - above) / Double(column.count - 1)
        }
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
