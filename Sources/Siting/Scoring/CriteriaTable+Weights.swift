#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

extension CriteriaTable {
    /// The table with weights by entropy: a criterion counts the more, the more it tells candidates
    /// apart.
    ///
    /// C.-L. Hwang, K. Yoon, 1981, https://doi.org/10.1007/978-3-642-48318-9, section 3.3.
    ///
    /// - Returns: The table.
    /// - Throws: ``SitingError`` (`badWeight`) where a value is below 0 or all are 0, and where no
    ///   criterion tells candidates apart.
    public func weightedByEntropy() throws -> CriteriaTable {
        let weights = try criteria.indices.map { criterion in
            let column = column(criterion)
            let sum = column.reduce(0, +)
            guard column.allSatisfy({ $0 >= 0 }), sum > 0 else {
                throw SitingError(
                    .badWeight, at: "criterion \"\(criteria[criterion].name)\"",
                    "entropy needs values of at least 0, and one above",
                    remedy: "choose other weights, or shift the values")
            }
            guard column.count > 1 else { return 0.0 }
            let entropy = column.reduce(0.0) { $0 - ($1 > 0 ? $1 / sum * log($1 / sum) : 0) }
            return max(0, 1 - entropy / log(Double(column.count)))
        }
        var result = self
        try result.set(weights)
        return result
    }

    /// The table with weights by CRITIC: a criterion counts the more, the more it varies and the less
    /// it says what others say.
    ///
    /// D. Diakoulaki, G. Mavrotas, L. Papayannakis, 1995,
    /// https://doi.org/10.1016/0305-0548(94)00059-H.
    ///
    /// - Returns: The table.
    /// - Throws: ``SitingError`` (`badWeight`) where no criterion tells candidates apart.
    public func weightedByCRITIC() throws -> CriteriaTable {
        let columns = criteria.indices.map { scaled($0) }
        func deviations(_ column: [Double]) -> [Double] {
            let mean = column.reduce(0, +) / Double(column.count)
            return column.map { $0 - mean }
        }
        let spreads = columns.map(deviations)
        let norms = spreads.map { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() }
        let weights = criteria.indices.map { own in
            criteria.indices.reduce(0.0) { sum, other in
                guard norms[own] > 0, norms[other] > 0 else { return sum + norms[own] }
                let product = zip(spreads[own], spreads[other]).reduce(0) { $0 + $1.0 * $1.1 }
                // Rounding must not make a criterion differ from itself.
                let likeness = own == other ? 1 : product / (norms[own] * norms[other])
                return sum + norms[own] * (1 - likeness)
            }
        }
        var result = self
        try result.set(criteria.count == 1 ? [1] : weights)
        return result
    }
}
