import ArgumentParser
import Features
import Formats

struct InfoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info",
        abstract: "Tells what a file holds: layers, CRS, attributes, encoding, validity.",
        discussion: """
            Of a large file the first 200,000 features are read, which is said. A file of
            several layers is listed; name one as zones.gpkg:parcels. Where no CRS is named,
            or one that the positions contradict, the likely ones are told with their odds.

            Example:
              clusteratlas info parcels.shp
            """)

    @Argument(help: ArgumentHelp("The file, perhaps with :LAYER, or -.", valueName: "file"))
    var file: String

    @Flag(help: "Read all features, however many.")
    var full = false

    @Flag(help: "Print JSON: one object.")
    var json = false

    @OptionGroup var input: InputOptions

    func run() throws {
        if file != "-", LayerAddress(file).layer == nil {
            let names = try LayerNames.of(file)
            if names.count > 1 {
                Terminal.print(json ? listing(names) : list(names))
                return
            }
        }
        let report = try FileReport.reading(file, input, isFull: full)
        Terminal.print(json ? report.json + "\n" : report.text)
    }

    private func list(_ names: [String]) -> String {
        let format = FileFormat(path: file).map { " (\($0.rawValue))" } ?? ""
        return "file      \(file)\(format)\nlayers    \(names.count); see one with "
            + "`clusteratlas info \(file):LAYER`\n"
            + names.map { "          \($0)\n" }.joined()
    }

    private func listing(_ names: [String]) -> String {
        let list = names.map { JSONText.of(.string($0)) }.joined(separator: ", ")
        return JSONLine.object([("file", .string(file)), ("layers", .json("[\(list)]"))]) + "\n"
    }
}
