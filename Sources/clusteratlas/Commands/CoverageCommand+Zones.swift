import Analysis
import ArgumentParser
import Features
import Geometry

extension CoverageCommand {
    /// Lays the areas over zones, of which the share counts that lies within.
    func runZones() async throws {
        let whole = try input.readAll(by)
        let facilities = try FacilityLayer.all([whole])[0]
        var opened = try input.open(demand)
        let layer = opened.name
        var results = Results()
        let title = "coverage of \(layer) by \(facilities.name)"
        try results.open(output.output, title, output)
        var demandSink = try demandOutput.map { try output.open($0, opened.source.collection) }
        let progress = ProgressLine("drawing areas", quiet: input.quiet)
        let settled = try land.dasymetric.map { try input.readAll($0) }
        let spread = try settled.map {
            try DasymetricLayer($0.batch, density: land.density, name: $0.name)
        }
        let operation = try ZoneCoverage(
            Coverage(by: facilities, within: within.distances, weightField: counting.weight),
            spreadOver: spread)
        var tally = ZoneCoverageTally(of: operation)
        progress.begin("coverage")
        try await OrderedFlow.run(&opened.source, tasks: effort.tasks) { batch in
            try operation.measure(batch, layer: InputOptions.title(of: demand))
        } consume: { measured in
            tally.add(measured)
            try demandSink?.write(measured.batch)
            progress.update(features: tally.zoneCount)
        }
        progress.finish()
        try results.write(try operation.areas(tally), to: output.output)
        input.tell(opened.source.collection, of: demand)
        input.noteUncounted(
            unlocated: 0, unweighted: tally.unweighted, weight: counting.weight, of: layer)
        if tally.others > 0 {
            input.note("\(Figures.count(tally.others, "feature")) of \(layer) no area, not counted")
        }
        tell(spread, tally, of: layer)
        var provenance = input.provenance("coverage")
        output.describe(in: &provenance)
        provenance.set("demand", layer)
        provenance.set("by", facilities.name)
        let metres = operation.coverage.distances.map { JSONText.number($0.metres) }
        provenance.set("within_m", .json("[\(metres.joined(separator: ","))]"))
        provenance.set("weight", counting.weight)
        provenance.set("zones", .bool(true))
        provenance.set("dasymetric", settled?.name)
        provenance.set("density", land.density)
        provenance.add(opened)
        provenance.add(whole)
        if let settled { provenance.add(settled) }
        try demandSink?.finish(provenance.of(opened.source.collection))
        try results.finish(provenance)
        var text =
            "\(Figures.count(tally.zoneCount, "zone")) of \(layer) covered by "
            + "\(facilities.name):\n" + table(tally, operation.coverage.distances)
            + results.arrows
        if let demandOutput, demandOutput != "-" { text += "→ \(demandOutput)\n" }
        output.show(text, quiet: input.quiet)
    }

    private func tell(_ land: DasymetricLayer?, _ tally: ZoneCoverageTally, of layer: String) {
        guard let land else { return }
        if land.unused > 0 {
            input.note(
                "\(Figures.count(land.unused, "feature")) of \(land.name) no area of a density, "
                    + "not used")
        }
        if tally.unsettled > 0 {
            input.note(
                "\(Figures.count(tally.unsettled, "zone")) of \(layer) with nothing of "
                    + "\(land.name), spread evenly")
        }
    }

    private func table(_ tally: ZoneCoverageTally, _ distances: [Distance]) -> String {
        var columns: [(header: String, alignment: Table.Alignment)] = [
            ("within", .right), ("covered km²", .right), ("of", .right), ("share", .right),
        ]
        if let weight = counting.weight { columns += [(weight, .right), ("share", .right)] }
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
            table.add(cells)
        }
        return table.text
    }
}

/// Where within zones their weight lies.
struct DasymetricOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Polygons of settled land, over which alone a zone's weight is spread.",
            valueName: "layer"))
    var dasymetric: String?

    @Option(
        help: ArgumentHelp(
            "The field that says how densely --dasymetric land is settled.", valueName: "field"))
    var density: String?

    /// Says which options do not go together.
    func check(isZones: Bool, isWeighted: Bool) throws {
        if dasymetric != nil, !isZones || !isWeighted {
            throw ValidationError("--dasymetric needs --zones and --weight")
        }
        if density != nil, dasymetric == nil {
            throw ValidationError("--density needs --dasymetric")
        }
    }
}
