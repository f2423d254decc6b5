internal import Maps
internal import Studies

/// What operations do, in words.
enum OperationWords {
    /// What an operation does: in English as its own help says it.
    static func sentence(_ operation: StudyOperation, _ language: ReportLanguage) -> String {
        language == .korean ? korean[operation.name] ?? operation.abstract : operation.abstract
    }

    /// A word by which operations judge.
    static func word(_ word: String, _ language: ReportLanguage) -> String {
        language == .korean ? words[word] ?? word : word
    }

    private static let words = [
        "keeps": "지킴", "keeps so far": "지금까지 지킴", "breaks": "어김", "unknown": "알 수 없음",
        "stable": "안정", "fragile": "불안정", "optimal": "최적", "feasible": "가능",
        "p-median": "p-메디안", "p-center": "p-센터", "mclp": "최대 커버링", "lscp": "집합 커버링",
        "sum": "가중합", "owa": "순서 가중 평균", "topsis": "TOPSIS", "vikor": "VIKOR",
        "promethee": "PROMETHEE II", "entropy": "엔트로피 가중치", "critic": "CRITIC 가중치",
        "given": "주어진 가중치", "operating": "운영", "completed": "준공",
        "under-construction": "공사 중", "designated": "지정", "proposed": "제안", "announced": "발표",
        "planned": "계획", "closed": "폐지", "lifted": "해제", "innovation-city": "혁신도시", "sejong": "세종시",
        "individual": "개별 이전",
    ]

    private static let korean: [String: String] = [
        "accessibility": "수요지마다 닿을 수 있는 공급이 얼마나 되는지 잰다.",
        "allocate": "수요를 여유가 있는 가장 가까운 시설로 보낸다.",
        "catchment": "곳마다 가장 가까운 시설이 어디인지 배후권으로 그린다.",
        "concentration density": "곳들이 얼마나 빽빽한지 면으로 그린다.",
        "concentration groups": "빽빽하게 모여 있는 무리를 찾는다.",
        "concentration hotspots": "높은 값이나 낮은 값이 모인 곳을 찾는다(Getis-Ord Gi*).",
        "concentration moran": "가까운 곳끼리 값이 비슷한지 잰다(Moran's I).",
        "concentration quotient": "지역이 다른 곳보다 무엇을 더 많이 가졌는지 잰다(입지계수).",
        "convergence": "어떤 거점들이 국가혁신융복합단지를 이룰 수 있는지 판정한다.",
        "convert": "파일에서 필요한 것만 골라 옮긴다.",
        "coverage": "시설에서 정해진 거리 안에 드는 수요를 잰다.",
        "equity": "점수가 수요에 얼마나 고르게 나뉘어 있는지 잰다.",
        "export": "카탈로그의 층을 파일로 내보낸다.",
        "hinterland": "시설마다 둘레의 고리 안에 무엇이 있는지 센다.",
        "huff": "수요가 닿는 시설로 갈 확률을 잰다(Huff 모형).",
        "info": "파일에 무엇이 들어 있는지 알린다.",
        "layers": "카탈로그의 층을 늘어놓는다.",
        "linkages": "곳들 사이의 연결망을 그리고 중심을 찾는다.",
        "locate": "이름이나 위치로 곳을 찾는다.",
        "map": "결과를 지도로 그린다.",
        "matrix": "곳마다 시설까지의 거리를 표로 적는다.",
        "pattern": "곳들이 모여 있는지, 두 종류가 함께 있는지 잰다.",
        "profile": "거점 둘레에 무엇이 있는지 한눈에 보인다.",
        "proximity": "곳마다 가장 가까운 시설을 찾는다.",
        "show": "곳에 대해 알려진 것을 모두 보인다.",
        "sites curve": "입지를 하나씩 더할 때 무엇이 나아지는지 잰다.",
        "sites grid": "경계 안에 같은 넓이의 칸으로 후보지를 만든다.",
        "sites points": "층의 지점으로 후보지를 만든다.",
        "sites score": "후보지를 여러 기준으로 함께 평가한다.",
        "sites screen": "조건에 어긋나는 후보지를 걸러 내고 이유를 센다.",
        "sites select": "수요를 위해 후보지 가운데 입지를 고른다.",
    ]

    /// The objective of a model of siting, as charts call it; costs that were given may be anything
    /// but metres.
    static func objective(of model: String?, ofGivenCosts isGiven: Bool) -> MapName {
        switch model {
        case "mclp" where isGiven: MapName("비용 안의 가중치", "weight within the cost")
        case "p-median" where isGiven: MapName("가중 비용의 합", "weighted cost")
        case "p-center" where isGiven: MapName("가장 큰 비용", "greatest cost")
        case "mclp": MapName("거리 안의 가중치", "weight within reach")
        case "p-median": MapName("가중 거리의 합(m)", "weighted distance, m")
        case "p-center": MapName("가장 먼 거리(m)", "greatest distance, m")
        case "lscp": MapName("입지 수", "sites")
        default: MapName("목적값", "objective")
        }
    }
}
