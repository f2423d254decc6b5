package import Features

/// Numbers of at least 0 in a field of a layer: weights, capacities, scores.
enum NumberField {
    /// Reads the numbers of a batch.
    ///
    /// - Parameters:
    ///   - field: The field; numbers may also stand in texts.
    ///   - batch: The features.
    ///   - layer: The layer's name, for messages.
    ///   - role: What the numbers are, for messages.
    ///   - remedy: What to do about a value that is none.
    /// - Returns: The number of each feature; `nil` where a feature has no value.
    /// - Throws: ``AnalysisError`` (`badField`) where there is no such field, or naming the first
    ///   feature whose value is no number of at least 0.
    static func numbers(
        _ field: String, of batch: FeatureBatch, layer: String, role: String, remedy: String
    ) throws -> [Double?] {
        let column = try FieldOfLayer.column(field, of: batch, layer: layer)
        return try numbers(column, "the \(role) \"\(field)\"", of: batch, layer, remedy)
    }

    /// Reads numbers that only some layers have, such as areas or accuracies.
    ///
    /// - Parameters:
    ///   - field: The field; numbers may also stand in texts.
    ///   - batch: The features.
    ///   - layer: The layer's name, for messages.
    /// - Returns: The number of each feature; `nil` where a feature has no value, and for all where
    ///   there is no such field.
    /// - Throws: ``AnalysisError`` (`badField`) naming the first feature whose value is no number of
    ///   at least 0.
    static func known(
        _ field: String, of batch: FeatureBatch, layer: String
    ) throws -> [Double?] {
        try numbers(
            batch[field], "\"\(field)\"", of: batch, layer,
            "correct the value, or leave it empty where it is unknown")
    }

    /// Reads the numbers of a batch where each feature has one and it needs no second look.
    ///
    /// - Parameters:
    ///   - field: The field.
    ///   - batch: The features.
    ///   - layer: The layer's name, for messages.
    /// - Returns: The column as it is; `nil` where ``numbers(_:of:layer:role:remedy:)`` is to be asked.
    /// - Throws: ``AnalysisError`` (`badField`) where there is no such field.
    static func plain(
        _ field: String, of batch: FeatureBatch, layer: String
    ) throws -> [Double]? {
        try FieldOfLayer.column(field, of: batch, layer: layer)?.plainNumbers
    }

    private static func numbers(
        _ column: Column?, _ what: String, of batch: FeatureBatch, _ layer: String,
        _ remedy: String
    ) throws -> [Double?] {
        guard let column else { return Array(repeating: nil, count: batch.count) }
        if let plain = column.plainNumbers { return plain }
        return try (0..<batch.count).map { row in
            let value = column[row].plain
            if value.isNull || value.text?.isEmpty == true { return nil }
            let number = value.number ?? value.text.flatMap { Double($0) }
            guard let number, number.isFinite, number >= 0 else {
                throw AnalysisError(
                    .badField, at: batch.label(row, of: layer),
                    "\(what) is \(value), which is no number of at least 0", remedy: remedy)
            }
            return number
        }
    }
}

extension Column {
    /// The numbers where every row has one that is finite and at least 0; `nil` otherwise.
    fileprivate var plainNumbers: [Double]? {
        guard validity.isAllValid, case .double(let values) = storage,
            values.allSatisfy({ $0 >= 0 && $0 < .infinity })
        else { return nil }
        return values
    }
}

/// Labels in a field of a layer, by which features are told apart: provinces, kinds.
package enum LabelField {
    /// Reads the labels of a batch.
    ///
    /// - Parameters:
    ///   - field: The field.
    ///   - batch: The features.
    ///   - layer: The layer's name, for messages.
    /// - Returns: The label of each feature as text; `nil` where a feature has no value.
    /// - Throws: ``AnalysisError`` (`badField`) where there is no such field.
    package static func labels(
        _ field: String, of batch: FeatureBatch, layer: String
    ) throws -> [String?] {
        guard let column = try FieldOfLayer.column(field, of: batch, layer: layer) else {
            return Array(repeating: nil, count: batch.count)
        }
        return (0..<batch.count).map { row in
            let value = column[row].plain
            return value.isNull || value.text?.isEmpty == true ? nil : value.description
        }
    }
}

/// A field that a person named.
private enum FieldOfLayer {
    /// The column of a field; `nil` where a later batch lacks it.
    static func column(_ field: String, of batch: FeatureBatch, layer: String) throws -> Column? {
        if let column = batch[field] { return column }
        // Where no feature of a later batch has the field, a reader may give no column for it.
        if batch.count == 0 || batch.firstIndex > 0 { return nil }
        let fields = batch.columns.map(\.name)
        let near = Spelling.nearest(to: field, in: fields).map { "did you mean \($0)? " } ?? ""
        throw AnalysisError(
            .badField, at: layer, "has no field \"\(field)\"",
            remedy: near + "its fields are " + fields.joined(separator: ", "))
    }
}
