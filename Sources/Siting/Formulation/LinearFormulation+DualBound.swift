extension LinearFormulation {
    /// What any row multipliers prove: no solution costs less, in outward-rounded arithmetic.
    ///
    /// For multipliers u with the sign of their row, `c·x ≥ u·b + Σ (cⱼ − u·aⱼ) xⱼ`, and each column is
    /// taken at the bound where that is least. A multiplier of the wrong sign counts as 0, so that no
    /// list of numbers proves what is not so. Whole numbers are not asked for: it is the dual of the
    /// linear relaxation.
    ///
    /// - Parameter multipliers: One a row.
    /// - Returns: The bound; `nil` where their number is another.
    /// - Complexity: O(terms).
    func dualBound(_ multipliers: [Double]) -> Double? {
        guard multipliers.count == rows, multipliers.allSatisfy(\.isFinite) else { return nil }
        // For each column a sum that is not more than the true one, and of its opposite.
        var below = costs.map { OutwardSum(value: $0) }
        var above = costs.map { OutwardSum(value: -$0) }
        var sum = OutwardSum()
        for row in 0..<rows {
            var multiplier = multipliers[row]
            switch relations[row] {
            case .atMost: multiplier = min(0, multiplier)
            case .atLeast: multiplier = max(0, multiplier)
            case .equal: break
            }
            if multiplier == 0 { continue }
            sum.add(OutwardSum.product(multiplier, sides[row]))
            for term in starts[row]..<starts[row + 1] {
                let column = Int(columns[term])
                below[column].add(OutwardSum.product(-multiplier, coefficients[term]))
                above[column].add(OutwardSum.product(multiplier, coefficients[term]))
            }
        }
        for column in 0..<width {
            // The reduced cost lies between these two.
            let (least, most) = (below[column].value, -above[column].value)
            sum.add(
                min(
                    min(
                        OutwardSum.product(least, lower[column]),
                        OutwardSum.product(most, lower[column])),
                    min(
                        OutwardSum.product(least, upper[column]),
                        OutwardSum.product(most, upper[column]))))
        }
        return sum.value
    }
}
