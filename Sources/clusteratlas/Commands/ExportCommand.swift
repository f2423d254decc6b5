import ArgumentParser
import Catalogue
import Features
import Formats

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes layers as GeoJSON, GeoJSONSeq or CSV.",
        discussion: """
            Several layers are written one after the other into one collection.

            Example:
              clusteratlas export innovation-cities -o innovation-cities.geojson
              clusteratlas export universities --province 전남 --crs EPSG:5186 -o u.geojson
            """)

    @Argument(help: ArgumentHelp("Layers, files, or -.", valueName: "layer"))
    var layers: [String]

    @Option(help: ArgumentHelp("Only records of this kind.", valueName: "kind"))
    var kind: String?

    @Option(
        help: ArgumentHelp(
            "Only records in this province: 전남, 전라남도, Jeonnam or 46.", valueName: "province"))
    var province: String?

    @Option(
        help: ArgumentHelp(
            "Which records of the catalogue: main, whole, part, reference, or all.",
            discussion: "Several with commas. Main records alone by default.",
            valueName: "which"))
    var listing: ListingArgument?

    @Flag(
        help: """
            Draw each place as an indicative circle of its recorded area; never a boundary.
            """)
    var footprint = false

    @Flag(help: "Draw provinces and municipalities as their simplified outlines.")
    var outline = false

    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        _ = try Selection(kind: nil, province: province)
        try InputOptions.checkInputs(layers)
        if footprint, outline {
            throw ValidationError(
                "--footprint and --outline draw the same places twice; choose one")
        }
    }

    /// Which records are meant, and how they are drawn.
    private var view: PlaceView {
        PlaceView(
            listings: listing?.listings ?? [.main],
            drawing: footprint ? .footprint : outline ? .outline : .point)
    }

    func run() async throws {
        let selection = try Selection(kind: try checkedKind(), province: province)
        let progress = ProgressLine("export", quiet: input.quiet)
        // All inputs are opened before anything is written.
        var opened = try layers.map { (reference: $0, layer: try input.open($0, view)) }
        var collection = opened[0].layer.source.collection
        collection.name = opened.map(\.layer.name).joined(separator: ", ")
        var sink = try output.open(collection)
        var count = 0
        for i in opened.indices {
            while var batch = try opened[i].layer.source.next() {
                batch = try selection.filter(batch, layer: opened[i].reference)
                batch.firstIndex = count
                count += batch.count
                try sink.write(batch)
                progress.update(features: count)
            }
            let info = opened[i].layer.source.collection
            input.tell(info, of: opened[i].reference)
            if opened.count == 1 { collection.foreignMembers = info.foreignMembers }
        }
        progress.finish()
        var provenance = input.provenance("export")
        output.describe(in: &provenance)
        provenance.set("layers", opened.map(\.layer.name).joined(separator: ","))
        provenance.set("kind", kind)
        provenance.set("listing", (listing?.text).map { .string($0) })
        if view.drawing != .point {
            provenance.set("drawing", .string(view.drawing.rawValue))
        }
        provenance.set("province", selection.province?.names[0])
        for layer in opened { provenance.add(layer.layer) }
        try sink.finish(provenance.of(collection))
        if count == 0 { input.note("no feature was chosen") }
        if !output.isStandardOutput {
            output.show(
                "\(output.output): \(Figures.count(count, "feature"))\n", quiet: input.quiet)
        }
    }

    /// Checks the kind against the catalogue where only layers of it are exported.
    private func checkedKind() throws -> String? {
        guard let kind else { return nil }
        let catalogue = try input.catalogue.open()
        guard layers.allSatisfy({ catalogue.layers(named: $0) != nil }) else { return kind }
        return try Selection.layers(ofKind: kind, in: catalogue)[0].kind
    }
}
