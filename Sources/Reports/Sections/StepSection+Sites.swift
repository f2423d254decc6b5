internal import Features
internal import Formats
internal import Geometry
internal import Maps
internal import Studies

/// Chosen sites, networks, clusters by their rule, and all that has no form of its own.
extension StepSection {
    /// Clusters beside the rule: what is kept and what is broken.
    func convergence(_ step: PlannedStep, _ results: [StepReading.Result]) throws -> [Markup] {
        guard let table = results.first(where: { $0.table.has("role") })?.table else {
            return try others(step, results)
        }
        func rows(_ role: String) -> [Int] {
            (0..<table.count).filter { table.text("role", $0) == role }
        }
        let circles = table.taking(rows("circle"))
        let hubs = table.taking(rows("hub"))
        let fields = [
            "cluster", "set", "members", "hubs", "radius_m", "limit_m", "radius", "stability",
            "area_km2", "area",
        ].filter { field in
            circles.batch[field].map { column in
                (0..<column.count).contains { !column[$0].isNull }
            } ?? false
        }
        return try [tables(of: step).table(circles, fields: fields, most: 20)]
            + map(
                step, [layer("거점", "hubs", hubs), layer("거점을 담는 원", "circles", circles)],
                withInputs: false)
    }

    /// A network: its strongest links, its central places, and a map.
    func linkages(_ step: PlannedStep, _ results: [StepReading.Result]) throws -> [Markup] {
        var parts: [Markup] = []
        var layers: [MapLayer] = []
        for result in results {
            let table = result.table
            if table.has("distance_m") {
                layers.append(layer("연결", "links", table))
                parts.append(
                    tables(of: step).table(
                        table, rows: table.rows(by: "strength"),
                        fields: ["from_id", "to_id", "distance_m", "strength"], most: 10,
                        caption: "\(language.pick("센 연결부터", "the strongest links first"))"))
            } else if table.has("degree") {
                parts.append(nodes(table, step))
            }
        }
        return try map(step, layers) + parts
    }

    /// The places with most links.
    private func nodes(_ table: ResultTable, _ step: PlannedStep) -> Markup {
        let order = table.rows(by: "degree")
        let most = language.pick("연결이 많은 곳부터", "those with most links first")
        let heads = [
            ("이름", "name", false), ("층", "layer", false), ("연결 수", "links", true),
            ("세기", "strength", true), ("매개 중심성", "betweenness", true),
        ].map { ReportTable.Cell(content: "\(language.pick($0.0, $0.1))", isNumber: $0.2) }
        let rows = order.prefix(Self.mostNodes).map { row -> [ReportTable.Cell] in
            let layer = table.text("layer", row) ?? ""
            let name =
                table.name(row, facts) ?? MapName(nil, table.text("name", row) ?? "")
            return [
                ReportTable.Cell(content: language.both(name)),
                ReportTable.Cell(
                    content: language.marked(
                        facts.layerName(layer).map { language.name($0) } ?? layer)),
            ]
                + ["degree", "strength", "betweenness"].map { field in
                    ReportTable.Cell(
                        content:
                            "\(table.number(field, row).map { ResultField(field).text($0) } ?? "")",
                        isNumber: true)
                }
        }
        return tables(of: step).table(
            "\([most, language.first(Self.mostNodes, of: order.count)].compactMap { $0 }.joined(separator: "; "))",
            heads, rows)
    }

    /// How many places of a network are listed.
    private static let mostNodes = 10

    /// A result of any other operation: its rows by what was measured, and a map where it has places.
    func others(_ step: PlannedStep, _ results: [StepReading.Result]) throws -> [Markup] {
        var parts: [Markup] = []
        var layers: [MapLayer] = []
        for result in results where result.table.count > 0 {
            let table = result.table
            if table.hasPlaces {
                let isLinks = result.parameter == "allocations"
                layers.append(
                    isLinks
                        ? layer("배정", "allocations", table)
                        : MapLayer(name: MapName(nil, title), batch: table.batch))
                if isLinks { continue }
            }
            let measures = ["score", "access", "quotient", "demand_weight", "demand_count"]
            let by = measures.first { table.resultFields.contains($0) }
            parts.append(
                tables(of: step).table(
                    table, rows: by.map { table.rows(by: $0) }, most: 15))
        }
        let colored = operation.name == "catchment" ? layers.first : nil
        let design = MapDesign(
            color: colored?.batch["demand_weight"] == nil ? nil : "demand_weight")
        return try map(step, layers, design: design) + parts
    }
}
