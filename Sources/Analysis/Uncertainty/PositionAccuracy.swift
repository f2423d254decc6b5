internal import Features

/// How far positions may lie from where things truly are.
public indirect enum PositionAccuracy: Hashable, Sendable {
    /// So many metres, for all of them.
    case metres(Double)
    /// As many metres as a field says: `position_accuracy_m`.
    case field(String)
    /// One for the features that are measured, another for the facilities.
    case sides(moving: PositionAccuracy, fixed: PositionAccuracy)

    /// That of the features that are measured.
    var moving: PositionAccuracy {
        if case .sides(let moving, _) = self { moving.moving } else { self }
    }

    /// That of the facilities.
    var fixed: PositionAccuracy {
        if case .sides(_, let fixed) = self { fixed.fixed } else { self }
    }

    /// Reads the accuracies of a batch.
    ///
    /// - Parameters:
    ///   - batch: The features.
    ///   - layer: The layer's name, for messages.
    /// - Returns: Metres for each feature, and how many have no value and are taken as exact.
    /// - Throws: ``AnalysisError`` (`badField`) where there is no such field, or naming the first
    ///   feature whose accuracy is no number of at least 0; (`badArgument`) for metres below 0.
    func values(
        of batch: FeatureBatch, layer: String
    ) throws -> (metres: [Double], missing: Int) {
        switch self {
        case .sides: return try moving.values(of: batch, layer: layer)
        case .metres(let metres):
            guard metres.isFinite, metres >= 0 else {
                throw AnalysisError(
                    .badArgument, at: "", "an accuracy of \(metres) m is none",
                    remedy: "give a distance of at least 0, or a field")
            }
            return (Array(repeating: metres, count: batch.count), 0)
        case .field(let field):
            try Self.check(field, batch, layer)
            let values = try NumberField.numbers(
                field, of: batch, layer: layer, role: "accuracy",
                remedy: "correct the value, or leave it empty (the position then counts as exact)")
            return (values.map { $0 ?? 0 }, values.count { $0 == nil })
        }
    }

    /// Says where a field is missing that a distance can stand for.
    private static func check(_ field: String, _ batch: FeatureBatch, _ layer: String) throws {
        do {
            _ = try NumberField.plain(field, of: batch, layer: layer)
        } catch let error as AnalysisError {
            throw AnalysisError(
                error.code, at: error.place, error.problem,
                remedy: (error.remedy ?? "")
                    + "; a side without one takes a distance, what is measured first: "
                    + "\(field),500m or 500m,\(field)")
        }
    }
}

/// Whether an answer would be the same wherever things truly are, within their accuracy.
public enum Stability: String, Hashable, Sendable {
    /// It would.
    case stable
    /// Another answer cannot be excluded.
    case fragile

    init(isStable: Bool) { self = isStable ? .stable : .fragile }
}
