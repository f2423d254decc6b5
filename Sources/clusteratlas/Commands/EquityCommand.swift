import Analysis
import ArgumentParser
import Features
import Formats
import Maps

struct EquityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "equity",
        abstract: "Tells how evenly a score is shared out among the demand.",
        discussion: """
            The score is a field of the layer: nearest_m of coverage, access of
            accessibility, or any other of at least 0. Written is the Lorenz curve with
            demand_share, score_share and score; the table shows the coefficients of Gini,
            Theil and Hoover, 0 where all have the same. With --group Theil's is taken
            apart into what lies between the groups and what within. --picture draws the
            curve as an SVG.

            Example:
              clusteratlas coverage universities --by clusters --within 10km --quiet \\
                --demand-output covered.csv -o covered.geojson
              clusteratlas equity covered.csv --score nearest_m --group province \\
                -o lorenz.csv
            """)

    @Argument(help: ArgumentHelp("The layer whose features have scores.", valueName: "demand"))
    var demand: String

    @Option(help: ArgumentHelp("The field of the score.", valueName: "field"))
    var score: String

    @OptionGroup var counting: WeightOption

    @Option(
        help: ArgumentHelp(
            "The field that tells groups apart: province.", valueName: "field"))
    var group: String?

    @Option(
        help: ArgumentHelp(
            "Also write the figures of each group, to this file.", valueName: "file"))
    var groupOutput: String?

    @Option(
        help: ArgumentHelp(
            "Also draw the Lorenz curve, to this .svg file.", valueName: "file"))
    var picture: String?

    @Option(
        help: ArgumentHelp("How many steps the Lorenz curve has.", valueName: "n"))
    var steps = 10

    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var effort: EffortOptions

    func validate() throws {
        if groupOutput != nil, group == nil {
            throw ValidationError("--group-output needs a --group field")
        }
        try output.checkAlone(beside: groupOutput)
        if let picture, picture == "-" || !picture.lowercased().hasSuffix(".svg") {
            throw ValidationError("--picture takes the name of an .svg file, not \(picture)")
        }
        if !(1...10_000).contains(steps) {
            throw ValidationError("--steps takes a number from 1 to 10000, not \(steps)")
        }
    }

    func run() async throws {
        let operation = Equity(of: score, weightField: counting.weight, groupField: group)
        var opened = try input.open(demand)
        let layer = opened.name
        var results = Results()
        try results.open(output.output, "Lorenz curve of \(score) of \(layer)", output)
        try results.open(groupOutput, "\(score) of \(layer) by \(group ?? "")", output)
        var tally = EquityTally()
        let progress = ProgressLine("equity", quiet: input.quiet)
        try await OrderedFlow.run(&opened.source, tasks: effort.tasks) { batch in
            try operation.measure(batch, layer: InputOptions.title(of: demand))
        } consume: { measured in
            tally.add(measured)
            progress.update(features: tally.count)
        }
        progress.finish()
        input.tell(opened.source.collection, of: demand)
        if tally.unscored > 0 {
            input.note(
                "\(Figures.count(tally.unscored, "feature")) of \(layer) without \(score), "
                    + "not counted")
        }
        input.noteUncounted(
            unlocated: 0, unweighted: tally.unweighted, weight: counting.weight, of: layer)
        let groups = tally.groups()
        try results.write(tally.lorenz(steps: steps), to: output.output)
        if let groupOutput { try results.write(EquityTally.table(of: groups), to: groupOutput) }
        if let picture {
            let scores = tally.distribution()
            let drawn = LorenzPicture(
                scores.lorenzCurve(steps: 200), gini: scores.gini, title: "\(score) of \(layer)")
            try TextFile.write(drawn.svg, to: picture)
        }
        var provenance = input.provenance("equity")
        output.describe(in: &provenance)
        provenance.set("demand", layer)
        provenance.set("score", score)
        provenance.set("weight", counting.weight)
        provenance.set("group", group)
        provenance.set("steps", .int(Int64(steps)))
        provenance.add(opened)
        try results.finish(provenance)
        output.show(
            table(tally, groups, layer) + results.arrows
                + (picture.map { "→ \($0)\n" } ?? ""), quiet: input.quiet)
    }

    private func table(
        _ tally: EquityTally, _ groups: [EquityTally.Group], _ layer: String
    ) -> String {
        let all = tally.distribution()
        var table = Table([
            (group ?? "demand", .left), (counting.weight ?? "features", .right), ("mean", .right),
            ("median", .right), ("least", .right), ("greatest", .right), ("Gini", .right),
            ("Theil", .right),
        ])
        func add(_ name: String, _ scores: WeightedDistribution) {
            let figures = [scores.mean, scores.median, scores.least, scores.greatest]
            table.add(
                [name, Figures.number(scores.weight)]
                    + figures.map { $0.map { Figures.significant($0) } ?? "–" }
                    + [EquityReport.figure(scores.gini), EquityReport.figure(scores.theil)])
        }
        if group != nil { for group in groups { add(group.label ?? "(none)", group.scores) } }
        add("all", all)
        let parts = group == nil ? nil : EquityTally.decomposition(of: groups)
        return "\(score) of \(layer):\n" + table.text
            + EquityReport.line(all, parts, group: group) + "\n"
    }
}
