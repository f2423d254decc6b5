import ArgumentParser
import Features
import Formats
import Geometry

/// Where a result goes and in which form.
struct OutputOptions: ParsableArguments {
    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp(
            "The file to write (.geojson, .csv, .gpkg, .shp …); - is standard output.",
            valueName: "file"))
    var output = "-"

    @Option(
        help: ArgumentHelp(
            "The format, where the name does not tell: geojson, geojsonl, csv, arrow.",
            valueName: "name"), transform: Self.format(_:))
    var format: FileFormat?

    @Option(
        help: ArgumentHelp(
            "The CRS of the output; longitude and latitude on WGS 84 by default.", valueName: "crs")
    )
    var crs: String?

    @Option(
        name: .customLong("output-encoding"),
        help: ArgumentHelp(
            "The encoding of the texts of a shapefile: utf-8, or cp949 for old programs.",
            valueName: "name"), transform: InputOptions.encoding(_:))
    var outputEncoding: TextEncoding?

    @Option(help: ArgumentHelp("Decimals of coordinates; 7 for degrees.", valueName: "digits"))
    var precision: Int?

    @Flag(help: "Write bounding boxes (bbox) into GeoJSON.")
    var bbox = false

    func validate() throws {
        if let precision, !(0...15).contains(precision) {
            throw ValidationError("--precision takes 0 to 15 decimals, not \(precision)")
        }
    }

    /// Reads the name of a format that can be written: an ending, or what the format is called.
    static func format(_ name: String) throws -> FileFormat {
        let word = name.lowercased()
        let known = FileFormat.allCases.filter { $0.isWritable && !$0.extensions.isEmpty }
        if let format = known.first(where: {
            $0.extensions.contains(word) || $0.rawValue.lowercased() == word
        }) {
            return format
        }
        throw ValidationError(
            "there is no format \"\(name)\" to write; there are "
                + known.map { $0.extensions[0] }.joined(separator: " "))
    }

    /// Whether the result itself goes to standard output.
    var isStandardOutput: Bool { output == "-" }

    /// Opens the sink for the result.
    func open(_ collection: CollectionInfo) throws -> any FeatureSink {
        try open(output, collection)
    }

    /// Opens a sink for a second result in the same form.
    func open(_ path: String, _ collection: CollectionInfo) throws -> any FeatureSink {
        var options = WritingOptions(precision: precision, crs: crs)
        options.writesBoxes = bbox
        options.collection = collection
        // Who names a CRS for the output has named it on purpose.
        options.doubtfulTransformation = .accept
        options.encoding = outputEncoding
        let usual: FileFormat? = path == "-" ? .geoJSON : nil
        let sink = try openSink(
            path, format: path == output ? format ?? usual : usual, options: options)
        return TellingSink(sink, name: path)
    }

    /// Says in a result's provenance how it was written.
    func describe(in provenance: inout Provenance) {
        provenance.set("crs", crs)
        provenance.set("precision", precision.map { .int(Int64($0)) })
    }

    /// Prints a table: on standard output, or on standard error where that carries the result.
    func show(_ table: String, quiet: Bool) {
        guard !quiet else { return }
        if isStandardOutput { Terminal.write(table, to: 2) } else { Terminal.print(table) }
    }
}
