internal import Features

/// Numbers of at least 0 that some features of a layer have, such as areas or accuracies.
struct OptionalMeasure: Sendable {
    private let values: [Double?]

    /// Reads the numbers of a batch; a field that is not there has none.
    ///
    /// - Parameters:
    ///   - batch: The features.
    ///   - field: The field.
    ///   - layer: The layer's name, for messages.
    /// - Throws: ``AnalysisError`` (`badField`) naming the first feature whose value is no number of
    ///   at least 0.
    init(of batch: FeatureBatch, field: String, layer: String) throws {
        guard let column = batch[field] else {
            values = Array(repeating: nil, count: batch.count)
            return
        }
        values = try (0..<batch.count).map { row in
            let value = column[row].plain
            if value.isNull || value.text?.isEmpty == true { return nil }
            let number = value.number ?? value.text.flatMap { Double($0) }
            guard let number, number.isFinite, number >= 0 else {
                throw AnalysisError(
                    .badField, at: batch.label(row, of: layer),
                    "\"\(field)\" is \(value), which is no number of at least 0",
                    remedy: "correct the value, or leave it empty where it is unknown")
            }
            return number
        }
    }

    subscript(row: Int) -> Double? { values[row] }
}
