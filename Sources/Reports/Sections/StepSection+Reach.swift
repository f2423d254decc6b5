internal import Features
internal import Formats
internal import Geometry
internal import Maps
internal import Studies

/// What lies within distances, in rings, and nearest.
extension StepSection {
    /// Shares by distance, the groups, and a map of what is reached and what is not.
    func coverage(_ step: PlannedStep, _ results: [StepReading.Result]) throws -> [Markup] {
        var parts: [Markup] = []
        // Where only the demand changes, all of it lies on one map.
        var layers: [MapLayer] = []
        for result in results where result.parameter == "demand-output" && result.table.hasPlaces {
            layers.append(layer("대상", "demand", result.table))
        }
        for result in results {
            let table = result.table
            if result.parameter == "group-output" {
                let by = table.has("mean_distance_m") ? "mean_distance_m" : "demand_count"
                parts.append(
                    tables(of: step).table(
                        table, rows: table.rows(by: by, descending: true), most: 20))
            } else if result.parameter == "gaps" {
                layers.append(layer("미치지 못하는 곳", "gaps", table))
                parts.append(
                    tables(of: step).table(
                        table,
                        fields: ["rank"]
                            + tables(of: step).telling(table).filter {
                                !["rank", "best_lon", "best_lat"].contains($0)
                            }, most: 6,
                        caption: "\(language.pick("미치지 못하는 곳", "gaps"))"))
            } else if result.parameter != "demand-output", table.has("covered_share") {
                layers.append(layer("범위", "reach", table))
                parts.insert(contentsOf: shares(step, table), at: 0)
            }
        }
        return isOneMap ? parts : try parts + map(step, layers)
    }

    /// Whether the steps of a sweep differ in their demand only, so that one map shows them all.
    private var isOneMap: Bool {
        guard operation.name == "coverage", steps.count > 1 else { return false }
        let asked = steps.map { step in
            step.arguments.filter {
                $0.parameter.name != "demand" && $0.parameter.kind != .outputFile
            }.map { [PlannedStep.Value.word($0.parameter.name)] + $0.values }
        }
        return Set(asked).count == 1
    }

    /// What all steps of a sweep reach, on one map.
    func mapOfAll() throws -> [Markup] {
        guard isOneMap else { return [] }
        var layers: [MapLayer] = []
        var areas: [MapLayer] = []
        for step in steps {
            for result in try reading.results(of: step) where result.table.hasPlaces {
                if result.parameter == "demand-output" {
                    let name = reading.values("demand", of: step).map(reading.name)
                    layers.append(
                        MapLayer(
                            name: MapName(nil, name.joined(separator: ", ")),
                            batch: result.table.batch))
                } else if areas.isEmpty {
                    areas.append(layer("범위", "reach", result.table))
                }
            }
        }
        return try map(steps[0], layers + areas)
    }

    private func shares(_ step: PlannedStep, _ table: ResultTable) -> [Markup] {
        // Of zones that nothing weighs, areas are compared.
        let (share, covered, all, unit) =
            !reading.values("weight", of: step).isEmpty
            ? ("covered_weight_share", "covered_weight", "demand_weight", "")
            : table.has("zone_km2")
                ? ("covered_share", "covered_km2", "zone_km2", " km²")
                : ("covered_share", "covered_count", "demand_count", "")
        let bars = (0..<table.count).compactMap { row -> BarPicture.Bar? in
            guard let metres = table.number("within_m", row) else { return nil }
            func text(_ field: String) -> String? {
                table.number(field, row).map { ResultField(field).text($0) + unit }
            }
            // Of no demand there is no share.
            let value = table.number(share, row)
            let parts = [text(covered), text(all)].compactMap { $0 }.joined(separator: " / ")
            let note = value.map { "\(MapFigures.number(100 * $0, decimals: 1)) %" } ?? "–"
            return BarPicture.Bar(
                MapFigures.plain(metres / 1000) + " km", [value ?? 0],
                note: parts.isEmpty ? note : "\(parts) · \(note)")
        }
        let demand = reading.values("demand", of: step).map(reading.name).joined(separator: ", ")
        let by = reading.values("by", of: step).map(reading.name).joined(separator: ", ")
        let what =
            weight(of: step).map { " (\(language.name($0)))" } ?? ""
        return [
            figure(
                BarPicture(
                    bars,
                    title: language.pick(
                        "\(by)에서 거리 안에 드는 \(demand)\(what)",
                        "\(demand)\(what) within reach of \(by)")
                ).svg)
        ]
    }

