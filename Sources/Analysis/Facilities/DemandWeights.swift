public import Features

/// How much each feature of a layer counts: the weights of demand, the capacities of supply.
public struct DemandWeights: Sendable {
    /// The weight of each feature; 1 where no field was named, 0 where a feature has no value.
    public let values: [Double]
    /// How many features have no value in the field.
    public let missing: Int

    /// Reads the weights of a batch.
    ///
    /// - Parameters:
    ///   - batch: The demand.
    ///   - field: The field; `nil` where each feature counts one.
    ///   - layer: The layer's name, for messages.
    ///   - role: What the numbers are, for messages.
    /// - Throws: ``AnalysisError`` (`badField`) where there is no such field, or naming the first
    ///   feature whose value is no number of at least 0.
    public init(
        of batch: FeatureBatch, field: String?, layer: String, role: String = "weight"
    ) throws {
        guard let field else {
            values = Array(repeating: 1, count: batch.count)
            missing = 0
            return
        }
        if let plain = try NumberField.plain(field, of: batch, layer: layer) {
            values = plain
            missing = 0
            return
        }
        let numbers = try Self.known(of: batch, field: field, layer: layer, role: role)
        values = numbers.map { $0 ?? 0 }
        missing = numbers.count { $0 == nil }
    }

    /// Reads the weights of a batch of which some may not be known.
    ///
    /// - Parameters:
    ///   - batch: The demand.
    ///   - field: The field; `nil` where each feature counts one.
    ///   - layer: The layer's name, for messages.
    ///   - role: What the numbers are, for messages.
    /// - Returns: The weight of each feature; `nil` where it has no value.
    /// - Throws: As ``init(of:field:layer:role:)``.
    static func known(
        of batch: FeatureBatch, field: String?, layer: String, role: String = "weight"
    ) throws -> [Double?] {
        guard let field else { return Array(repeating: 1, count: batch.count) }
        return try NumberField.numbers(
            field, of: batch, layer: layer, role: role,
            remedy: "correct the value, leave it empty (it then counts 0), or choose another field")
    }
}
