import ArgumentParser
import Features
import Formats
import Geometry

/// A report on standard output, for reading or for scripts, and where its drawing goes.
struct ReportOptions: ParsableArguments {
    @Flag(help: "Print JSON: one object.")
    var json = false

    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp(
            "Also draw the result into this file (.geojson, .gpkg …).", valueName: "file"))
    var output: String?

    @Option(
        help: ArgumentHelp(
            "The CRS of the drawing; longitude and latitude on WGS 84 by default.",
            valueName: "crs"))
    var crs: String?

    @Option(help: ArgumentHelp("Decimals of coordinates; 7 for degrees.", valueName: "digits"))
    var precision: Int?

    func validate() throws {
        if let precision, !(0...15).contains(precision) {
            throw ValidationError("--precision takes 0 to 15 decimals, not \(precision)")
        }
        if output == "-", json {
            throw ValidationError("only one result can go to standard output; give a file with -o")
        }
    }

    /// Opens the sink of the drawing, where one is wanted.
    func open(_ collection: CollectionInfo) throws -> (any FeatureSink)? {
        guard let output else { return nil }
        var options = WritingOptions(precision: precision, crs: crs)
        options.collection = collection
        options.doubtfulTransformation = .accept
        let format: FileFormat? = output == "-" ? .geoJSON : nil
        return TellingSink(try openSink(output, format: format, options: options), name: output)
    }

    /// Says in a result's provenance how it was drawn.
    func describe(in provenance: inout Provenance) {
        provenance.set("crs", crs)
        provenance.set("precision", precision.map { .int(Int64($0)) })
    }

    /// Prints the report: on standard output, or on standard error where that carries the drawing.
    func show(_ text: String, quiet: Bool) {
        if json {
            Terminal.print(text)
        } else if output == "-" {
            if !quiet { Terminal.write(text, to: 2) }
        } else if !quiet {
            Terminal.print(text + (output.map { "→ \($0)\n" } ?? ""))
        }
    }
}
