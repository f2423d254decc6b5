/// What a column of somebody's table can mean for a record.
public enum ImportField: String, Hashable, Sendable, CaseIterable {
    /// The Korean name.
    case nameKO = "name_ko"
    /// The English name.
    case nameEN = "name_en"
    /// The identifier it has in its source.
    case sourceID = "source_id"
    /// The address, from which the municipality is read.
    case address
    /// The province.
    case province
    /// The municipality.
    case municipality
    /// The legal code of the municipality, or a longer code that begins with it.
    case code
    /// The area.
    case area = "area_km2"
    /// The type: national, general, university, junior college.
    case type
    /// Who owns it.
    case ownership
    /// The year of foundation.
    case founded
    /// The date of designation.
    case designated
    /// The date of completion.
    case completed
    /// The status.
    case status
    /// The number of tenants.
    case tenants
    /// The number of people at work.
    case employees
    /// The address of its pages.
    case homepage
    /// The category of a parcel of land.
    case landCategory = "land_category_ko"
    /// The published price of a parcel of land, won a square metre.
    case landPrice = "land_price_krw_m2"

    /// How headers of official files call it, in small letters without spaces and signs; the more
    /// telling first.
    var headers: [String] {
        switch self {
        case .nameKO:
            [
                "단지명", "산업단지명", "산단명", "단지명칭", "학교명", "대학명", "학교명칭", "기관명", "시설명",
                "명칭", "한글명", "국문명", "이름", "사업명", "지구명", "단지이름", "namekor", "nameko",
                "dannm", "danname", "name", "nm",
            ]
        case .nameEN:
            ["영문명", "영문학교명", "학교영문명", "영문명칭", "nameen", "nameeng", "engname", "englishname"]
        case .sourceID: ["관리번호", "고유번호", "단지코드", "학교코드", "기관코드", "danid", "id", "no", "연번"]
        case .address:
            [
                "소재지도로명주소", "도로명주소", "소재지지번주소", "지번주소", "소재지전체주소", "주소", "소재지",
                "roadaddress", "address", "addr", "위치",
            ]
        case .province: ["시도명", "시도", "광역시도", "sidonm", "sido", "province"]
        case .municipality:
            ["시군구명", "시군구", "sigungunm", "sigungu", "sggnm", "municipality", "city"]
        case .code:
            [
                "시군구코드", "sigungucode", "sigungucd", "sggcd", "sigcd", "법정동코드", "emdcd",
                "admsectcd", "pnu", "필지고유번호", "municipalitycode",
            ]
        case .area:
            [
                "지정면적", "단지면적", "총면적", "전체면적", "부지면적", "대지면적", "토지면적", "면적",
                "designatedareakm2", "designatedarea", "areakm2", "area",
            ]
        case .type:
            [
                "단지유형", "산업단지유형", "단지구분", "유형", "학교구분", "대학구분", "학제", "학교종류", "구분",
                "type", "level",
            ]
        case .ownership: ["설립형태구분", "설립구분", "설립형태", "설립유형", "국공립구분", "설립", "ownership"]
        case .founded: ["설립일자", "설립일", "설립연도", "설립년도", "개교일", "개교연도", "foundedyear", "founded"]
        case .designated: ["최초지정일", "지정고시일", "지정일자", "지정일", "지정연도", "지정년도", "designated"]
        case .completed: ["준공일자", "준공일", "준공연도", "준공년도", "completed"]
        case .status: ["조성상태", "조성현황", "개발상태", "운영상태", "운영상태구분", "상태", "status"]
        case .tenants: ["입주업체수", "입주기업수", "입주업체", "입주기업", "tenants"]
        case .employees: ["고용인원", "고용현황", "고용", "종사자수", "employees"]
        case .homepage: ["홈페이지주소", "홈페이지", "homepage", "url"]
        case .landCategory: ["지목명", "지목", "jimok"]
        case .landPrice: ["개별공시지가", "공시지가", "jiga"]
        }
    }

    /// With what headers end that mean this field and something else before it: `EMD_KOR_NM`.
    private var endings: [String] {
        switch self {
        case .nameKO: ["kornm", "korname", "nameko"]
        case .nameEN: ["engnm", "engname", "nameen"]
        default: []
        }
    }

    /// A header as it is compared.
    static func key(_ header: String) -> String {
        String(header.lowercased().filter { $0.isLetter || $0.isNumber })
    }

    /// How well a header says this field: 0 not at all, less the farther down its list.
    ///
    /// Names cut after ten bytes, as in shapefiles, count where at least three letters are left.
    func fit(_ header: String) -> Double {
        let key = Self.key(header)
        guard !key.isEmpty else { return 0 }
        var best = 0.0
        for (place, name) in headers.enumerated() {
            let rank = Double(place) / 1000
            if key == name { best = max(best, 1 - rank) }
            // A unit or a remark in brackets follows the name.
            if key.hasPrefix(name), name.utf8.count >= 4 { best = max(best, 0.8 - rank) }
            let isCut = header.utf8.count >= 8 || key.utf8.count >= 8
            if isCut, key.count >= 3, name.hasPrefix(key) { best = max(best, 0.6 - rank) }
        }
        for ending in endings where key.hasSuffix(ending) { best = max(best, 0.7) }
        return best
    }
}
