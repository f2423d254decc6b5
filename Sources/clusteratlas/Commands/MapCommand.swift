import ArgumentParser
import Catalogue
import Features
import Formats
import Maps

struct MapCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "map",
        abstract: "Draws layers and results over Korea's provinces.",
        discussion: """
            The ending of the file says what is drawn: .svg is a picture for print, with
            title, legend, scale bar, north arrow, graticule and sources; .png the same,
            made by rsvg-convert or chromium, whichever is installed; .html is a page to
            pan, zoom and search, in one file that needs no network. Layers lie in their
            order, the first one on top. With --for the map is written for another tool,
            with the same colours, classes and sizes.

            Example:
              clusteratlas map innovation-cities universities -o map.html
              clusteratlas map near.geojson --color universities_1_m --classes quantile \\
                -o near.svg
              clusteratlas map innovation-cities universities --for qgis -o cities.qgs
            """)

    @Argument(help: ArgumentHelp("Layers, results or other files, or -.", valueName: "layer"))
    var layers: [String]

    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp(
            "The file to write: .html, .svg, .png, or with --for its own.", valueName: "file"))
    var output: String

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp(
            "The tool: qgis, maplibre, kepler, mapbox, geojson.io or felt.", valueName: "tool"),
        transform: Self.tool(_:))
    var tool: MapTool?

    @Option(
        help: ArgumentHelp(
            "Colour features by an attribute: numbers in classes, texts as kinds.",
            valueName: "field"))
    var color: String?

    @Option(
        help: ArgumentHelp(
            "How numbers are classed: jenks (natural breaks), quantile or equal.",
            valueName: "way"))
    var classes = Way.jenks

    @Option(help: ArgumentHelp("How many classes at most, from 2 to 9.", valueName: "n"))
    var count = 5

    @Option(
        help: ArgumentHelp(
            "Size points by an attribute; their area grows with it.", valueName: "field"))
    var size: String?

    @Option(help: ArgumentHelp("How wide a .png is, in pixels.", valueName: "pixels"))
    var width = 1800

    @Option(help: ArgumentHelp("The title; the names of the layers else.", valueName: "text"))
    var title: String?

    @Option(
        help: ArgumentHelp(
            "Of a page: an online map below, https://…/{z}/{x}/{y}.png.", valueName: "address"))
    var base: String?

    @Option(
        help: ArgumentHelp("Whose map --base is, as its terms want it told.", valueName: "text"))
    var baseCredit: String?

    @OptionGroup var input: InputOptions

    func validate() throws {
        if (base == nil) != (baseCredit == nil) {
            throw ValidationError("--base and --base-credit go together")
        }
        if base != nil, tool != nil || !Self.isPage(output) {
            throw ValidationError("--base is for pages, -o with the name of an .html file")
        }
        _ = try onlineBase()
        try InputOptions.checkInputs(layers)
        _ = try form()
        if !MapDesign.classCounts.contains(count) {
            throw ValidationError("--count takes 2 to 9 classes, not \(count)")
        }
        if !(100...20_000).contains(width) {
            throw ValidationError("--width takes 100 to 20000 pixels, not \(width)")
        }
    }

    /// How numbers are classed, as a word of the command line.
    enum Way: String, CaseIterable, ExpressibleByArgument {
        case jenks, quantile, equal

        var method: ClassMethod {
            switch self {
            case .jenks: .jenks
            case .quantile: .quantile
            case .equal: .equal
            }
        }
    }

    private enum Form {
        case page, picture, image
        case handed(MapTool)
    }

    /// Reads the name of a tool.
    static func tool(_ name: String) throws -> MapTool {
        if let tool = MapTool(rawValue: name.lowercased()) { return tool }
        let names = MapTool.allCases.map(\.rawValue)
        let near = Spelling.nearest(to: name, in: names).map { "; did you mean \($0)?" } ?? ""
        throw ValidationError(
            "there is no tool \"\(name)\" here, but \(names.joined(separator: ", "))\(near)")
    }

    /// Whether a file's name says that it is a page.
    static func isPage(_ name: String) -> Bool {
        [".html", ".htm"].contains { name.lowercased().hasSuffix($0) }
    }

    /// What pages are moved by, as it came with the program or stands on this machine.
    static func leaflet() throws -> Leaflet {
        try Leaflet(besides: CatalogueFolder.companion("leaflet"))
    }

    private func onlineBase() throws -> OnlineBase? {
        guard let base, let baseCredit else { return nil }
        return try OnlineBase(base, credit: baseCredit)
    }

    /// What is drawn, as the ending of the file says.
    private func form() throws -> Form {
        let name = output.lowercased()
        if let tool {
            if name.hasSuffix(tool.ending) { return .handed(tool) }
            throw ValidationError(
                "--for \(tool.rawValue) takes -o with the name of a \(tool.ending) file, not "
                    + output)
        }
        if Self.isPage(output) { return .page }
        if name.hasSuffix(".svg") { return .picture }
        if name.hasSuffix(".png") { return .image }
        throw ValidationError("-o takes the name of an .html, .svg or .png file, not \(output)")
    }

    func run() async throws {
        var reading = MapReading(input)
        for layer in layers { try reading.add(layer) }
        var content = reading.content(title: title)
        content.provenance = provenance(of: reading)
        let design = MapDesign(color: color, method: classes.method, classCount: count, size: size)
        switch try form() {
        case .page:
            let page = try HTMLMap(content, design, Self.leaflet(), base: onlineBase())
            try TextFile.write(page.html, to: output)
        case .picture: try TextFile.write(try SVGMap(content, design).svg(), to: output)
        case .image:
            try Rasterizer.write(try SVGMap(content, design).svg(), width: width, to: output)
        case .handed(let tool): try hand(content, design, tool)
        }
        guard !input.quiet else { return }
        var table = Table([("layer", .left), ("drawn", .right), ("no place", .right)])
        for layer in content.layers {
            table.add([
                layer.name.english, Figures.number(Double(layer.drawnCount)),
                Figures.number(Double(layer.batch.count - layer.drawnCount)),
            ])
        }
        Terminal.print("\(table.text)→ \(output)\n")
    }

    /// Writes the files for a tool, the one to open last, so that what it needs is there.
    private func hand(_ content: MapContent, _ design: MapDesign, _ tool: MapTool) throws {
        let slash = output.lastIndex(of: "/").map { output.index(after: $0) } ?? output.startIndex
        let folder = output[..<slash]
        let files = try HandedMap(content, design).files(
            for: tool, named: String(output[slash...]))
        for file in files.reversed() { try TextFile.write(file.text, to: folder + file.name) }
    }

    private func provenance(of reading: MapReading) -> Provenance {
        var provenance = input.provenance("map")
        provenance.set("layers", .json(JSONValue.array(layers.map { .string($0) }).text))
        provenance.set("color", color)
        provenance.set("classes", color.map { _ in classes.rawValue })
        provenance.set("count", color.map { _ in .int(Int64(count)) })
        provenance.set("size", size)
        provenance.set("title", title)
        provenance.set("base", base)
        provenance.add(reading.inputs)
        provenance.catalogueVersion = reading.catalogueVersion
        return provenance
    }
}
