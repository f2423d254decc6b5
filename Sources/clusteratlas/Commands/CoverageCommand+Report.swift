import Analysis
import Features
import Geometry

extension CoverageCommand {
    /// What is shown of a run: a table for each way of looking at it that was asked for.
    func report(
        _ tallies: Tallies, _ areas: FeatureBatch, _ gaps: FeatureBatch?, _ title: String
    ) -> String {
        var text = "\(title):\n" + table(tallies.total, areas)
        if let depth = tallies.depth { text += table(depth, tallies.total) }
        if let gaps { text += table(gaps) }
        if let groups = tallies.groups { text += table(groups) }
        let files = [output.output, demandOutput, depth, byFacility, self.gaps, groupOutput]
        for file in files.compactMap({ $0 }) where file != "-" { text += "→ \(file)\n" }
        return text
    }

    private func table(_ tally: CoverageTally, _ areas: FeatureBatch) -> String {
        var columns: [(String, Table.Alignment)] = [
            ("within", .right), ("area km²", .right), ("covered", .right), ("of", .right),
            ("share", .right),
        ]
        if let weight = counting.weight { columns += [(weight, .right), ("share", .right)] }
        if tally.ranges != nil { columns += [("range", .right)] }
        var table = Table(columns.map { (header: $0.0, alignment: $0.1) })
        for (i, distance) in tally.distances.enumerated() {
            var cells = [
                distance.label, Figures.number(areas["area_km2"]?.number(i) ?? .nan),
                Figures.number(Double(tally.coveredCounts[i])),
                Figures.number(Double(tally.demandCount)), Figures.share(tally.coveredShare(i)),
            ]
            if counting.weight != nil {
                cells += [
                    Figures.number(tally.coveredWeights[i]),
                    Figures.share(tally.coveredWeightShare(i)),
                ]
            }
            if let range = tally.ranges?[i] {
                let parts =
                    counting.weight == nil
                    ? (Double(range.leastCount), Double(range.mostCount), Double(tally.demandCount))
                    : (range.leastWeight, range.mostWeight, tally.demandWeight)
                cells.append(
                    parts.2 == 0
                        ? "–"
                        : Figures.range(parts.0 / parts.2, parts.1 / parts.2))
            }
            table.add(cells)
        }
        return table.text
    }

    private func table(_ tally: CoverageDepthTally, _ total: CoverageTally) -> String {
        var table = Table([
            ("within", .right), ("by none", .right), ("by 1", .right), ("by 2", .right),
            ("by 3+", .right),
        ])
        for (i, distance) in total.distances.enumerated() {
            table.add(
                [distance.label]
                    + (0...CoverageDepthTally.levels).map {
                        Figures.share(tally.weightShare(i, depth: $0))
                    })
        }
        return "Covered by how many, share of \(counting.weight ?? "features"):\n" + table.text
    }

    /// How many gaps of each distance the table shows.
    private static let shownGaps = 5

    private func table(_ gaps: FeatureBatch) -> String {
        var table = Table([
            ("gap", .whole), ("area km²", .right), (counting.weight ?? "demand", .right),
            ("share", .right), ("best place", .right), ("fills", .right),
        ])
        let number = { (field: String, row: Int) in gaps[field]?.number(row) }
        for row in 0..<gaps.count where (number("rank", row) ?? 0) <= Double(Self.shownGaps) {
            let place = number("best_lon", row).flatMap { lon in
                number("best_lat", row).map {
                    "\(Figures.number(lon, decimals: 4)),\(Figures.number($0, decimals: 4))"
                }
            }
            table.add([
                gaps.id(row) ?? "", Figures.number(number("area_km2", row) ?? .nan),
                Figures.number(number("demand_weight", row) ?? .nan),
                Figures.share(number("demand_weight_share", row)), place ?? "–",
                Figures.number(number("best_weight", row) ?? .nan),
            ])
        }
        return "Gaps, \(Figures.number(Double(gaps.count))) in all:\n" + table.text
    }

    private func table(_ groups: CoverageGroups) -> String {
        let batch = groups.table()
        let shares = counting.weight == nil ? "covered_share" : "covered_weight_share"
        var table = Table(
            [
                (group ?? "", .left), (counting.weight ?? "demand", .right), ("mean km", .right),
            ]
                + groups.distances.map { (header: $0.label, alignment: Table.Alignment.right) })
        for row in 0..<batch.count {
            table.add(
                [
                    batch["group"]?[row].text ?? "(none)",
                    Figures.number(batch["demand_weight"]?.number(row) ?? .nan),
                    Figures.kilometres(batch["mean_distance_m"]?.number(row)),
                ]
                    + groups.distances.map {
                        Figures.share(batch["\(shares)_\($0.label)"]?.number(row))
                    })
        }
        let all = groups.distancesToNearest
        let inequality = EquityReport.line(
            all.distribution(), EquityTally.decomposition(of: all.groups()), group: group)
        return "Covered by \(group ?? ""):\n" + table.text
            + "Inequality: \(inequality)\n"
    }
}
