import Analysis
import ArgumentParser
import Features
import Geometry

extension CoverageCommand {
    /// Lays the areas over zones, of which the share counts that lies within.
    func runZones() async throws {
        let whole = try input.readAll(by)
        let facilities = try FacilityLayer.all([whole])[0]
        var zones = try TwofoldInput(demand, input)
        let layer = zones.name
        var results = Results()
        let title = "coverage of \(layer) by \(facilities.name)"
        try results.open(output.output, title, output)
        try results.open(groupOutput, "\(title), by group", output)
        let progress = ProgressLine("drawing areas", quiet: input.quiet)
        let settled = try land.dasymetric.map { try input.readAll($0) }
        let sampled = try await sample(settled, &zones, progress)
        let spread = try settled.map { layer in
            if let sampled {
                return try DasymetricLayer(layer.batch, sampled, name: layer.title)
            }
            return try DasymetricLayer(layer.batch, density: land.density, name: layer.title)
        }
        var opened = try zones.again()
        var demandSink = try demandOutput.map { try output.open($0, opened.source.collection) }
        let operation = try ZoneCoverage(
            Coverage(by: facilities, within: within.distances, weightField: counting.weight),
            spreadOver: spread, accuracy: uncertainty?.accuracy)
        var tally = ZoneCoverageTally(of: operation)
        var groups = group.map { ZoneCoverageGroups(of: operation, by: $0) }
        progress.begin("coverage")
        try await OrderedFlow.run(&opened.source, tasks: effort.tasks) { batch in
            try operation.measure(batch, layer: InputOptions.title(of: demand))
        } consume: { measured in
            tally.add(measured)
            try groups?.add(measured, layer: InputOptions.title(of: demand))
            try demandSink?.write(measured.batch)
            progress.update(features: tally.zoneCount)
        }
        progress.finish()
        try results.write(try operation.areas(tally), to: output.output)
        if let groups, let groupOutput { try results.write(groups.table(), to: groupOutput) }
        try zones.check(opened.source.collection)
        input.tell(opened.source.collection, of: demand)
        input.noteUncounted(
            unlocated: 0, unweighted: tally.unweighted, weight: counting.weight, of: layer)
        input.noteAccuracies(operation.missingAccuracies, uncertainty)
        if tally.others > 0 {
            input.note("\(Figures.count(tally.others, "feature")) of \(layer) no area, not counted")
        }
        if let sampled, sampled.unweighted > 0, let weight = counting.weight {
            input.note(
                "\(Figures.count(sampled.unweighted, "feature")) of \(layer) without \(weight), "
                    + "not sampled")
        }
        if let settled { tell(spread, tally, of: layer, settled.name) }
        var provenance = input.provenance("coverage")
        output.describe(in: &provenance)
        provenance.set("demand", layer)
        provenance.set("by", facilities.name)
        let metres = operation.coverage.distances.map { JSONText.number($0.metres) }
        provenance.set("within_m", .json("[\(metres.joined(separator: ","))]"))
        provenance.set("weight", counting.weight)
        provenance.set("zones", .bool(true))
        provenance.set("group", group)
        provenance.set("uncertainty", uncertainty?.text)
        provenance.set("dasymetric", settled?.name)
        provenance.set("density", land.density)
        provenance.set("class", land.class)
        provenance.set("sample", land.class.map { _ in land.sample.text })
        provenance.add(opened)
        provenance.add(whole)
        if let settled { provenance.add(settled) }
        try demandSink?.finish(provenance.of(opened.source.collection))
        try results.finish(provenance)
        var text =
            "\(Figures.count(tally.zoneCount, "zone")) of \(layer) covered by "
            + "\(facilities.name):\n" + table(tally, operation.coverage.distances)
            + (groups.map { table($0) } ?? "") + densities(sampled) + results.arrows
        if let demandOutput, demandOutput != "-" { text += "→ \(demandOutput)\n" }
        output.show(text, quiet: input.quiet)
    }

