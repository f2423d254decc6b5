/// The seventeen provinces of South Korea, as of 2024.
///
/// Names and codes: Ministry of the Interior and Safety, legal district codes (법정동코드). Gangwon
/// became a special self-governing province on 2023-06-11, Jeonbuk on 2024-01-18.
public enum Province: String, Hashable, Sendable, CaseIterable {
    /// 서울특별시.
    case seoul = "11"
    /// 부산광역시.
    case busan = "26"
    /// 대구광역시.
    case daegu = "27"
    /// 인천광역시.
    case incheon = "28"
    /// 광주광역시.
    case gwangju = "29"
    /// 대전광역시.
    case daejeon = "30"
    /// 울산광역시.
    case ulsan = "31"
    /// 세종특별자치시.
    case sejong = "36"
    /// 경기도.
    case gyeonggi = "41"
    /// 충청북도.
    case chungbuk = "43"
    /// 충청남도.
    case chungnam = "44"
    /// 전라남도.
    case jeonnam = "46"
    /// 경상북도.
    case gyeongbuk = "47"
    /// 경상남도.
    case gyeongnam = "48"
    /// 제주특별자치도.
    case jeju = "50"
    /// 강원특별자치도.
    case gangwon = "51"
    /// 전북특별자치도.
    case jeonbuk = "52"

    /// The names by which people know it: the full one first, then short, former and English ones.
    public var names: [String] {
        switch self {
        case .seoul: ["서울특별시", "서울", "서울시", "Seoul"]
        case .busan: ["부산광역시", "부산", "부산시", "Busan", "Pusan"]
        case .daegu: ["대구광역시", "대구", "대구시", "Daegu", "Taegu"]
        case .incheon: ["인천광역시", "인천", "인천시", "Incheon", "Inchon"]
        case .gwangju: ["광주광역시", "광주", "광주시", "Gwangju", "Kwangju"]
        case .daejeon: ["대전광역시", "대전", "대전시", "Daejeon", "Taejon"]
        case .ulsan: ["울산광역시", "울산", "울산시", "Ulsan"]
        case .sejong: ["세종특별자치시", "세종", "세종시", "Sejong"]
        case .gyeonggi: ["경기도", "경기", "Gyeonggi", "Gyeonggi-do", "Kyonggi"]
        case .chungbuk: ["충청북도", "충북", "Chungbuk", "Chungcheongbuk-do", "North Chungcheong"]
        case .chungnam: ["충청남도", "충남", "Chungnam", "Chungcheongnam-do", "South Chungcheong"]
        case .jeonnam: ["전라남도", "전남", "Jeonnam", "Jeollanam-do", "South Jeolla"]
        case .gyeongbuk: ["경상북도", "경북", "Gyeongbuk", "Gyeongsangbuk-do", "North Gyeongsang"]
        case .gyeongnam: ["경상남도", "경남", "Gyeongnam", "Gyeongsangnam-do", "South Gyeongsang"]
        case .jeju: ["제주특별자치도", "제주", "제주도", "Jeju", "Jeju-do", "Cheju"]
        case .gangwon: ["강원특별자치도", "강원", "강원도", "Gangwon", "Gangwon-do", "Kangwon"]
        case .jeonbuk:
            ["전북특별자치도", "전북", "전라북도", "Jeonbuk", "Jeollabuk-do", "North Jeolla"]
        }
    }

    /// Finds a province by any of its names or its code of two digits; `nil` for any other text.
    ///
    /// - Parameter text: The name; case, spaces and hyphens do not count.
    public init?(named text: String) {
        func plain(_ text: String) -> String {
            text.lowercased().filter { !$0.isWhitespace && $0 != "-" }
        }
        let wanted = plain(text)
        let found = Self.allCases.first { province in
            province.rawValue == wanted || province.names.contains { plain($0) == wanted }
        }
        guard let found else { return nil }
        self = found
    }
}
