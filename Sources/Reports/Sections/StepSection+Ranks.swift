internal import Features
internal import Formats
internal import Maps
internal import Studies

/// Ranks, scores, evenness and the curve over the number of sites.
extension StepSection {
    /// How clusters rank by what lies around them: a table, and bars for each layer.
    func profiles(_ step: PlannedStep) throws -> [Markup] {
        guard let page = try reading.json(of: step).first, let all = page["profiles"]?.array,
            let first = all.first
        else { return [] }
        let distances = (page["within_m"]?.array ?? []).compactMap(\.number)
        guard let reach = distances.last else { return [] }
        let kilometres = "\(MapFigures.plain(reach / 1000)) km"
        func name(_ profile: JSONValue) -> MapName {
            MapName(profile["name_ko"]?.string, profile["name_en"]?.string ?? "")
        }
        let layers = (first["layers"]?.array ?? []).compactMap { $0["layer"]?.string }
        func entry(_ profile: JSONValue, _ layer: String) -> JSONValue? {
            profile["layers"]?.array?.first { $0["layer"]?.string == layer }
        }
        func last(_ profile: JSONValue, _ layer: String) -> JSONValue? {
            entry(profile, layer)?["within"]?.array?.last
        }
        func title(_ layer: String) -> String {
            facts.layerName(layer).map { language.name($0) } ?? layer
        }
        var heads = [ReportTable.Cell(content: "\(language.pick("이름", "name"))")]
        heads += layers.map {
            ReportTable.Cell(content: language.marked(title($0)), isNumber: true)
        }
        let shades = ["#b9dcf2", "#dceefa", "#ffffff"]
        let rows = all.map { profile -> [ReportTable.Cell] in
            [ReportTable.Cell(content: language.both(name(profile)))]
                + layers.map { layer in
                    guard let value = last(profile, layer), let count = value["value"]?.number
                    else { return ReportTable.Cell(content: "") }
                    let of = value["rank_of"]?.int ?? 0
                    guard let rank = value["rank"]?.int, of > 1 else {
                        return ReportTable.Cell(
                            content: "\(ResultField("value").text(count))", isNumber: true)
                    }
                    let best = value["best_rank"]?.int ?? rank
                    let worst = value["worst_rank"]?.int ?? rank
                    let place = best == worst ? "\(rank)" : "\(rank) (\(best)–\(worst))"
                    let third = of < 3 ? 2 : min(2, (rank - 1) * 3 / of)
                    return ReportTable.Cell(
                        content: """
                            \(ResultField("value").text(count)) <small>\(language.pick("\(place)위", "rank \(place)"))</small>
                            """,
                        isNumber: true, shade: of < 3 ? nil : shades[third])
                }
        }
        let caption = language.pick(
            "\(kilometres) 안의 수와 순위. 괄호 안은 위치 오차가 허용하는 순위, 짙은 칸은 위쪽 3분의 1",
            "Numbers within \(kilometres), and ranks; in brackets the ranks that the accuracy of "
                + "positions allows; dark: the upper third")
        var parts = [tables(of: step).table("\(caption)", heads, rows)]
        guard all.count > 2 else { return parts }
        let bars = layers.prefix(Self.mostPictures).map { layer -> Markup in
            let ranked = all.compactMap { profile in
                last(profile, layer)?["value"]?.number.map { (name(profile), $0) }
            }.enumerated().sorted { ($1.element.1, $0.offset) < ($0.element.1, $1.offset) }
            return figure(
                BarPicture(
                    ranked.map {
                        BarPicture.Bar(
                            language.name($0.element.0), [$0.element.1],
                            note: ResultField("value").text($0.element.1))
                    },
                    title: language.pick(
                        "\(kilometres) 안의 \(title(layer))", "\(title(layer)) within \(kilometres)")
                ).svg)
        }
        parts.append("<div class=\"pair\">\(bars)</div>")
        if let first = language.first(Self.mostPictures, of: layers.count) {
            let words = language.pick("그림: 층 \(first)", "Pictures: \(first) layers")
            parts.append("<p class=\"note\">\(words)</p>")
        }
        return parts
    }

    /// How many pictures of one kind a section has at most.
    private static let mostPictures = 4
    /// How many bars a picture has at most.
    static let mostBars = 25

    /// The Lorenz curve, and what was printed of the groups.
    func evenness(_ step: PlannedStep, _ results: [StepReading.Result]) -> [Markup] {
        let groups = [try? printed(step)].compactMap { $0 }
        guard let curve = results.first(where: { $0.table.has("score_share") })?.table else {
            return groups
        }
        let points = (0..<curve.count).compactMap { row -> (demand: Double, score: Double)? in
            guard let x = curve.number("demand_share", row),
                let y = curve.number("score_share", row)
            else { return nil }
            return (x, y)
        }
        let score = reading.values("score", of: step).map(\.bareName).joined()
        let name = language.name(ResultField(score).name(facts))
        return [
            figure(
                LorenzPicture(
                    points, gini: nil,
                    title: language.pick("\(name)의 로렌츠 곡선", "Lorenz curve: \(name)"),
                    axis: language.pick(
                        "수요의 비율, 점수가 낮은 것부터", "share of the demand, the lowest scores first")
                ).svg)
        ] + groups
    }

