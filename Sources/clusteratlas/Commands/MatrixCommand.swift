import Analysis
import ArgumentParser
import Features
import Formats
import Geometry

struct MatrixCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "matrix",
        abstract: "Writes the distances from each feature to each facility.",
        discussion: """
            A .csv has one line a pair: from_id, to_id, metres. A .npy is an array of
            64-bit floats for NumPy with a row a feature and a column a facility, NaN
            where there is no distance. An .arrow is a table with from_id and a column a
            facility. With --within only what is near is written, in an .arrow a row a
            pair. The matrix is never in memory.

            Example:
              clusteratlas matrix clusters --to universities --within 20km -o near.csv
            """)

    @Argument(help: ArgumentHelp("The layer to measure from.", valueName: "from"))
    var from: String

    @Option(help: ArgumentHelp("The layer to measure to.", valueName: "layer"))
    var to: String

    @Option(
        help: ArgumentHelp("The greatest distance, for example 20km.", valueName: "distance"))
    var within: DistanceArgument?

    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp(
            "The file to write, .csv, .npy or .arrow; - is standard output, as .csv.",
            valueName: "file"))
    var output = "-"

    @OptionGroup var input: InputOptions
    @OptionGroup var effort: EffortOptions

    func validate() throws {
        try InputOptions.checkInputs([from, to])
        if MatrixForm(path: output) == nil {
            throw ValidationError("a matrix is written as .csv, .npy or .arrow, not as \(output)")
        }
    }

    func run() async throws {
        let form = MatrixForm(path: output, isDense: within == nil) ?? .pairs
        let facilities = try FacilityLayer.all([try input.readAll(to)])[0]
        let matrix = try CostMatrix(to: facilities, within: within?.distance)
        var opened = try input.open(from)
        var places: Places?
        var origins: [String] = []
        while let batch = try opened.source.next() {
            let next = try Places(of: batch, layer: InputOptions.title(of: from))
            if places?.append(next) == nil { places = next }
            origins += (0..<batch.count).map { batch.id($0) ?? String(batch.firstIndex + $0 + 1) }
        }
        input.tell(opened.source.collection, of: from)
        if let places, places.unlocated > 0 {
            input.note(
                "\(Figures.count(places.unlocated, "feature")) of \(opened.name) without a place "
                    + "or distances")
        }
        input.noteRepresented(places?.represented ?? 0, of: opened.name)
        let sink = try MatrixSink(
            path: output, form: form, rows: origins.count, destinations: facilities.ids)
        let progress = ProgressLine("matrix", quiet: input.quiet)
        var written = (rows: 0, pairs: 0)
        if let places {
            let (names, columns) = (origins, facilities.ids)
            try await matrix.stream(from: places, tasks: effort.tasks) { range, rows in
                let block = form.encode(rows, origins: names[range], destinations: columns)
                return (rows: range.count, pairs: rows.count, block: block)
            } consume: { part in
                try sink.write(part.block)
                written.rows += part.rows
                written.pairs += part.pairs
                progress.update(features: written.rows)
            }
        }
        progress.finish()
        try sink.finish()
        guard !input.quiet else { return }
        let text =
            "\(Figures.count(written.pairs, "distance")) from "
            + "\(Figures.count(origins.count, "feature")) of \(opened.name) to "
            + "\(Figures.number(Double(facilities.count))) of \(facilities.name)"
            + (within.map { " within \($0.distance.label)" } ?? "") + "\n"
        if output == "-" {
            Terminal.write(text, to: 2)
        } else {
            Terminal.print(text + "→ \(output)\n")
        }
    }
}
