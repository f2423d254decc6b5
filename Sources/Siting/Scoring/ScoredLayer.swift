public import Features

/// A layer of candidates with their scores.
public struct ScoredLayer: Sendable {
    /// The candidates with `score`, `rank`, and where the score is a sum, `score_` and the criterion for
    /// each of its parts; `score_reason` says why there is none.
    public let batch: FeatureBatch
    /// The criteria with their weights.
    public let criteria: [Criterion]
    /// The scored candidates, by their place in the layer, the best first; equal ones in their order.
    public let order: [Int]
    /// The weights of each criterion with which the winner stays the winner; of a weighted sum only.
    public let stableWeights: [ClosedRange<Double>]?

    /// How weights are found.
    public enum Weighting: Sendable {
        /// Those of the criteria.
        case given
        /// By entropy, ``CriteriaTable/weightedByEntropy()``.
        case entropy
        /// By CRITIC, ``CriteriaTable/weightedByCRITIC()``.
        case critic
    }

    /// Scores a layer.
    ///
    /// - Parameters:
    ///   - batch: The candidates.
    ///   - layer: Its name, for messages.
    ///   - criteria: The criteria; candidates without a value of one have no score.
    ///   - method: How criteria are brought together.
    ///   - weighting: How weights are found.
    /// - Throws: ``SitingError`` for a field that is missing or holds no numbers, and where no candidate
    ///   has all values.
    /// - Complexity: O(n m log n) for n candidates and m criteria.
    public init(
        _ batch: FeatureBatch, layer: String, by criteria: [Criterion], _ method: Scores.Method,
        weighting: Weighting = .given
    ) throws {
        let columns = try criteria.map { criterion -> [Double?] in
            guard let column = batch[criterion.name] else {
                throw SitingError(
                    .badArgument, at: layer, "has no field \"\(criterion.name)\"",
                    remedy: "its fields are "
                        + batch.columns.map(\.name).joined(separator: ", "))
            }
            return try (0..<batch.count).map { row in
                let value = column[row].plain
                if value.isNull || value.text?.isEmpty == true { return nil }
                if let number = value.number ?? value.text.flatMap({ Double($0) }),
                    number.isFinite
                {
                    return number
                }
                throw SitingError(
                    .badCost, at: "\(layer), feature \(batch.firstIndex + row + 1)",
                    "\"\(criterion.name)\" is \(value), which is no number",
                    remedy: "correct it, or leave it empty: the candidate then has no score")
            }
        }
        let rows = (0..<batch.count).filter { row in columns.allSatisfy { $0[row] != nil } }
        if rows.isEmpty {
            throw SitingError(
                .empty, at: layer, "holds no candidate with a value of each criterion",
                remedy: "choose other criteria, or complete the values")
        }
        var table = try CriteriaTable(
            criteria, rows.map { row in columns.map { $0[row] ?? 0 } })
        switch weighting {
        case .given: break
        case .entropy: table = try table.weightedByEntropy()
        case .critic: table = try table.weightedByCRITIC()
        }
        let scores = Scores(of: table, by: method)
        self.criteria = table.criteria
        order = rows.indices.sorted { (scores.ranks[$0], $0) < (scores.ranks[$1], $1) }
            .map { rows[$0] }
        stableWeights =
            method == .weightedSum
            ? criteria.indices.map { Scores.stableWeights(of: table, $0) } : nil
        var place = [Int?](repeating: nil, count: batch.count)
        for (at, row) in rows.enumerated() { place[row] = at }
        var result = batch
        result.set("score", .double(place.map { $0.map { scores.values[$0] } }))
        result.set("rank", .int(place.map { $0.map { scores.ranks[$0] } }))
        for (criterion, name) in criteria.map(\.name).enumerated() {
            guard let parts = scores.parts else { break }
            result.set(
                "score_\(name)", .double(place.map { $0.map { parts[$0][criterion] } }))
        }
        result.set(
            "score_reason",
            .string(
                (0..<batch.count).map { row in
                    let lacking = criteria.indices.first { columns[$0][row] == nil }
                    return lacking.map { "has no \(criteria[$0].name)" }
                }))
        self.batch = result
    }
}
