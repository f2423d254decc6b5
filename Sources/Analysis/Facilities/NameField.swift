public import Features

/// Which attribute names a feature to a person.
public enum NameField {
    /// The fields that are taken for a name, the most telling first; compared without case.
    public static let candidates = [
        "name_ko", "name", "name_en", "이름", "명칭", "시설명", "기관명", "학교명", "단지명", "역명",
        "상호명", "상호", "title", "label",
    ]

    /// The name of each feature.
    ///
    /// - Parameter batch: The features.
    /// - Returns: The first of the candidates that is there, `nil` in rows without a value.
    public static func names(of batch: FeatureBatch) -> [String?] {
        let columns = candidates.compactMap { candidate in
            batch.columns.first { $0.name.lowercased() == candidate }?.column
        }
        guard let column = columns.first else { return Array(repeating: nil, count: batch.count) }
        return (0..<batch.count).map { row in
            let value = column[row]
            return value.isNull ? nil : value.plain.description
        }
    }
}
