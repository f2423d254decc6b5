import ArgumentParser
import Features
import Formats
import Geometry

/// The form in which features are written.
struct FormOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The format, where the name does not tell: geojson, geojsonl, csv, arrow.",
            valueName: "name"), transform: Self.format(_:))
    var format: FileFormat?

    @Option(
        help: ArgumentHelp(
            "The CRS to write in; longitude and latitude on WGS 84 by default.", valueName: "crs"))
    var crs: String?

    @Option(
        name: .customLong("output-encoding"),
        help: ArgumentHelp(
            "The encoding of the texts of a shapefile: utf-8, or cp949 for old programs.",
            valueName: "name"), transform: InputOptions.encoding(_:))
    var encoding: TextEncoding?

    @Option(help: ArgumentHelp("Decimals of coordinates; 7 for degrees.", valueName: "digits"))
    var precision: Int?

    func validate() throws {
        if let precision, !(0...15).contains(precision) {
            throw ValidationError("--precision takes 0 to 15 decimals, not \(precision)")
        }
    }

    /// Reads the name of a format that can be written: an ending, or what the format is called.
    private static func format(_ name: String) throws -> FileFormat {
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

    /// Opens a sink.
    ///
    /// - Parameters:
    ///   - path: The file, `-` for standard output, where GeoJSON is usual.
    ///   - collection: What is said of the features as a whole.
    ///   - isNamed: Whether `--format` is meant for this file.
    ///   - writesBoxes: Whether GeoJSON has bounding boxes.
    /// - Returns: The sink.
    /// - Throws: What opening it throws.
    func open(
        _ path: String, _ collection: CollectionInfo, isNamed: Bool = true,
        writesBoxes: Bool = false
    ) throws -> any FeatureSink {
        var options = WritingOptions(precision: precision, crs: crs)
        options.writesBoxes = writesBoxes
        options.collection = collection
        // Who names a CRS for the output has named it on purpose.
        options.doubtfulTransformation = .accept
        options.encoding = encoding
        let usual: FileFormat? = path == "-" ? .geoJSON : nil
        let sink = try openSink(
            path, format: isNamed ? format ?? usual : usual, options: options)
        return TellingSink(sink, name: path)
    }

    /// Says in a result's provenance how it was written.
    func describe(in provenance: inout Provenance) {
        provenance.set("crs", crs)
        provenance.set("precision", precision.map { .int(Int64($0)) })
    }
}
