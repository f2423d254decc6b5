import Analysis
import ArgumentParser
import Features
import Formats

struct MoranCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "moran",
        abstract: "Moran's I: whether near places have like values, and where.",
        discussion: """
            I is near 0 where values lie as if by chance, above it where like lies beside
            like. The features are written with moran_local, moran_quadrant (high-high,
            low-low, high-low, low-high) and moran_p, the pseudo-significance of the
            surroundings. Weights are row-standardised.

            Example:
              clusteratlas concentration moran municipalities --value population \\
                --per area_km2 -o moran.geojson
            """)

    @Argument(help: ArgumentHelp("The layer.", valueName: "layer"))
    var layer: String

    @OptionGroup var statistic: StatisticOptions
    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var effort: EffortOptions

    func run() async throws {
        let whole = try input.readAll(layer)
        let places = try statistic.places(of: whole, input)
        let info = CollectionInfo(name: "Moran's I of \(whole.name)")
        var sink = try output.open(info)
        let found = try await MoranStatistic(
            of: places.values, try statistic.weights(places, input),
            permutations: statistic.drawing.permutations, seed: statistic.drawing.seed,
            tasks: effort.tasks)
        var batch = whole.batch
        let local = places.spread(found.local, over: batch.count)
        batch.set("moran_local", .double(local.map { $0?.value }))
        batch.set("moran_quadrant", .string(local.map { $0?.quadrant?.rawValue }))
        batch.set("moran_p", .double(local.map { $0?.significance }))
        try sink.write(batch)
        var provenance = input.provenance("concentration moran")
        output.describe(in: &provenance)
        provenance.set("layer", whole.name)
        statistic.describe(in: &provenance)
        provenance.add(whole)
        try sink.finish(provenance.of(info))
        output.show(table(found, whole.name, places.values.count), quiet: input.quiet)
    }

    private func table(_ found: MoranStatistic, _ layer: String, _ count: Int) -> String {
        let heading =
            "Moran's I of \(statistic.title), \(Figures.count(count, "feature")) of \(layer), "
            + "neighbours \(statistic.words):"
        var text = heading.wrapped()
        var whole = Table([
            ("I", .right), ("expected", .right), ("z", .right), ("p", .right),
            ("p of permutations", .right),
        ])
        whole.add([
            Figures.number(found.value, decimals: 4), Figures.number(found.expected, decimals: 4),
            Figures.number(found.score, decimals: 2),
            StatisticOptions.probability(found.probability),
            StatisticOptions.probability(found.significance),
        ])
        text += whole.text
        if statistic.drawing.permutations > 0 {
            var parts = Table([("surroundings", .left), ("features", .right), ("p ≤ 0.05", .right)])
            for quadrant in [
                MoranStatistic.Quadrant.highHigh, .lowLow, .highLow, .lowHigh,
            ] {
                let those = found.local.filter { $0.quadrant == quadrant }
                parts.add([
                    quadrant.rawValue, Figures.number(Double(those.count)),
                    Figures.number(Double(those.count { $0.significance ?? 1 <= 0.05 })),
                ])
            }
            text += parts.text
        }
        return text + (output.isStandardOutput ? "" : "→ \(output.output)\n")
    }
}
