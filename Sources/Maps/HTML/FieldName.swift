/// What popups call attributes, in Korean and English.
package enum FieldName {
    /// The names of an attribute: those of a known one, else its own with spaces.
    package static func of(_ field: String) -> MapName {
        if let (korean, english) = known[field] { return MapName(korean, english) }
        for (ending, korean, english) in endings where field.hasSuffix(ending) {
            let stem = String(field.dropLast(ending.count))
            guard let (name, words) = known[stem] else {
                return MapName(nil, "\(spaced(stem)), \(english)")
            }
            return MapName("\(name) \(korean)", "\(words), \(english)")
        }
        return MapName(nil, spaced(field))
    }

    private static func spaced(_ field: String) -> String {
        String(field.map { $0 == "_" ? " " : $0 })
    }

    private static let endings = [
        ("_date", "일자", "date"), ("_km2", "(km²)", "km²"), ("_km", "거리 (km)", "km"),
        ("_m", "(m)", "m"), ("_share", "비율", "share"), ("_count", "개수", "count"),
        ("_name", "이름", "name"), ("_id", "번호", "identifier"), ("_ko", "(한국어)", "Korean"),
        ("_en", "(영어)", "English"),
    ]

    private static let known: [String: (String, String)] = [
        "name": ("이름", "name"), "name_ko": ("한국어 이름", "Korean name"),
        "name_en": ("영어 이름", "English name"), "aliases": ("다른 이름", "other names"),
        "kind": ("종류", "kind"), "layer": ("층", "layer"), "status": ("상태", "status"),
        "province": ("시·도", "province"), "municipality": ("시·군·구", "municipality"),
        "municipality_code": ("시·군·구 코드", "municipality code"), "code": ("코드", "code"),
        "position_accuracy_m": ("위치 정확도 (m)", "accuracy of the position, m"),
        "position_basis": ("위치 근거", "basis of the position"), "sources": ("출처", "sources"),
        "area_km2": ("면적 (km²)", "area, km²"), "area": ("면적", "area"),
        "population": ("인구", "population"), "population_planned": ("계획 인구", "planned population"),
        "students": ("학생 수", "students"), "firms": ("기업 수", "firms"),
        "employees": ("종사자 수", "employees"), "employment": ("고용", "employment"),
        "designated": ("지정", "designated"), "founded": ("설립", "founded"),
        "opened": ("개장", "opened"), "completed": ("준공", "completed"),
        "announced": ("발표", "announced"), "type": ("유형", "type"), "level": ("등급", "level"),
        "rank": ("순위", "rank"), "score": ("점수", "score"), "weight": ("가중치", "weight"),
        "demand": ("수요", "demand"), "covered": ("포함 여부", "covered"),
        "within": ("거리 안", "within"), "distance": ("거리", "distance"),
        "nearest": ("가장 가까운 곳", "nearest"), "radius": ("반경", "radius"),
        "universities": ("대학", "universities"), "count": ("개수", "count"),
        "total": ("합계", "total"), "share": ("비율", "share"), "role": ("역할", "role"),
        "cluster": ("클러스터", "cluster"), "group": ("묶음", "group"), "url": ("주소", "address"),
        "from": ("출발", "from"), "to": ("도착", "to"), "year": ("연도", "year"),
        "footprint": ("범위 표시", "footprint"), "sector": ("분야", "sector"),
        "sectors": ("분야", "sectors"), "institutions": ("기관 수", "institutions"),
        "purpose": ("목적", "purpose"), "operator": ("운영 기관", "operator"),
        "description": ("설명", "description"), "note": ("비고", "note"),
    ]
}
