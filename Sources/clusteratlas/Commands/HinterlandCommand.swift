import Analysis
import ArgumentParser
import Features
import Formats
import Geometry

struct HinterlandCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hinterland",
        abstract: "Tells what lies in rings around each facility.",
        discussion: """
            For each facility and ring, drawn as an area, facility_id, from_m, to_m,
            area_km2, demand_count, demand_weight, weight_per_km2 and weight_within, which
            is all within the outer radius. --uncertainty adds what a ring holds at least
            and at most, demand_weight_low and demand_weight_high.

            Example:
              clusteratlas hinterland innovation-cities --demand universities \\
                --rings 5km,10km,20km -o rings.geojson
            """)

    @Argument(help: ArgumentHelp("The layer in the middle.", valueName: "facilities"))
    var facilities: String

    @Option(help: ArgumentHelp("The layer that is counted.", valueName: "layer"))
    var demand: String

    @Option(
        help: ArgumentHelp(
            "The outer radii with commas between them: 5km,10km,20km.", valueName: "distances"))
    var rings: DistanceList

    @OptionGroup var counting: WeightOption

    @Option(
        help: UncertaintyArgument.help(of: "the demand and the facilities"))
    var uncertainty: UncertaintyArgument?

    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var effort: EffortOptions

    func validate() throws { try InputOptions.checkInputs([facilities, demand]) }

    func run() async throws {
        let whole = try input.readAll(facilities)
        let layer = try FacilityLayer.all([whole])[0]
        let operation = try Hinterland(
            around: layer, rings: rings.distances, weightField: counting.weight,
            accuracy: uncertainty?.accuracy)
        var opened = try input.open(demand)
        var results = Results()
        try results.open(output.output, "\(opened.name) around \(layer.name)", output)
        var tally = HinterlandTally(of: operation)
        let progress = ProgressLine("hinterland", quiet: input.quiet)
        try await OrderedFlow.run(&opened.source, tasks: effort.tasks) { batch in
            try operation.measure(batch, layer: InputOptions.title(of: demand))
        } consume: { measured in
            tally.add(measured)
            progress.update(features: tally.demandCount)
        }
        progress.begin("drawing rings")
        try results.write(operation.rings(tally), to: output.output)
        progress.finish()
        input.tell(opened.source.collection, of: demand)
        input.noteUncounted(
            unlocated: tally.unlocated, unweighted: tally.unweighted, weight: counting.weight,
            of: opened.name)
        input.noteRepresented(tally.represented, of: opened.name)
        input.noteAccuracies(
            tally.missingAccuracies + operation.missingAccuracies, uncertainty)
        var provenance = input.provenance("hinterland")
        output.describe(in: &provenance)
        provenance.set("facilities", layer.name)
        provenance.set("demand", opened.name)
        let metres = operation.radii.map { JSONText.number($0.metres) }
        provenance.set("rings_m", .json("[\(metres.joined(separator: ","))]"))
        provenance.set("weight", counting.weight)
        provenance.set("uncertainty", uncertainty?.text)
        provenance.add(whole)
        provenance.add(opened)
        try results.finish(provenance)
        output.show(
            table(operation, tally, opened.name) + results.arrows, quiet: input.quiet)
    }

    /// What a ring holds, with the range where that is asked.
    private func cell(_ tally: HinterlandTally, _ facility: Int, _ ring: Int) -> String {
        let figure = Figures.number(tally.weights[facility][ring])
        let (low, high) = (tally.low[facility][ring], tally.high[facility][ring])
        if uncertainty == nil || low == high { return figure }
        return "\(figure) (\(Figures.number(low))–\(Figures.number(high)))"
    }

    private func table(
        _ operation: Hinterland, _ tally: HinterlandTally, _ name: String
    ) -> String {
        let layer = operation.facilities
        let labels = operation.radii.indices.map { i in
            (i == 0 ? "0" : operation.radii[i - 1].label) + "–" + operation.radii[i].label
        }
        var table = Table(
            [("facility", .whole), ("name", .left)]
                + labels.map { (header: $0, alignment: Table.Alignment.right) }
                + [("all", .right)])
        for facility in 0..<layer.count {
            table.add(
                [layer.ids[facility], layer.names[facility] ?? ""]
                    + operation.radii.indices.map { cell(tally, facility, $0) }
                    + [Figures.number(tally.weights[facility].reduce(0, +))])
        }
        return "\(counting.weight ?? "features") of \(name) in rings around \(layer.name):\n"
            + table.text
    }
}
