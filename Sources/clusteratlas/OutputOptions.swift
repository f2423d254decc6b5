import ArgumentParser
import Features

/// Where a result goes and in which form.
struct OutputOptions: ParsableArguments {
    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp(
            "The file to write (.geojson, .csv, .gpkg, .shp …); - is standard output.",
            valueName: "file"))
    var output = "-"

    @OptionGroup var form: FormOptions

    @Flag(help: "Write bounding boxes (bbox) into GeoJSON.")
    var bbox = false

    /// Refuses several results for standard output, which holds one.
    func checkAlone(beside others: String?...) throws {
        try Self.checkAlone([output] + others)
    }

    /// Refuses several results for standard output, which holds one.
    static func checkAlone(_ paths: [String?]) throws {
        if paths.count(where: { $0 == "-" }) > 1 {
            throw ValidationError("only one result can go to standard output; give a file with -o")
        }
    }

    /// Whether the result itself goes to standard output.
    var isStandardOutput: Bool { output == "-" }

    /// Opens the sink for the result.
    func open(_ collection: CollectionInfo) throws -> any FeatureSink {
        try open(output, collection)
    }

    /// Opens a sink for a second result in the same form.
    func open(_ path: String, _ collection: CollectionInfo) throws -> any FeatureSink {
        try form.open(path, collection, isNamed: path == output, writesBoxes: bbox)
    }

    /// Says in a result's provenance how it was written.
    func describe(in provenance: inout Provenance) { form.describe(in: &provenance) }

    /// Prints a table: on standard output, or on standard error where that carries the result.
    func show(_ table: String, quiet: Bool) {
        guard !quiet else { return }
        if isStandardOutput { Terminal.write(table, to: 2) } else { Terminal.print(table) }
    }
}
