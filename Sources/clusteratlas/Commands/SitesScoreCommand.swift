import Analysis
import ArgumentParser
import Features
import Formats
import Siting

struct SitesScoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score",
        abstract: "Scores candidates by several criteria together.",
        discussion: """
            A criterion is a field, how it is judged, and its weight, 1 by default. Judged
            is by max or min (more or less is better), target=5 (near is better), or a
            value function, straight between places: slope:0=1,15=0.5,30=0:2. The
            candidates are written with score, rank, and score_FIELD for each part of it.
            The methods:
              sum        weighted sum of values from 0, the worst, to 1, the best
              owa        ordered average; with --orness 1 the best value decides, with 0
                         the worst (Yager 1996)
              topsis     near the best and far from the worst (Hwang and Yoon 1981)
              vikor      a compromise; less is better (Opricovic and Tzeng 2004)
              promethee  PROMETHEE II, preferred to others (Brans and Vincke 1985)
            Weights are those given, or by entropy or critic from the values, or from
            comparisons two by two (AHP): --compare a/b=3 says that a is three times
            as important as b; or by swing: --swing a=100 --swing b=40 says what it is
            worth to go from the worst value to the best.

            Example:
              clusteratlas sites score sites.geojson --criterion demand_weight:max:2 \\
                --criterion mean_cost:min --method topsis -o scores.geojson
            """)

    @Argument(help: ArgumentHelp("The layer of candidates.", valueName: "candidates"))
    var candidates: String

    @Option(
        name: .customLong("criterion"),
        help: ArgumentHelp(
            "A field, how it is judged, and its weight; once for each.",
            valueName: "field:max:weight"),
        transform: Self.criterion(_:))
    var criteria: [Criterion]

    @Option(
        help: ArgumentHelp(
            "How criteria are brought together; sum by default.", valueName: "method"),
        transform: Self.method(_:))
    var method: Scores.Method = .weightedSum

    @Option(
        help: ArgumentHelp("How weights are found: given, entropy or critic.", valueName: "way"))
    var weights: WeightsArgument = .given

    @Option(
        help: ArgumentHelp(
            "How many times as important one criterion is as another; once for each pair.",
            valueName: "a/b=3"),
        transform: Self.comparison(_:))
    var compare: [Comparison] = []

    @Option(
        help: ArgumentHelp(
            "How values of max and min are made comparable: range (0 to 1) or z.",
            valueName: "scale"))
    var scale: ScaleArgument = .range

    @Option(
        help: ArgumentHelp(
            "Of owa: from 0, the worst value decides, to 1, the best does.", valueName: "share"))
    var orness: Double?

    @Option(
        help: ArgumentHelp(
            "What a criterion's swing from worst to best is worth, up to 100; once for each.",
            valueName: "field=points"),
        transform: SwingArgument.init(text:))
    var swing: [SwingArgument] = []

    @Flag(help: "Tell who is on the Pareto front, and who dominates the others.")
    var pareto = false

    @Option(
        help: ArgumentHelp(
            "Draw so many weights, and tell how often each is first (SMAA-2).",
            valueName: "draws"))
    var acceptability: Int?

    @Option(help: ArgumentHelp("The seed of the draws.", valueName: "n"))
    var seed: UInt64 = 1

    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions

    enum WeightsArgument: String, ExpressibleByArgument, CaseIterable {
        case given, entropy, critic
    }

    struct Comparison {
        let one: String
        let other: String
        let ratio: Double
    }

    private static func criterion(_ text: String) throws -> Criterion {
        try CriterionArgument.criterion(text)
    }

    private static func method(_ text: String) throws -> Scores.Method {
        if let method = Scores.Method(rawValue: text) { return method }
        let names = Scores.Method.allCases.map(\.rawValue)
        throw ValidationError(
            "there is no method \"\(text)\"; the methods are \(names.joined(separator: ", "))")
    }

    private static func comparison(_ text: String) throws -> Comparison {
        let sides = text.split(separator: "=").map(String.init)
        let names = sides.first?.split(separator: "/").map(String.init) ?? []
        guard sides.count == 2, names.count == 2, let ratio = Double(sides[1]), ratio > 0,
            ratio.isFinite
        else {
            throw ValidationError("\"\(text)\" is no comparison; write one like people/price=3")
        }
        return Comparison(one: names[0], other: names[1], ratio: ratio)
    }

    func validate() throws {
        if criteria.isEmpty { throw ValidationError("name what to judge by with --criterion") }
        if !compare.isEmpty, weights != .given {
            throw ValidationError("weights come from --compare or from --weights, not from both")
        }
        if let orness, method != .orderedAverage || !(0...1).contains(orness) {
            throw ValidationError("--orness takes 0 to 1 and is for --method owa")
        }
        if let acceptability, acceptability < 1 {
            throw ValidationError("--acceptability draws at least 1 weight, not \(acceptability)")
        }
        if !swing.isEmpty, !compare.isEmpty || weights != .given {
            throw ValidationError(
                "weights come from --swing, --compare or --weights, from one only")
        }
        _ = try compared()
        _ = try SwingArgument.points(swing, of: criteria)
    }

    /// The weights of the comparisons; `nil` where there are none.
    private func compared() throws -> PairwiseComparison? {
        if compare.isEmpty { return nil }
        var ratios = criteria.map { own in criteria.map { $0.name == own.name ? 1.0 : 0 } }
        for comparison in compare {
            guard let i = criteria.firstIndex(where: { $0.name == comparison.one }),
                let j = criteria.firstIndex(where: { $0.name == comparison.other }), i != j
            else {
                throw ValidationError(
                    "--compare \(comparison.one)/\(comparison.other) does not name two criteria")
            }
            (ratios[i][j], ratios[j][i]) = (comparison.ratio, 1 / comparison.ratio)
        }
        for i in criteria.indices {
            for j in criteria.indices where ratios[i][j] == 0 {
                throw ValidationError(
                    "\(criteria[i].name) and \(criteria[j].name) are not compared; add --compare "
                        + "\(criteria[i].name)/\(criteria[j].name)=…")
            }
        }
        return try PairwiseComparison(ratios)
    }

    func run() async throws {
        let whole = try input.readAll(candidates)
        let info = CollectionInfo(name: "scores of \(whole.name)")
        var sink = try output.open(info)
        var criteria = criteria
        if scale == .z {
            for place in criteria.indices where criteria[place].scale == .range {
                criteria[place].scale = .deviations
            }
        }
        let comparison = try compared()
        if let comparison {
            for place in criteria.indices { criteria[place].weight = comparison.weights[place] }
            if comparison.consistencyRatio > 0.1, !input.quiet {
                Terminal.complain(
                    "warning: the comparisons contradict each other (consistency ratio "
                        + "\(Figures.number(comparison.consistencyRatio, decimals: 3)), above 0.1)")
            }
        }
        let points = try SwingArgument.points(swing, of: criteria)
        let weighting: ScoredLayer.Weighting =
            switch weights {
            case .given: points.map { .swing($0) } ?? .given
            case .entropy: .entropy
            case .critic: .critic
            }
        var extras = ScoredLayer.Extras()
        extras.orness = orness ?? 0.5
        extras.tellsPareto = pareto
        extras.draws = acceptability
        extras.seed = seed
        let scored = try ScoredLayer(
            whole.batch, layer: whole.name, by: criteria, method, weighting: weighting,
            extras: extras)
        try sink.write(scored.batch)
        var provenance = input.provenance("sites score")
        output.describe(in: &provenance)
        provenance.set("candidates", whole.name)
        provenance.set("method", method.rawValue)
        provenance.set(
            "criteria",
            .json(
                "["
                    + scored.criteria.map {
                        JSONLine.object([
                            ("field", .string($0.name)),
                            ("goal", .string(CriterionArgument.goal(of: $0))),
                            ("weight", .double($0.weight)),
                        ])
                    }.joined(separator: ",") + "]"))
        provenance.set("orness", orness.map { .double($0) })
        if pareto { provenance.set("pareto", .bool(true)) }
        provenance.set("acceptability", acceptability.map { .int(Int64($0)) })
        provenance.set("seed", acceptability.map { _ in .int(Int64(clamping: seed)) })
        provenance.add(whole)
        try sink.finish(provenance.of(info))
        output.show(table(scored, whole.name, comparison), quiet: input.quiet)
    }

    private func table(
        _ scored: ScoredLayer, _ layer: String, _ comparison: PairwiseComparison?
    ) -> String {
        var weights = Table([
            ("criterion", .left), ("goal", .left), ("weight", .right), ("same winner", .right),
        ])
        for (place, criterion) in scored.criteria.enumerated() {
            let range = scored.stableWeights[place]
            weights.add([
                criterion.name, CriterionArgument.goal(of: criterion),
                Figures.number(criterion.weight, decimals: 3),
                "\(Figures.number(range.lowerBound, decimals: 3)) to "
                    + Figures.number(range.upperBound, decimals: 3),
            ])
        }
        let more = scored.acceptability == nil ? [] : ["first", "in three"]
        var best = Table(
            [("rank", .right), ("candidate", .whole), ("name", .left), ("score", .right)]
                + more.map { ($0, .right) } + (pareto ? [("pareto", .left)] : []))
        let names = NameField.names(of: scored.batch)
        for row in scored.order.prefix(10) {
            let shares = more.isEmpty ? [] : ["first_share", "first_three_share"]
            let isOnFront = scored.batch["pareto"]?[row] == .bool(true)
            best.add(
                [
                    scored.batch["rank"]?.number(row).map { Figures.number($0) } ?? "–",
                    scored.batch.id(row) ?? String(row + 1), names[row] ?? "",
                    scored.batch["score"]?.number(row).map { Figures.number($0, decimals: 3) }
                        ?? "–",
                ] + shares.map { Figures.share(scored.batch[$0]?.number(row)) }
                    + (pareto ? [isOnFront ? "yes" : ""] : []))
        }
        var text = "Scores of \(layer) (\(method.rawValue)):\n" + weights.text
        if let comparison {
            text +=
                "consistency ratio \(Figures.number(comparison.consistencyRatio, decimals: 3))\n"
        }
        text += "\n" + best.text
        let without = scored.batch.count - scored.order.count
        if without > 0 { text += "Without a score: \(Figures.count(without, "candidate"))\n" }
        if !output.isStandardOutput { text += "→ \(output.output)\n" }
        return text
    }
}
