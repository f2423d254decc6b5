public import Features

/// A layer of candidates with their scores.
public struct ScoredLayer: Sendable {
    /// The candidates with `score`, `rank`, and `score_` and the criterion for each of its parts;
    /// `score_reason` says why there is none.
    ///
    /// Where they were asked for also `pareto` (whether no other is better in something and worse in
    /// nothing) and `dominated_by`, and `first_share`, `first_three_share` and `mean_rank`.
    public let batch: FeatureBatch
    /// The criteria with their weights.
    public let criteria: [Criterion]
    /// The scored candidates, by their place in the layer, the best first; equal ones by identifier.
    public let order: [Int]
    /// The weights of each criterion with which the winner stays the winner, by
    /// ``Scores/stableWeights(of:_:by:orness:)``.
    public let stableWeights: [ClosedRange<Double>]

    /// How weights are found.
    public enum Weighting: Sendable {
        /// Those of the criteria.
        case given
        /// By entropy, ``CriteriaTable/weightedByEntropy()``.
        case entropy
        /// By CRITIC, ``CriteriaTable/weightedByCRITIC()``.
        case critic
        /// By points for swings, ``CriteriaTable/weightedBySwing(_:)``.
        case swing([Double])
    }

    /// How often each candidate has each rank whatever the weights; `nil` where that was not asked.
    public let acceptability: RankAcceptability?

    /// What else is told of candidates.
    public struct Extras: Sendable {
        /// Of the ordered average: from 0, where the worst value decides, to 1, where the best does.
        public var orness = 0.5
        /// Whether the front of candidates that none dominates is told.
        public var tellsPareto = false
        /// How many weights are drawn to tell how often each candidate has each rank; `nil` for none.
        public var draws: Int?
        /// The seed of the draws.
        public var seed: UInt64 = 1

        /// Nothing else.
        public init() {}
    }

    /// Scores a layer.
    ///
    /// - Parameters:
    ///   - batch: The candidates.
    ///   - layer: Its name, for messages.
    ///   - criteria: The criteria; candidates without a value of one have no score.
    ///   - method: How criteria are brought together.
    ///   - weighting: How weights are found.
    ///   - extras: What else is told.
    /// - Throws: ``SitingError`` for a field that is missing or holds no numbers, and where no candidate
    ///   has all values.
    /// - Complexity: O(n m log n) for n candidates and m criteria.
    public init(
        _ batch: FeatureBatch, layer: String, by criteria: [Criterion], _ method: Scores.Method,
        weighting: Weighting = .given, extras: Extras = Extras()
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
        case .swing(let points): table = try table.weightedBySwing(points)
        }
        let scores = Scores(of: table, by: method, orness: extras.orness)
        self.criteria = table.criteria
        let ids = rows.map { batch.id($0) ?? "" }
        order = rows.indices.sorted {
            (scores.ranks[$0], ids[$0], $0) < (scores.ranks[$1], ids[$1], $1)
        }.map { rows[$0] }
        acceptability = try extras.draws.map {
            try RankAcceptability(
                of: table, by: method, orness: extras.orness, draws: $0, seed: extras.seed)
        }
        stableWeights = criteria.indices.map {
            Scores.stableWeights(of: table, $0, by: method, orness: extras.orness)
        }
        var place = [Int?](repeating: nil, count: batch.count)
        for (at, row) in rows.enumerated() { place[row] = at }
        var result = batch
        result.set("score", .double(place.map { $0.map { scores.values[$0] } }))
        result.set("rank", .int(place.map { $0.map { scores.ranks[$0] } }))
        for (criterion, name) in criteria.map(\.name).enumerated() {
            result.set(
                "score_\(name)", .double(place.map { $0.map { scores.parts[$0][criterion] } }))
        }
        if extras.tellsPareto {
            let dominators = ParetoFront.dominators(of: table)
            result.set("pareto", .bool(place.map { $0.map { dominators[$0] == nil } }))
            result.set(
                "dominated_by",
                .string(
                    place.map { at in
                        at.flatMap { dominators[$0] }.map {
                            batch.id(rows[$0]) ?? String(batch.firstIndex + rows[$0] + 1)
                        }
                    }))
        }
        if let acceptability {
            for (name, shares) in [
                ("first_share", acceptability.first),
                ("first_three_share", acceptability.firstThree),
                ("mean_rank", acceptability.meanRank),
            ] {
                result.set(name, .double(place.map { $0.map { shares[$0] } }))
            }
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
