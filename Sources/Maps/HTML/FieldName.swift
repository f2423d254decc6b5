/// What popups call attributes, in Korean and English.
package enum FieldName {
    /// The names of an attribute: those of a known one, else its own with spaces.
    package static func of(_ field: String) -> MapName {
        if let name = known(field) { return name }
        for (ending, korean, english) in endings where field.hasSuffix(ending) {
            let stem = String(field.dropLast(ending.count))
            guard let (name, words) = known[stem] else {
                return MapName(nil, "\(spaced(stem)), \(english)")
            }
            return MapName("\(name) \(korean)", "\(words), \(english)")
        }
        return MapName(nil, spaced(field))
    }

    /// The names of a known attribute.
    package static func known(_ field: String) -> MapName? {
        known[field].map { MapName($0.0, $0.1) }
    }

    private static func spaced(_ field: String) -> String {
        String(field.map { $0 == "_" ? " " : $0 })
    }

    private static let endings = [
        ("_100m_krw", "(억 원)", "100 million won"), ("_krw_bn", "(10억 원)", "billion won"),
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
        "campus": ("캠퍼스", "campus"), "complex_type": ("단지 유형", "type of complex"),
        "council": ("연구회", "council"), "ownership": ("설립 구분", "ownership"),
        "destination": ("이전지", "destination"), "relocated": ("이전", "relocated"),
        "relocated_staff": ("이전 인원", "staff relocated"), "staff": ("인원", "staff"),
        "tenants": ("입주 기업 수", "tenants"), "jobs": ("일자리", "jobs"),
        "ministry": ("주무 부처", "ministry"), "lead": ("주관", "lead"),
        "partners": ("협력 기관", "partners"), "theme": ("주제", "theme"),
        "content": ("내용", "content"), "programme": ("사업", "programme"),
        "field": ("분야", "field"), "fields": ("분야", "fields"),
        "industries": ("산업", "industries"), "main_industries": ("주요 산업", "main industries"),
        "region": ("지역", "region"), "regions": ("지역", "regions"), "lines": ("노선", "lines"),
        "municipalities": ("시·군·구", "municipalities"), "managed_by": ("관리 기관", "managed by"),
        "moved_from": ("이전하기 전의 곳", "moved from"),
        "proposed_destination": ("제안된 이전지", "proposed destination"),
        "anchor_institute": ("거점 기관", "anchor institute"),
        "area_anchor": ("거점 면적", "area of the anchor"),
        "area_hinterland": ("배후 면적", "area of the hinterland"),
        "area_planned": ("계획 면적", "area planned"), "area_2019": ("2019년 면적", "area in 2019"),
        "managed_area": ("관리 면적", "managed area"),
        "extension_requested": ("요청한 확장 면적", "extension requested"),
        "budget": ("예산", "budget"), "state_budget": ("국비", "state budget"),
        "local_budget": ("지방비", "local budget"), "private_budget": ("민간 부담", "private budget"),
        "project_cost": ("사업비", "project cost"),
        "planned_funding": ("계획 사업비", "planned funding"),
        // What operations add.
        "demand_count": ("대상 수", "demand, count"),
        "demand_weight": ("대상 가중치 합", "demand, weight"),
        "covered_count": ("범위 안", "covered"), "covered_share": ("범위 안 비율", "share covered"),
        "covered_weight": ("범위 안 가중치", "weight covered"),
        "covered_weight_share": ("범위 안 가중치 비율", "share of weight"),
        "demand_weight_share": ("가중치 비율", "share of weight"),
        "nearest_id": ("가장 가까운 곳", "nearest"), "facility_id": ("시설", "facility"),
        "from_id": ("출발", "from"), "to_id": ("도착", "to"),
        "from_layer": ("출발 층", "layer"), "to_layer": ("도착 층", "to layer"),
        "mean_distance": ("평균 거리", "mean distance"),
        "median_distance": ("중앙값 거리", "median distance"),
        "max_distance": ("최대 거리", "greatest distance"),
        "mean_cost": ("평균 비용(거리는 m)", "mean cost (distances: m)"),
        "max_cost": ("최대 비용(거리는 m)", "greatest cost (distances: m)"),
        "limit": ("기준", "limit"), "least_radius": ("최소 반경", "least radius"),
        "greatest_radius": ("최대 반경", "greatest radius"), "strength": ("세기", "strength"),
        "access": ("닿는 공급", "within reach"), "reached_count": ("닿는 곳 수", "places reached"),
        "amount": ("양", "amount"), "quotient": ("입지계수(LQ)", "location quotient"),
        "hubs": ("거점 수", "hubs"), "stability": ("안정성", "stability"), "set": ("조합", "set"),
        "members": ("구성", "members"),
        "best_count": ("최적점의 수", "count at the best place"),
        "best_weight": ("최적점이 채우는 가중치", "weight the best place fills"),
        "weight_per_km2": ("km²당 가중치", "weight per km²"), "degree": ("연결 수", "degree"),
        "betweenness": ("매개 중심성", "betweenness"), "closeness": ("근접 중심성", "closeness"),
        "weight_within": ("안쪽 합계", "weight within"),
    ]
}
