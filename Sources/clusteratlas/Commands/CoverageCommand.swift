import Analysis
import ArgumentParser
import Features
import Formats
import Geometry

struct CoverageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coverage",
        abstract: "Tells which demand lies within given distances of facilities.",
        discussion: """
            Writes the area within each distance, dissolved, with demand_count,
            covered_count, covered_share, covered_weight and covered_weight_share. With
            --demand-output the demand itself is written with nearest_m and
            covered_<distance>.

            Example:
              clusteratlas coverage universities --by clusters --within 5km,10km,20km \\
                -o coverage.geojson
            """)

    @Argument(help: ArgumentHelp("The layer to be covered.", valueName: "demand"))
    var demand: String

    @Option(help: ArgumentHelp("The layer that covers.", valueName: "facilities"))
    var by: String

    @Option(
        help: ArgumentHelp(
            "Distances with commas between them: 5km,10km,20km.", valueName: "distances"))
    var within: DistanceList

    @Option(
        help: ArgumentHelp(
            "The field that says how much each demand feature counts.", valueName: "field"))
    var weight: String?

    @Option(
        help: ArgumentHelp(
            "Also write the demand with what covers it, to this file.", valueName: "file"))
    var demandOutput: String?

    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var effort: EffortOptions

    func validate() throws {
        try InputOptions.checkInputs([demand, by])
        if demandOutput == "-", output.isStandardOutput {
            throw ValidationError("only one result can go to standard output; give a file with -o")
        }
    }

    func run() async throws {
        let whole = try input.readAll(by)
        let facilities = try FacilityLayer.all([whole])[0]
        let operation = try Coverage(
            by: facilities, within: within.distances, weightField: weight)
        var opened = try input.open(demand)
        let layer = opened.name
        var collection = opened.source.collection
        // All outputs are opened before the work begins, so that what cannot be written is said
        // at once.
        let result = CollectionInfo(name: "coverage of \(layer) by \(facilities.name)")
        var sink = try output.open(result)
        var demandSink = try demandOutput.map { try output.open($0, collection) }
        var tally = CoverageTally(of: operation)
        let progress = ProgressLine("coverage", quiet: input.quiet)
        try await OrderedFlow.run(&opened.source, tasks: effort.tasks) { batch in
            try operation.measure(batch, layer: InputOptions.title(of: demand))
        } consume: { measured in
            tally.add(measured)
            try demandSink?.write(measured.batch)
            progress.update(features: tally.demandCount)
        }
        progress.begin("drawing areas")
        let areas = try operation.areas(tally) { progress.update(step: $0, of: $1) }
        progress.finish()
        input.tell(opened.source.collection, of: demand)
        noteTally(tally, layer)
        collection = opened.source.collection
        try sink.write(areas)
        var provenance = input.provenance("coverage")
        output.describe(in: &provenance)
        provenance.set("demand", layer)
        provenance.set("by", facilities.name)
        provenance.set(
            "within_m",
            .json(
                "[\(operation.distances.map { JSONText.number($0.metres) }.joined(separator: ","))]"
            ))
        provenance.set("weight", weight)
        provenance.add(opened)
        provenance.add(whole)
        try demandSink?.finish(provenance.of(collection))
        try sink.finish(provenance.of(result))
        output.show(table(tally, areas, layer, facilities.name), quiet: input.quiet)
    }

    private func noteTally(_ tally: CoverageTally, _ layer: String) {
        input.noteUncounted(
            unlocated: tally.unlocated, unweighted: tally.unweighted, weight: weight, of: layer)
        input.noteRepresented(tally.represented, of: layer)
    }

    private func table(
        _ tally: CoverageTally, _ areas: FeatureBatch, _ layer: String, _ facilities: String
    ) -> String {
        var columns: [(String, Table.Alignment)] = [
            ("within", .right), ("area km²", .right), ("covered", .right), ("of", .right),
            ("share", .right),
        ]
        if let weight { columns += [(weight, .right), ("share", .right)] }
        var table = Table(columns.map { (header: $0.0, alignment: $0.1) })
        for (i, distance) in tally.distances.enumerated() {
            var cells = [
                distance.label, Figures.number(areas["area_km2"]?.number(i) ?? .nan),
                Figures.number(Double(tally.coveredCounts[i])),
                Figures.number(Double(tally.demandCount)), Figures.share(tally.coveredShare(i)),
            ]
            if weight != nil {
                cells += [
                    Figures.number(tally.coveredWeights[i]),
                    Figures.share(tally.coveredWeightShare(i)),
                ]
            }
            table.add(cells)
        }
        var text = "\(layer) covered by \(facilities):\n" + table.text
        if !output.isStandardOutput { text += "→ \(output.output)\n" }
        if let demandOutput, demandOutput != "-" { text += "→ \(demandOutput)\n" }
        return text
    }
}
