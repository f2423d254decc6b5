import ArgumentParser
import Features
import Formats
import Geometry
import Siting

struct SitesGridCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "grid",
        abstract: "Makes candidates: cells of one area over a boundary.",
        discussion: """
            Cells are squares, or with --hex hexagons, of the area of a square with the
            side given, on the ellipsoid: within a part in a million up to 20 km of side
            and 500 km from the middle of the boundary. Candidates are the centres that
            lie in the boundary; with --cells the whole cells around them, which tile.
            Boundaries whose middles round to one whole degree share their grid.

            Example:
              clusteratlas sites grid --boundary provinces --cell 1km --hex -o grid.geojson
            """)

    @Option(
        help: ArgumentHelp(
            "The polygons to fill: provinces, municipalities, or a file.", valueName: "layer"))
    var boundary: String

    @Option(
        help: ArgumentHelp(
            "The side of a square of the cells' area: 1km.", valueName: "distance"))
    var cell: DistanceArgument

    @Flag(help: "Hexagons instead of squares.")
    var hex = false

    @Flag(help: "Write the cells, not their centres.")
    var cells = false

    @Option(
        help: ArgumentHelp(
            "Only features of the boundary that meet a condition: \"name_en = 'Busan'\".",
            valueName: "condition"))
    var only: String?

    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let condition = try only.map { try Filter($0) }
        let whole = try input.readAllOutlined(boundary)
        let outline = try condition.map { whole.batch.takingSome(try $0.rows(of: whole.batch)) }
        let shapes = (outline ?? whole.batch).geometry.shapes.compactMap { $0 }
        var source = try GridSource(
            over: shapes, side: cell.distance.metres, hex ? .hexagon : .square, drawsCells: cells,
            name: "grid over \(whole.name)")
        var sink = try output.open(source.collection)
        let progress = ProgressLine("grid", quiet: input.quiet)
        var count = 0
        while let batch = try source.next() {
            try sink.write(batch)
            count += batch.count
            progress.update(features: count)
        }
        progress.finish()
        var provenance = input.provenance("sites grid")
        output.describe(in: &provenance)
        provenance.set("boundary", whole.name)
        provenance.set("only", only)
        provenance.set("cell_m", .double(cell.distance.metres))
        provenance.set("form", source.grid.form.rawValue)
        provenance.set("grid", source.grid.projection)
        provenance.add(whole)
        try sink.finish(provenance.of(source.collection))
        let form = hex ? ("hexagon", "hexagons") : ("square", "squares")
        var text = "\(Figures.count(count, form.0, form.1)) of "
        text +=
            "\(AreaText.label(cell.distance.metres * cell.distance.metres)) over \(whole.name)\n"
        if !output.isStandardOutput { text += "→ \(output.output)\n" }
        output.show(text, quiet: input.quiet)
    }
}
