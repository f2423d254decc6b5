import ArgumentParser
import Features
import Formats
import Geometry
import Siting

struct SitesPointsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "points",
        abstract: "Makes candidates on the features of a layer.",
        discussion: """
            With --every candidates lie along lines, and the edges of areas, from the start
            of each at a spacing, and get along_m; with --vertices at the positions of each
            feature. They keep the attributes of the feature; identifiers are its own and a
            number: road-7/3. A layer of facilities needs no such step: it is a layer of
            candidates as it is.

            Example:
              clusteratlas sites points roads.shp --every 500m -o candidates.geojson
            """)

    @Argument(help: ArgumentHelp("The layer of lines, areas or points.", valueName: "layer"))
    var layer: String

    @Option(help: ArgumentHelp("The spacing along lines: 500m.", valueName: "distance"))
    var every: DistanceArgument?

    @Flag(help: "At the vertices.")
    var vertices = false

    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var effort: EffortOptions

    func validate() throws {
        if (every == nil) != vertices {
            throw ValidationError("give a spacing with --every, or --vertices")
        }
    }

    func run() async throws {
        let operation = try LineCandidates(every.map { .along($0.distance) } ?? .vertices)
        var opened = try input.open(layer)
        var collection = opened.source.collection
        collection.name = "candidates of \(opened.name)"
        var sink = try output.open(collection)
        let progress = ProgressLine("points", quiet: input.quiet)
        var (read, count) = (0, 0)
        try await OrderedFlow.run(&opened.source, tasks: effort.tasks) { batch in
            (operation.candidates(of: batch), batch.count)
        } consume: { (made: FeatureBatch, features: Int) in
            var made = made
            made.firstIndex = count
            count += made.count
            read += features
            try sink.write(made)
            progress.update(features: read)
        }
        progress.finish()
        input.tell(opened.source.collection, of: layer)
        collection.inputs = opened.source.collection.inputs
        var provenance = input.provenance("sites points")
        output.describe(in: &provenance)
        provenance.set("layer", opened.name)
        provenance.set("every_m", every.map { .double($0.distance.metres) })
        if vertices { provenance.set("vertices", .bool(true)) }
        provenance.add(opened)
        try sink.finish(provenance.of(collection))
        if count == 0, every != nil { input.note("\(opened.name) has neither lines nor areas") }
        var text = "\(Figures.count(count, "candidate")) on "
        text += "\(Figures.count(read, "feature")) of \(opened.name)\n"
        if !output.isStandardOutput { text += "→ \(output.output)\n" }
        output.show(text, quiet: input.quiet)
    }
}
