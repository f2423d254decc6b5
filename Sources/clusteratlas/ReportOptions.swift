import ArgumentParser
import Features

/// A report on standard output, for reading or for scripts, and where its drawing goes.
struct ReportOptions: ParsableArguments {
    @Flag(help: "Print JSON: one object.")
    var json = false

    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp(
            "Also draw the result into this file (.geojson, .gpkg …).", valueName: "file"))
    var output: String?

    @OptionGroup var form: FormOptions

    func validate() throws {
        try OutputOptions.checkAlone([output, json ? "-" : nil])
    }

    /// Opens the sink of the drawing, where one is wanted.
    func open(_ collection: CollectionInfo) throws -> (any FeatureSink)? {
        guard let output else { return nil }
        return try form.open(output, collection)
    }

    /// Says in a result's provenance how it was drawn.
    func describe(in provenance: inout Provenance) { form.describe(in: &provenance) }

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