    /// What lies in the rings of each facility, as bars.
    func hinterland(_ step: PlannedStep, _ results: [StepReading.Result]) -> [Markup] {
        guard let table = results.first(where: { $0.table.has("facility_id") })?.table else {
            return []
        }
        let field = reading.values("weight", of: step).isEmpty ? "demand_count" : "demand_weight"
        var facilities: [String] = []
        var rings: [Double] = []
        var parts: [String: [Double: Double]] = [:]
        for row in 0..<table.count {
            guard let facility = table.text("facility_id", row),
                let to = table.number("to_m", row)
            else { continue }
            if parts[facility] == nil {
                facilities.append(facility)
                parts[facility] = [:]
            }
            if !rings.contains(to) { rings.append(to) }
            if let value = table.number(field, row) {
                parts[facility]?[to, default: 0] += value
            }
        }
        rings.sort()
        let names = rings.indices.map { i in
            let from = i == 0 ? 0 : rings[i - 1]
            return "\(MapFigures.plain(from / 1000))–\(MapFigures.plain(rings[i] / 1000)) km"
        }
        let bars = facilities.map { facility in
            // What is not known of a ring is no part of the sum.
            let values = rings.map { parts[facility]?[$0] }
            let sum = values.compactMap { $0 }.reduce(0, +)
            let total = values.allSatisfy { $0 == nil } ? "–" : MapFigures.plain(sum)
            let each = values.map { $0.map { MapFigures.plain($0) } ?? "–" }
            return (
                sum,
                BarPicture.Bar(
                    facts.names[facility].map { language.name($0) } ?? facility,
                    values.map { $0 ?? 0 },
                    note: values.count == 1
                        ? total : each.joined(separator: " + ") + " = " + total)
            )
        }.enumerated().sorted { ($1.element.0, $0.offset) < ($0.element.0, $1.offset) }
            .map(\.element.1)
        let demand = reading.values("demand", of: step).map(reading.name).joined(separator: ", ")
        let weight = weight(of: step).map { language.name($0) } ?? ""
        let what = weight.isEmpty ? demand : "\(demand) (\(weight))"
        return self.bars(
            bars, series: names, title: language.pick("고리 안의 \(what)", "\(what) in rings"))
    }

    /// The nearest of each, the farthest first; of pairs, the lines.
    func proximity(_ step: PlannedStep, _ results: [StepReading.Result]) throws -> [Markup] {
        var parts: [Markup] = []
        for result in results {
            let table = result.table
            if table.has("distance_m") {
                let nearest = (0..<table.count).filter { (table.number("rank", $0) ?? 1) == 1 }
                let order = table.rows(by: "distance_m").filter(nearest.contains)
                parts.append(
                    tables(of: step).table(
                        table, rows: order, fields: ["from_id", "to_id", "distance_m"], most: 15,
                        caption: "\(farthest)"))
                parts += try map(step, [layer("연결", "links", table)])
                continue
            }
            let distances = table.resultFields.filter { $0.hasSuffix("_1_m") }
            guard let first = distances.first else { continue }
            let fields = distances.flatMap { field -> [String] in
                let stem = field.dropLast(1)
                return [stem + "id", field].filter(table.has)
            }
            let order = table.rows(by: first)
            parts.append(
                tables(of: step).table(
                    table, rows: order, fields: fields, most: 15, caption: "\(farthest)"))
        }
        return parts
    }

    private var farthest: String { language.pick("먼 것부터", "the farthest first") }
}
