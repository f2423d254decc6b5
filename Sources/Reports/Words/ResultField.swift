internal import Features
internal import Maps

/// How a column of a result is headed and its values are written.
struct ResultField {
    let key: String
    private let kind: Kind

    private enum Kind { case kilometres, share, squareKilometres, plain }

    init(_ key: String) {
        self.key = key
        let parts = key.split(separator: "_")
        if key.hasSuffix("_m") {
            kind = .kilometres
        } else if parts.contains("share") {
            kind = .share
        } else if key.hasSuffix("km2") {
            kind = .squareKilometres
        } else {
            kind = .plain
        }
    }

    /// What the column is called.
    func name(_ facts: CatalogueFacts, _ weight: MapName? = nil) -> MapName {
        if let weight, let korean = weight.korean {
            switch key {
            case "demand_weight": return weight
            case "covered_weight":
                return MapName("범위 안 \(korean)", "\(weight.english) covered")
            case "covered_weight_share", "demand_weight_share":
                return MapName("\(korean)의 비율", "share of \(weight.english)")
            case "best_weight":
                return MapName(
                    "최적점이 채우는 \(korean)", "\(weight.english) the best place fills")
            default: break
            }
        }
        if let (korean, english) = Self.known[key] { return MapName(korean, english) }
        // universities_1_m: the distance to the nearest of a layer.
        let parts = key.split(separator: "_").map(String.init)
        if parts.count >= 3, let rank = Int(parts[parts.count - 2]),
            ["m", "id", "name"].contains(parts[parts.count - 1])
        {
            let layer = parts.dropLast(2).joined(separator: "_")
            let name = facts.layerName(layer) ?? FieldName.of(layer)
            let place = rank == 1 ? ("", "") : (" \(rank)번째", " no. \(rank)")
            let isDistance = parts[parts.count - 1] == "m"
            let korean = name.korean ?? name.english
            return MapName(
                "가장 가까운 \(korean)\(place.0)\(isDistance ? ", km" : "")",
                "nearest: \(name.english.prefix(1).lowercased() + name.english.dropFirst())\(place.1)\(isDistance ? ", km" : "")"
            )
        }
        // covered_share_40km: a number for a distance.
        if parts.count >= 2, let distance = parts.last, distance.first?.isNumber == true {
            let stem = parts.dropLast().joined(separator: "_")
            let name = Self.known[stem].map { MapName($0.0, $0.1) } ?? FieldName.of(stem)
            return MapName(
                name.korean.map { "\(distance) \($0)" }, "\(name.english) (\(distance))")
        }
        let name = FieldName.of(key)
        guard kind == .kilometres else { return name }
        let stem = FieldName.of(String(key.dropLast(2)))
        return MapName(stem.korean.map { "\($0), km" }, "\(stem.english), km")
    }

    /// Whether the values stand right, as numbers do.
    func isNumeric(in table: ResultTable) -> Bool {
        guard let column = table.batch[key] else { return false }
        return kind != .plain || [.int, .double].contains(column.kind)
    }

    /// A value as people read it.
    func text(_ value: Value) -> String {
        let value = value.plain
        if value.isNull { return "" }
        if case .bool(let truth) = value { return truth ? "✓" : "–" }
        guard let number = value.number else {
            return value.description == "true"
                ? "✓"
                : value.description == "false"
                    ? "–"
                    : value.description
        }
        return text(number)
    }

    /// A number as people read it.
    func text(_ number: Double) -> String {
        switch kind {
        case .kilometres:
            let decimals = number.magnitude < 9_950 ? 2 : 1
            return MapFigures.number(number / 1000, decimals: decimals)
        case .share: return MapFigures.number(number * 100, decimals: 1) + " %"
        case .squareKilometres:
            return MapFigures.number(number, decimals: number.magnitude < 100 ? 2 : 0)
        case .plain:
            if Self.years.contains(key), let year = Int(exactly: number) { return "\(year)" }
            if number == number.rounded() { return MapFigures.number(number) }
            let size = number.magnitude
            return MapFigures.number(
                number, decimals: size >= 1000 ? 0 : size >= 1 ? 2 : size >= 0.001 ? 4 : 7)
        }
    }

    /// Columns that hold years, which have no comma.
    private static let years: Set<String> = [
        "founded", "opened", "relocated", "year", "designated",
    ]

    /// Names that a report gives otherwise than popups do, for its lengths are in kilometres, and
    /// what clusters are judged by stands beside them.
    private static let known: [String: (String, String)] = [
        "within_m": ("거리, km", "within, km"),
        "nearest_m": ("가장 가까운 거리, km", "nearest, km"), "area_km2": ("면적, km²", "area, km²"),
        "radius": ("반경 기준", "radius rule"), "area": ("면적 기준", "area rule"),
    ]
}
