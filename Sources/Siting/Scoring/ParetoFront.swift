/// Which candidates are as good as another in everything and better in something.
public enum ParetoFront {
    /// For each candidate the first of the front that dominates it.
    ///
    /// A candidate is dominated where another is at least as good by each criterion, and better by
    /// one; weights have no part in it. Those that are equal in everything do not dominate each
    /// other.
    ///
    /// - Parameter table: The candidates and criteria.
    /// - Returns: A candidate by its place, that itself is not dominated; `nil` for those on the
    ///   front.
    /// - Complexity: O(n log n + n f m) for n candidates, m criteria and f candidates on the front.
    public static func dominators(of table: CriteriaTable) -> [Int?] {
        let signs: [Double] = table.criteria.map { $0.goal == .max ? 1 : -1 }
        let rows = table.values.map { row in zip(signs, row).map { $0 * $1 } }
        // Who dominates another stands before it in this order.
        let order = rows.indices.sorted {
            rows[$0] == rows[$1] ? $0 < $1 : rows[$1].lexicographicallyPrecedes(rows[$0])
        }
        var front: [Int] = []
        var dominators = [Int?](repeating: nil, count: rows.count)
        for row in order {
            let dominator = front.filter { other in
                rows[other] != rows[row] && zip(rows[other], rows[row]).allSatisfy { $0 >= $1 }
            }.min()
            dominators[row] = dominator
            if dominator == nil { front.append(row) }
        }
        return dominators
    }
}
