import Analysis
import ArgumentParser
import Features
import Formats

struct HotspotsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hotspots",
        abstract: "Getis-Ord Gi*: where high or low values lie together.",
        discussion: """
            The features are written with gi_z, a standard score, gi_p, its one-sided
            probability, gi_permutation_p, and hotspot: hot 99, hot 95 or hot 90 where z is
            above 2.576, 1.960 or 1.645, cold where it is below these with a minus.

            Example:
              clusteratlas concentration hotspots municipalities --value population \\
                --within 30km -o hot.geojson
            """)

    @Argument(help: ArgumentHelp("The layer.", valueName: "layer"))
    var layer: String

    @OptionGroup var statistic: StatisticOptions
    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var effort: EffortOptions

    /// The scores beyond which something is said to be hot or cold, with how sure that is.
    private static let steps = [(2.576, "99"), (1.960, "95"), (1.645, "90")]

    private static func word(_ score: Double) -> String? {
        steps.first { score.magnitude >= $0.0 }.map { (score > 0 ? "hot " : "cold ") + $0.1 }
    }

    func run() async throws {
        let whole = try input.readAll(layer)
        let places = try statistic.places(of: whole, input)
        let info = CollectionInfo(name: "hot spots of \(whole.name)")
        var sink = try output.open(info)
        let found = try await GetisOrdStatistic(
            of: places.values, try statistic.weights(places, input),
            permutations: statistic.drawing.permutations, seed: statistic.drawing.seed,
            tasks: effort.tasks)
        var batch = whole.batch
        let count = batch.count
        batch.set("gi_z", .double(places.spread(found.scores, over: count)))
        batch.set("gi_p", .double(places.spread(found.probabilities, over: count)))
        batch.set(
            "gi_permutation_p",
            .double(places.spread(found.significances, over: count).map { $0 ?? nil }))
        let words = places.spread(found.scores, over: count).map { $0.flatMap(Self.word) }
        batch.set("hotspot", .string(words))
        try sink.write(batch)
        var provenance = input.provenance("concentration hotspots")
        output.describe(in: &provenance)
        provenance.set("layer", whole.name)
        statistic.describe(in: &provenance)
        provenance.add(whole)
        try sink.finish(provenance.of(info))
        output.show(table(found, places, whole), quiet: input.quiet)
    }

    /// How many of the hottest features the table shows.
    private static let shown = 10

    private func table(
        _ found: GetisOrdStatistic, _ places: ValuedPlaces, _ whole: InputOptions.Whole
    ) -> String {
        let words = found.scores.compactMap(Self.word)
        let heading =
            "Gi* of \(statistic.title), \(Figures.count(places.values.count, "feature")) of "
            + "\(whole.name), neighbours \(statistic.words): "
            + "\(words.count { $0.hasPrefix("hot") }) hot, "
            + "\(words.count { $0.hasPrefix("cold") }) cold"
        let names = NameField.names(of: whole.batch)
        var table = Table([
            ("feature", .whole), ("name", .left), ("value", .right), ("z", .right),
            ("p of permutations", .right), ("", .left),
        ])
        let order = found.scores.indices.sorted {
            (-found.scores[$0], $0) < (-found.scores[$1], $1)
        }
        for place in order.prefix(Self.shown) {
            let row = places.rows[place]
            table.add([
                whole.batch.id(row) ?? String(row + 1), names[row] ?? "",
                Figures.significant(places.values[place]),
                Figures.number(found.scores[place], decimals: 2),
                StatisticOptions.probability(found.significances[place]),
                Self.word(found.scores[place]) ?? "",
            ])
        }
        return heading.wrapped() + table.text
            + (output.isStandardOutput ? "" : "→ \(output.output)\n")
    }
}
