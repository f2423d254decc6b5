public import Features

/// How much each feature of a layer counts.
public struct FeatureAmounts: Sendable {
    /// The amount of each; 1 where no field was named, 0 where a feature has no value.
    public let values: [Double]
    /// How many features have no value in the field.
    public let missing: Int

    /// Reads the amounts of a layer.
    ///
    /// - Parameters:
    ///   - batch: The layer.
    ///   - field: The field; `nil` where each feature counts one.
    ///   - layer: The layer's name, for messages.
    /// - Throws: ``AnalysisError`` (`badField`) where there is no such field, or naming the first
    ///   feature whose value is no number of at least 0.
    public init(of batch: FeatureBatch, field: String?, layer: String) throws {
        let weights = try DemandWeights(of: batch, field: field, layer: layer)
        values = weights.values
        missing = weights.missing
    }
}