    /// The objective over the number of sites.
    func curve(_ step: PlannedStep) throws -> [Markup] {
        let lines = try reading.json(of: step)
        let points = lines.compactMap { line -> (x: Double, y: Double)? in
            guard let p = line["p"]?.number, let value = line["objective"]?.number else {
                return nil
            }
            return (p, value)
        }
        guard !points.isEmpty else { return [] }
        let model = reading.values("model", of: step).first?.bareName
        // Costs that were given are of a unit of their own.
        let isGiven = !reading.values("matrix", of: step).isEmpty
        let objective = language.name(
            OperationWords.objective(of: model, ofGivenCosts: isGiven))
        var parts = [
            figure(
                CurvePicture(
                    points, title: objective, xName: language.pick("입지의 수", "number of sites")
                ).svg)
        ]
        var before: Set<String> = []
        let rows = lines.map { line -> [ReportTable.Cell] in
            let chosen = (line["chosen"]?.array ?? []).compactMap(\.string)
            let fresh = chosen.filter { !before.contains($0) }
            before = Set(chosen)
            let names = fresh.map { facts.names[$0].map { language.name($0) } ?? $0 }
            return [
                ReportTable.Cell(
                    content: "\(line["p"]?.int.map(String.init) ?? "–")", isNumber: true),
                ReportTable.Cell(
                    content:
                        "\(line["objective"]?.number.map { ResultField("value").text($0) } ?? "")",
                    isNumber: true),
                ReportTable.Cell(
                    content: "\(OperationWords.word(line["status"]?.string ?? "", language))"),
                ReportTable.Cell(content: language.marked(names.joined(separator: ", "))),
            ]
        }
        let heads = [
            ("입지 수", "sites", true), (objective, objective, true), ("상태", "status", false),
            ("새 입지", "new sites", false),
        ].map { ReportTable.Cell(content: "\(language.pick($0.0, $0.1))", isNumber: $0.2) }
        parts.append(tables(of: step).table(nil, heads, rows))
        return parts
    }

    /// Scores in their order, as bars and a table.
    func scores(_ step: PlannedStep, _ results: [StepReading.Result]) throws -> [Markup] {
        guard let table = results.first(where: { $0.table.has("score") })?.table else { return [] }
        let order = table.rows(by: "rank", descending: false)
        // What has no score, as where a criterion is unknown, has no bar.
        let bars = order.compactMap { row -> BarPicture.Bar? in
            guard let score = table.number("score", row) else { return nil }
            return BarPicture.Bar(
                table.name(row, facts).map { language.name($0) } ?? "\(row + 1)", [score],
                note: ResultField("score").text(score))
        }
        let picture = self.bars(bars, title: language.pick("점수", "scores"))
        return picture + [tables(of: step).table(table, rows: order, most: 15)]
    }

    /// The steps of a sweep side by side: ranks under each variant, or which sites are chosen.
    func comparison() throws -> Markup? {
        guard steps.count > 1, ["sites score", "sites select"].contains(operation.name) else {
            return nil
        }
        var ids: [String] = []
        var names: [String: MapName] = [:]
        var values: [[String: Double]] = []
        for step in steps {
            guard let table = try reading.results(of: step).map(\.table).first(where: \.hasNames)
            else { return nil }
            var of: [String: Double] = [:]
            for row in 0..<table.count {
                let id = table.batch.id(row) ?? "\(row)"
                if names[id] == nil { ids.append(id) }
                names[id] = table.name(row, facts)
                of[id] = operation.name == "sites score" ? table.number("rank", row) : 1
            }
            values.append(of)
        }
        let isRank = operation.name == "sites score"
        let sums = ids.map { id in
            values.map { $0[id] ?? (isRank ? Double(ids.count) : 0) }.reduce(0, +)
        }
        let order = ids.indices.sorted { a, b in
            sums[a] == sums[b] ? a < b : isRank ? sums[a] < sums[b] : sums[a] > sums[b]
        }
        var heads = [ReportTable.Cell(content: "\(language.pick("이름", "name"))")]
        heads += steps.map {
            ReportTable.Cell(content: language.marked(reading.variant($0)), isNumber: true)
        }
        if !isRank {
            heads.append(
                ReportTable.Cell(content: "\(language.pick("고른 횟수", "times"))", isNumber: true))
        }
        let rows = order.map { i -> [ReportTable.Cell] in
            var cells = [ReportTable.Cell(content: names[ids[i]].map(language.both) ?? "\(ids[i])")]
            for value in values {
                guard let number = value[ids[i]] else {
                    cells.append(ReportTable.Cell(content: "–", isNumber: true))
                    continue
                }
                let isHigh = !isRank || number <= Double(ids.count) / 3
                cells.append(
                    ReportTable.Cell(
                        content: "\(isRank ? MapFigures.plain(number) : "✓")", isNumber: true,
                        shade: isHigh ? "#b9dcf2" : nil))
            }
            if !isRank {
                cells.append(
                    ReportTable.Cell(content: "\(Int(sums[i])) / \(steps.count)", isNumber: true))
            }
            return cells
        }
        let caption =
            isRank
            ? language.pick(
                "변형마다의 순위; 짙은 칸은 위쪽 3분의 1", "ranks under each variant; dark: the upper third")
            : language.pick("변형마다 고른 입지", "sites chosen under each variant")
        return tables(of: steps[0]).table("\(caption)", heads, rows)
    }
}
