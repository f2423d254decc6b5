public import Features

/// How evenly a score is shared out among all demand, and between and within groups of it.
///
/// The score is any field of the demand: the distance to the nearest facility, an access, an income.
/// All scores are held in memory, some 20 bytes each.
public struct Equity: Sendable {
    /// The field of the score.
    public let scoreField: String
    /// The field that says how much each feature counts; `nil` where each counts one.
    public let weightField: String?
    /// The field whose values are the groups; `nil` for none.
    public let groupField: String?

    /// Creates the operation.
    ///
    /// - Parameters:
    ///   - scoreField: The field of the score.
    ///   - weightField: The field that says how much each feature counts.
    ///   - groupField: The field whose values are the groups.
    public init(of scoreField: String, weightField: String? = nil, groupField: String? = nil) {
        self.scoreField = scoreField
        self.weightField = weightField
        self.groupField = groupField
    }

    /// Scores of a batch.
    public struct Measured: Sendable {
        let scores: [Double?]
        let weights: DemandWeights
        let groups: [String?]
    }

    /// Reads the scores of a batch.
    ///
    /// - Parameters:
    ///   - batch: The demand; positions do not matter.
    ///   - layer: Its layer's name, for messages.
    /// - Returns: The scores, to be added to an ``EquityTally``.
    /// - Throws: ``AnalysisError`` (`badField`) where a field is missing, or naming a feature whose
    ///   score or weight is no number of at least 0.
    public func measure(_ batch: FeatureBatch, layer: String) throws -> Measured {
        Measured(
            scores: try NumberField.numbers(
                scoreField, of: batch, layer: layer, role: "score",
                remedy: "shares of a total need numbers of at least 0: correct the value, leave it "
                    + "empty (the feature then does not count), or choose another field"),
            weights: try DemandWeights(of: batch, field: weightField, layer: layer),
            groups: try groupField.map { try LabelField.labels($0, of: batch, layer: layer) }
                ?? Array(repeating: nil, count: batch.count))
    }
}
