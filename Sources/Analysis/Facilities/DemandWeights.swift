package import Features

/// How much each feature of a layer counts: the weights of demand, the capacities of supply.
package struct DemandWeights: Sendable {
    /// The weight of each feature; 1 where no field was named, 0 where a feature has no value.
    package let values: [Double]
    /// How many features have no value in the field.
    package let missing: Int

    /// Reads the weights of a batch.
    ///
    /// - Parameters:
    ///   - batch: The demand.
    ///   - field: The field; `nil` where each feature counts one.
    ///   - layer: The layer's name, for messages.
    ///   - role: What the numbers are, for messages.
    /// - Throws: ``AnalysisError`` (`badField`) where there is no such field, or naming the first
    ///   feature whose value is no number of at least 0.
    package init(
        of batch: FeatureBatch, field: String?, layer: String, role: String = "weight"
    ) throws {
        guard let field else {
            values = Array(repeating: 1, count: batch.count)
            missing = 0
            return
        }
        guard let column = batch[field] else {
            // Where no feature of a later batch has the field, a reader may give no column for it.
            if batch.count == 0 || batch.firstIndex > 0 {
                values = Array(repeating: 0, count: batch.count)
                missing = batch.count
                return
            }
            let fields = batch.columns.map(\.name)
            let near = Spelling.nearest(to: field, in: fields).map { "did you mean \($0)? " } ?? ""
            throw AnalysisError(
                .badField, at: layer, "has no field \"\(field)\"",
                remedy: near + "its fields are " + fields.joined(separator: ", "))
        }
        var missing = 0
        values = try (0..<batch.count).map { row in
            let value = column[row].plain
            if value.isNull || value.text?.isEmpty == true {
                missing += 1
                return 0
            }
            let number = value.number ?? value.text.flatMap { Double($0) }
            guard let number, number.isFinite, number >= 0 else {
                throw AnalysisError(
                    .badField, at: batch.label(row, of: layer),
                    "the \(role) \"\(field)\" is \(value), which is no number of at least 0",
                    remedy: "correct the value, leave it empty (it then counts 0), or choose "
                        + "another field")
            }
            return number
        }
        self.missing = missing
    }
}
