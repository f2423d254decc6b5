import ArgumentParser
import Features
import Formats
import Geometry

struct ConvertCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Converts files between formats and systems, and takes what is wanted.",
        discussion: """
            Several inputs are written one after the other into one layer that has the
            attributes of all. A condition is written as in SQL: comparisons, and, or, not,
            in (…), like '…%', between … and …, is null; names stand as they are or in "".

            Example:
              clusteratlas convert places.geojson places.gpkg
              clusteratlas convert old.shp new.geojson --where "인구 >= 1000"
              clusteratlas convert a.csv b.xlsx all.shp --crs EPSG:5186
              clusteratlas convert a.gpkg - --format arrow | python3 map.py
            """)

    @Argument(
        help: ArgumentHelp(
            "One or more inputs, and the file to write: .geojson .csv .gpkg .shp .fgb .gml .kml "
                + ".xlsx.", valueName: "in … out"))
    var files: [String]

    @Option(
        help: ArgumentHelp(
            "Only these attributes, in this order: name,people.", valueName: "names"))
    var select: String?

    @Option(
        name: .customLong("where"),
        help: ArgumentHelp(
            "Only features that meet a condition: \"people > 500 and name like '대%'\".",
            valueName: "condition"))
    var condition: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Only features that touch a box: west,south,east,north in degrees.",
            valueName: "box"))
    var bbox: String?

    @Option(
        help: ArgumentHelp(
            "Only what lies in the areas of this layer; features are cut at their edge.",
            valueName: "layer"))
    var clip: String?

    @OptionGroup var form: FormOptions

    @Option(
        help: ArgumentHelp(
            "Neighbours together: hilbert, along that curve. Reads all before it writes.",
            valueName: "order"), transform: Self.choice(_:))
    var sort: FeatureOrder?

    @Option(
        help: ArgumentHelp(
            "simplestyle: the colours that geojson.io and GitHub draw.", valueName: "style"),
        transform: Self.choice(_:))
    var style: FeatureStyle?

    @OptionGroup var input: InputOptions

    /// Reads one of a few words.
    private static func choice<Choice: CaseIterable & RawRepresentable>(
        _ word: String
    ) throws -> Choice where Choice.RawValue == String {
        if let choice = Choice(rawValue: word) { return choice }
        throw ValidationError(
            "\"\(word)\" is none of " + Choice.allCases.map(\.rawValue).joined(separator: ", "))
    }

    private var inputs: [String] { Array(files.dropLast()) }
    private var output: String { files[files.count - 1] }

    func validate() throws {
        if files.count < 2 { throw ValidationError("name at least one input, and the output last") }
        try InputOptions.checkInputs(inputs)
        _ = try box()
    }

    func run() async throws {
        let condition = try condition.map { try Filter($0) }
        let areas = try clip.map { try ClipArea(input.readAll($0).batch) }
        let box = try box()
        let names = select.map { $0.split(separator: ",").map(String.init) }
        var opened = try inputs.map { (reference: $0, layer: try input.open($0)) }
        var collection = opened[0].layer.source.collection
        collection.name = opened.map(\.layer.name).joined(separator: ", ")
        var sink = try form.open(output, collection)
        let progress = ProgressLine("convert", quiet: input.quiet)
        var held: [FeatureBatch] = []
        var (read, count) = (0, 0)
        var selected: Set<String> = []
        for at in opened.indices {
            while var batch = try opened[at].layer.source.next() {
                read += batch.count
                if let condition { batch = batch.takingSome(try condition.rows(of: batch)) }
                if let box { batch = batch.takingSome(BoxSelection.rows(of: batch, in: box)) }
                if let areas { batch = try areas.clipped(batch) }
                if let names {
                    selected.formUnion(batch.columns.map(\.name))
                    batch = batch.selecting(names)
                }
                if let style { batch = style.styled(batch) }
                batch.firstIndex = count
                count += batch.count
                if sort == nil { try sink.write(batch) } else { held.append(batch) }
                progress.update(features: read)
            }
            let info = opened[at].layer.source.collection
            input.tell(info, of: opened[at].reference)
            if opened.count == 1 { collection.foreignMembers = info.foreignMembers }
        }
        if let missing = names?.first(where: { read > 0 && !selected.contains($0) }) {
            let near = Spelling.nearest(to: missing, in: selected.sorted())
            throw ValidationError(
                "there is no attribute \"\(missing)\""
                    + (near.map { "; did you mean \"\($0)\"?" }
                        ?? "; there are \(selected.sorted().joined(separator: ", "))"))
        }
        if let sort, !held.isEmpty { try sink.write(sort.sorted(.joining(held))) }
        progress.finish()
        try sink.finish(provenance(opened.map(\.layer)).of(collection))
        if count == 0 { input.note("no feature was chosen") }
        if output != "-", !input.quiet {
            let share = count == read ? "" : " of \(Figures.number(Double(read)))"
            Terminal.print("\(output): \(Figures.count(count, "feature"))\(share)\n")
        }
    }

    private func provenance(_ layers: [InputOptions.Opened]) -> Provenance {
        var provenance = input.provenance("convert")
        provenance.set("layers", .string(layers.map(\.name).joined(separator: ",")))
        form.describe(in: &provenance)
        provenance.set("select", select.map { .string($0) })
        provenance.set("where", condition.map { .string($0) })
        provenance.set("bbox", bbox.map { .string($0) })
        provenance.set("clip", clip.map { .string($0) })
        provenance.set("sort", sort.map { .string($0.rawValue) })
        provenance.set("style", style.map { .string($0.rawValue) })
        for layer in layers { provenance.add(layer) }
        return provenance
    }

    private func box() throws -> Envelope? {
        guard let bbox else { return nil }
        let numbers = bbox.split(separator: ",").compactMap {
            Double($0.filter { !$0.isWhitespace })
        }
        guard numbers.count == 4, bbox.split(separator: ",").count == 4,
            numbers[0] <= numbers[2], numbers[1] <= numbers[3], numbers.allSatisfy(\.isFinite)
        else {
            throw ValidationError(
                "--bbox takes west,south,east,north in degrees, for example 126,35,128,37, not "
                    + "\"\(bbox)\"")
        }
        return Envelope(
            minX: numbers[0], minY: numbers[1], maxX: numbers[2], maxY: numbers[3])
    }
}
