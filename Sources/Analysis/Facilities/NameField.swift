public import Features

/// Which attribute names a feature to a person.
public enum NameField {
    /// The fields that are taken for a name, the most telling first; compared without case.
    ///
    /// Those with `nm` are what boundaries of the address data and of Statistics Korea call villages,
    /// towns, municipalities and provinces, the smallest first.
    public static let candidates = [
        "name_ko", "name", "name_en", "이름", "명칭", "시설명", "기관명", "학교명", "단지명", "역명",
        "병원명", "사업장명", "상호명", "상호", "title", "label", "li_kor_nm", "emd_kor_nm", "adm_nm",
        "emd_nm", "sig_kor_nm", "sgg_nm", "ctp_kor_nm", "sido_nm", "dan_name", "읍면동명", "시군구명",
        "시도명",
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