    /// Samples the density of each class of land, where that is asked.
    private func sample(
        _ settled: InputOptions.Whole?, _ zones: inout TwofoldInput, _ progress: ProgressLine
    ) async throws -> SampledDensities? {
        guard let settled, let field = land.class else { return nil }
        let sampling = try DensitySampling(
            of: settled.batch, by: field, name: settled.title, weight: counting.weight,
            rule: land.sample.rule)
        var parts: [DensitySampling.Measured] = []
        progress.begin("sampling densities")
        try await zones.pass(tasks: effort.tasks) { batch in
            try sampling.measure(batch, layer: InputOptions.title(of: demand))
        } consume: {
            parts.append($0)
        }
        return sampling.densities(parts)
    }

    private func densities(_ sampled: SampledDensities?) -> String {
        guard let sampled else { return "" }
        var table = Table([
            ("class", .left), ("zones", .right), ("km²", .right), ("per km²", .right),
        ])
        for one in sampled.classes {
            table.add([
                one.name, one.zoneCount > 0 ? String(one.zoneCount) : "rest",
                Figures.number(one.area / 1e6), Figures.number(one.density * 1e6),
            ])
        }
        return "Densities sampled from zones (\(land.sample.text)):\n" + table.text
    }

    private func tell(
        _ land: DasymetricLayer?, _ tally: ZoneCoverageTally, of layer: String, _ name: String
    ) {
        guard let land else { return }
        if land.unused > 0 {
            input.note(
                "\(Figures.count(land.unused, "feature")) of \(name) no area of a density, "
                    + "not used")
        }
        if tally.unsettled > 0 {
            input.note(
                "\(Figures.count(tally.unsettled, "zone")) of \(layer) with nothing of "
                    + "\(name), spread evenly")
        }
    }

    private func table(_ groups: ZoneCoverageGroups) -> String {
        let batch = groups.table()
        let total = counting.weight == nil ? "zone_km2" : "demand_weight"
        let shares = counting.weight == nil ? "covered_share" : "covered_weight_share"
        var table = Table(
            [
                (groups.field, .left), ("zones", .right), (counting.weight ?? "km²", .right),
            ] + groups.distances.map { (header: $0.label, alignment: Table.Alignment.right) })
        for row in 0..<batch.count {
            table.add(
                [
                    batch["group"]?[row].text ?? "(none)",
                    Figures.number(batch["zone_count"]?.number(row) ?? .nan),
                    Figures.number(batch[total]?.number(row) ?? .nan),
                ]
                    + groups.distances.map {
                        Figures.share(batch["\(shares)_\($0.label)"]?.number(row))
                    })
        }
        return "Covered by \(groups.field):\n" + table.text
    }

    private func table(_ tally: ZoneCoverageTally, _ distances: [Distance]) -> String {
        var columns: [(header: String, alignment: Table.Alignment)] = [
            ("within", .right), ("covered km²", .right), ("of", .right), ("share", .right),
        ]
        if let weight = counting.weight { columns += [(weight, .right), ("share", .right)] }
        if uncertainty != nil { columns += [("range", .right)] }
        var table = Table(columns)
        for (i, distance) in distances.enumerated() {
            var cells = [
                distance.label, Figures.number(tally.coveredAreas[i] / 1e6),
                Figures.number(tally.zoneArea / 1e6), Figures.share(tally.coveredShare(i)),
            ]
            if counting.weight != nil {
                cells += [
                    Figures.number(tally.coveredWeights[i]),
                    Figures.share(tally.coveredWeightShare(i)),
                ]
            }
            if uncertainty != nil {
                let ends = [1, 2].map { part in
                    let area = part * distances.count + i
                    return counting.weight == nil
                        ? tally.coveredShare(area) : tally.coveredWeightShare(area)
                }
                cells.append(
                    ends[0].flatMap { low in ends[1].map { Figures.range(low, $0) } } ?? "–")
            }
            table.add(cells)
        }
        return table.text
    }
}
