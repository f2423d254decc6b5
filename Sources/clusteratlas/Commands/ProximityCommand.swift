import Analysis
import ArgumentParser
import Features
import Formats
import Geometry

struct ProximityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "proximity",
        abstract: "Finds the nearest facilities of each feature.",
        discussion: """
            The features of FROM are written with, for each --to layer and rank,
            <layer>_<rank>_id, <layer>_<rank>_name and <layer>_<rank>_m; with --pairs one
            line a pair is written instead, with from_id, to_id, rank, distance_m and
            azimuth_deg.

            --self seeks the nearest others of FROM itself. --each seeks the nearest of
            every kind. --exclusive gives each feature a facility that no other has: as
            many pairs as can be with the least total distance (optimal), or the nearest
            pair first (greedy). --uncertainty adds the greatest error of each distance,
            plus_minus_m, and whether a rank, or being given a facility or none, is
            stable, or fragile: another answer is possible within the accuracy of
            positions. --shapes measures lines and areas from edge to edge, 0 where they
            touch or overlap.

            Example:
              clusteratlas proximity clusters --to universities -k 3 -o nearest.geojson
            """)

    @Argument(help: ArgumentHelp("The layer to measure from.", valueName: "from"))
    var from: String

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("The layers whose facilities are sought.", valueName: "layer"))
    var to: [String] = []

    @Option(name: .customShort("k"), help: "How many facilities of each layer.")
    var count = 1

    @Option(
        help: ArgumentHelp("The greatest distance, for example 10km.", valueName: "distance"))
    var within: DistanceArgument?

    @Flag(name: .customLong("self"), help: "Seek the nearest others of FROM itself.")
    var ofThemselves = false

    @Option(
        help: ArgumentHelp(
            "Seek the nearest of each value of this field of the facilities.", valueName: "field"))
    var each: String?

    @Option(
        help: ArgumentHelp(
            "One to one, each facility given once.", valueName: "method"))
    var exclusive: ExclusiveArgument?

    @Flag(help: "Measure lines and areas of FROM from their edges, not from inside them.")
    var shapes = false

    @Flag(help: "Write one line feature a pair.")
    var pairs = false

    @Option(
        help: UncertaintyArgument.help(of: "FROM and the others"))
    var uncertainty: UncertaintyArgument?

    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var effort: EffortOptions

    /// The greatest number of ranks that become fields.
    private static let greatestCount = 1000

    func validate() throws {
        if to.isEmpty, !ofThemselves {
            throw ValidationError("name at least one layer with --to, or give --self")
        }
        if count < 1 { throw ValidationError("-k takes a number of at least 1, not \(count)") }
        if count > Self.greatestCount, !pairs {
            throw ValidationError(
                "-k takes at most \(Self.greatestCount), as each rank is three fields; "
                    + "--pairs writes one line a pair instead")
        }
        if ofThemselves, !to.isEmpty || each != nil || exclusive != nil {
            throw ValidationError("--self goes with neither --to nor --each nor --exclusive")
        }
        if shapes, exclusive != nil {
            throw ValidationError("--shapes does not go with --exclusive")
        }
        if exclusive != nil, count > 1 {
            throw ValidationError("--exclusive gives one facility to each; leave -k out")
        }
        try InputOptions.checkInputs([from] + (ofThemselves ? [from] : to))
    }

    func run() async throws {
        let wholes = try (ofThemselves ? [from] : to).map { try input.readAll($0) }
        let targets =
            try each.map { field in
                try wholes.flatMap {
                    try FacilityLayer.parts(
                        name: $0.name, $0.batch, by: field, source: $0.title,
                        notes: StepNotes.found)
                }
            } ?? FacilityLayer.all(wholes)
        let operation = try Proximity(
            targets: targets, k: count, within: within?.distance, isOfThemselves: ofThemselves,
            accuracy: uncertainty?.accuracy, isOfShapes: shapes)
        var opened = try input.open(from)
        let layer = opened.name
        var collection = opened.source.collection
        collection.name = "proximity of \(layer) to \(targets.map(\.name).joined(separator: ", "))"
        var sink = try output.open(collection)
        var tally = ProximityTally(of: operation)
        let progress = ProgressLine("proximity", quiet: input.quiet)
        var written = 0
        let ends = pairs ? try operation.pairEnds() : nil
        func take(_ measured: Proximity.Measured) throws {
            tally.add(measured)
            let result =
                try ends.map { try measured.pairs(firstIndex: written, ends: $0) }
                ?? measured.batch
            written += result.count
            try sink.write(result)
            progress.update(features: tally.count)
        }
        if let exclusive {
            let assignment = ExclusiveProximity(
                targets: targets, method: exclusive.method, within: within?.distance,
                accuracy: uncertainty?.accuracy)
            let all = try opened.source.readAll()
            try take(assignment.measure(all, layer: InputOptions.title(of: from)))
        } else {
            try await OrderedFlow.run(&opened.source, tasks: effort.tasks) { batch in
                try operation.measure(batch, layer: InputOptions.title(of: from))
            } consume: {
                try take($0)
            }
        }
        progress.finish()
        // What is measured against itself was read, and told of, before.
        if !ofThemselves { input.tell(opened.source.collection, of: from) }
        if tally.unlocated > 0 {
            input.note(
                "\(Figures.count(tally.unlocated, "feature")) of \(layer) without a place or distances"
            )
        }
        if !shapes { input.noteRepresented(tally.represented, of: layer) }
        input.noteAccuracies(
            tally.missingAccuracies + operation.missingAccuracies, uncertainty)
        collection.foreignMembers = opened.source.collection.foreignMembers
        var provenance = input.provenance("proximity")
        output.describe(in: &provenance)
        provenance.set("from", opened.name)
        provenance.set("to", targets.map(\.name).joined(separator: ","))
        provenance.set("k", .int(Int64(count)))
        provenance.set("within_m", within.map { .double($0.distance.metres) })
        provenance.set("uncertainty", uncertainty?.text)
        if ofThemselves { provenance.set("self", .bool(true)) }
        provenance.set("each", each)
        provenance.set("exclusive", exclusive?.rawValue)
        if shapes { provenance.set("shapes", .bool(true)) }
        if pairs { provenance.set("pairs", .bool(true)) }
        provenance.add(opened)
        for whole in wholes { provenance.add(whole) }
        try sink.finish(provenance.of(collection))
        output.show(table(tally, layer), quiet: input.quiet)
    }

    private func table(_ tally: ProximityTally, _ layer: String) -> String {
        var table = Table(
            [
                ("nearest", .whole), ("reached", .right), ("not", .right), ("least km", .right),
                ("mean km", .right), ("greatest km", .right),
            ] + (uncertainty == nil ? [] : [("fragile", .right)]))
        for row in tally.rows {
            let cells = [
                row.layer, Figures.number(Double(row.reached)),
                Figures.number(Double(row.unreached)),
                Figures.kilometres(row.reached == 0 ? nil : row.least),
                Figures.kilometres(row.mean),
                Figures.kilometres(row.reached == 0 ? nil : row.greatest),
            ]
            table.add(
                cells + (uncertainty == nil ? [] : [Figures.number(Double(row.fragile))]))
        }
        return "From \(Figures.count(tally.count, "feature")) of \(layer):\n" + table.text
            + (output.isStandardOutput ? "" : "→ \(output.output)\n")
    }
}

/// How pairs are found, on the command line.
enum ExclusiveArgument: String, ExpressibleByArgument, CaseIterable {
    case optimal, greedy

    var method: ExclusiveProximity.Method {
        switch self {
        case .optimal: .optimal
        case .greedy: .greedy
        }
    }
}
