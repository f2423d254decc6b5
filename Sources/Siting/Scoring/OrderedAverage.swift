#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The ordered weighted average: criteria count by their weight, and by their place among a
/// candidate's own best and worst.
///
/// With the quantifier Q(r) = r^α, α = (1 − orness) / orness, the criterion in place j of a candidate's
/// values, the best first, counts Q(S_j) − Q(S_{j−1}), where S_j is the weight of the first j. Orness
/// 0.5 is the weighted sum; 1 takes the best value (or), 0 the worst (and).
///
/// R. R. Yager, 1988, https://doi.org/10.1109/21.87068, and with weights of criteria 1996,
/// https://doi.org/10.1002/(SICI)1098-111X(199601)11:1%3C49::AID-INT3%3E3.0.CO;2-Z.
struct OrderedAverage {
    /// What criteria are worth for each candidate, the best first.
    let rows: [[(criterion: Int, worth: Double)]]
    private let power: Double

    /// Prepares the average of each candidate.
    init(of table: CriteriaTable, orness: Double) {
        let scaled = table.criteria.indices.map { table.scaled($0) }
        power = orness > 0 ? (1 - orness) / orness : .infinity
        rows = table.values.indices.map { row in
            table.criteria.indices.map { ($0, scaled[$0][row]) }.sorted {
                (-$0.1, $0.0) < (-$1.1, $1.0)
            }
        }
    }

    /// Tells what each criterion brings to the average of a candidate.
    func parts(_ row: Int, _ weights: [Double], _ tell: (Int, Double) -> Void) {
        var (sum, before) = (0.0, 0.0)
        // A criterion without weight has no part, even where one alone decides.
        for (criterion, worth) in rows[row] where weights[criterion] > 0 {
            sum += weights[criterion]
            let now = quantity(sum)
            tell(criterion, (now - before) * worth)
            before = now
        }
    }

    private func quantity(_ share: Double) -> Double {
        if share <= 0 { return 0 }
        // The weights add up to 1 but for rounding.
        if share >= 1 - 1e-12 { return 1 }
        // Of the best alone already the first is enough.
        return power == 0 ? 1 : pow(share, power)
    }
}
