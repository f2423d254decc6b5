import Analysis
import ArgumentParser
import Features
import Formats
import Geometry

struct QuotientCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quotient",
        abstract: "Location quotients: what a region has more of than others.",
        discussion: """
            The share of a kind among all that a region has, over its share everywhere: 1
            as everywhere, 2 twice as much. Kinds are the layers, or a field of them. p is
            the share of permutations, the kinds dealt out anew among the features, that
            have as much, or as little.

            Example:
              clusteratlas concentration quotient universities research-institutes \\
                industrial-complexes --by province
              clusteratlas concentration quotient industrial-complexes --kind \\
                complex_type --weight area_km2 --by province -o quotients.csv
            """)

    @Argument(help: ArgumentHelp("The layers.", valueName: "layer"))
    var layers: [String]

    @Option(help: ArgumentHelp("The field that names the region.", valueName: "field"))
    var by: String

    @Option(
        help: ArgumentHelp(
            "The field that names the kind; the layer by default.", valueName: "field"))
    var kind: String?

    @Option(
        help: ArgumentHelp("The field that says how much a feature counts.", valueName: "field"))
    var weight: String?

    @OptionGroup var drawing: PermutationOptions

    @OptionGroup var report: ReportOptions
    @OptionGroup var input: InputOptions

    func validate() throws {
        try InputOptions.checkInputs(layers)
    }

    func run() async throws {
        let wholes = try layers.map { try input.readAll($0) }
        var regions: [String?] = []
        var kinds: [String?] = []
        var amounts: [Double] = []
        var unweighted = 0
        for whole in wholes {
            regions += try texts(by, whole)
            kinds +=
                try kind.map { try texts($0, whole) }
                ?? Array(repeating: whole.name, count: whole.batch.count)
            let read = try DemandWeights(of: whole.batch, field: weight, layer: whole.title)
            amounts += read.values
            unweighted += read.missing
        }
        let found = LocationQuotients(
            regions: regions, kinds: kinds, amounts: amounts, permutations: drawing.permutations,
            seed: drawing.seed)
        if found.uncounted > 0 {
            input.note(
                "\(Figures.count(found.uncounted, "feature")) without "
                    + ([by] + [kind].compactMap { $0 }).joined(separator: " or ")
                    + ", not counted")
        }
        if unweighted > 0, let weight {
            input.note("\(Figures.count(unweighted, "feature")) without \(weight), counted as 0")
        }
        let info = CollectionInfo(name: "location quotients")
        var provenance = input.provenance("concentration quotient")
        report.describe(in: &provenance)
        provenance.set("layers", wholes.map(\.name).joined(separator: ","))
        provenance.set("by", by)
        provenance.set("kind", kind)
        provenance.set("weight", weight)
        drawing.describe(in: &provenance)
        for whole in wholes { provenance.add(whole) }
        if var sink = try report.open(info) {
            try sink.write(found.features)
            try sink.finish(provenance.of(info))
        }
        report.show(report.json ? json(found) : table(found), quiet: input.quiet)
    }

    private func texts(_ field: String, _ whole: InputOptions.Whole) throws -> [String?] {
        try LabelField.labels(field, of: whole.batch, layer: whole.title)
    }

    /// How many rows the table shows.
    private static let shown = 20

    private func table(_ found: LocationQuotients) -> String {
        var table = Table([
            (by, .left), (kind ?? "layer", .left), (weight ?? "count", .right), ("share", .right),
            ("quotient", .right), ("p", .right),
        ])
        let order = found.rows.sorted { ($0.quotient ?? -1) > ($1.quotient ?? -1) }
        for row in order.prefix(Self.shown) {
            table.add([
                row.region, row.kind,
                weight == nil ? Figures.number(row.amount) : Figures.significant(row.amount),
                Figures.share(row.share),
                row.quotient.map { Figures.number($0, decimals: 2) } ?? "–",
                StatisticOptions.probability(row.significance),
            ])
        }
        let rest = found.rows.count - min(found.rows.count, Self.shown)
        return table.text + (rest > 0 ? "\(Figures.number(Double(rest))) more not shown\n" : "")
    }

    private func json(_ found: LocationQuotients) -> String {
        let rows = found.rows.map { row in
            JSONLine.object([
                ("region", .string(row.region)), ("kind", .string(row.kind)),
                ("amount", .double(row.amount)),
                ("share", row.share.map { .double($0) } ?? .null),
                ("quotient", row.quotient.map { .double($0) } ?? .null),
                ("p", row.significance.map { .double($0) } ?? .null),
            ])
        }
        return JSONLine.object([
            ("uncounted", .int(Int64(found.uncounted))),
            ("rows", .json("[" + rows.joined(separator: ",\n") + "]")),
        ]) + "\n"
    }
}
