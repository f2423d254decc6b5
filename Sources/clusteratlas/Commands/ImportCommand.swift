import ArgumentParser
import Catalogue
import Features
import Formats
import Geometry

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Makes own records from tables and shapefiles of public offices.",
        discussion: """
            Proposes which column means what, places each row by its geometry or else by
            its address, and writes records of the catalogue's schema into a folder that
            --data takes. Rows that are built-in records already are left out, unless
            --override lets them take their place.

            Fields for --map: name_ko, name_en, source_id, address, province, municipality,
            code, area_km2, type, ownership, founded, designated, completed, status,
            tenants, employees, homepage, land_category_ko, land_price_krw_m2.

            Example:
              clusteratlas import complexes.shp --as industrial-complex --dry-run
              clusteratlas import schools.csv --as university -o own
              clusteratlas locate 별님 --data own
            """)

    @Argument(help: ArgumentHelp("The file.", valueName: "file"))
    var file: String

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp(
            "The kind of the records: industrial-complex, university, or one of your own.",
            valueName: "kind"))
    var kind: String

    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp(
            "The folder to write into; made where it is not there.", valueName: "folder"))
    var output: String?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Columns for fields: name_ko=단지명.", valueName: "field=column"))
    var map: [String] = []

    @Option(
        name: .customLong("area-unit"),
        help: ArgumentHelp("The unit of areas.", valueName: "unit"))
    var areaUnit: AreaUnitArgument?

    @Option(
        help: ArgumentHelp(
            "How far points may lie from the true middles; 500m by default.",
            valueName: "distance"))
    var accuracy: DistanceArgument?

    @Flag(name: .customLong("override"), help: "Let records take the place of built-in ones.")
    var overrides = false

    @Flag(name: .customLong("dry-run"), help: "Say what would be done, and write nothing.")
    var dryRun = false

    @Option(help: ArgumentHelp("Who published the file.", valueName: "name"))
    var publisher: String?

    @Option(help: ArgumentHelp("The title of the publication.", valueName: "title"))
    var title: String?

    @Option(help: ArgumentHelp("Where it was published.", valueName: "url"))
    var url: String?

    @Option(help: ArgumentHelp("Its licence.", valueName: "licence"))
    var licence: String?

    @Option(help: ArgumentHelp("The date of its figures: 2025-12.", valueName: "date"))
    var date: DateArgument?

    @OptionGroup var input: InputOptions

    func validate() throws {
        if output == nil, !dryRun {
            throw ValidationError("name a folder with -o, or look first with --dry-run")
        }
    }

    func run() throws {
        let catalogue = try input.catalogue.open()
        let table = try input.readAll(file)
        var options = Importer.Options(kind: kind)
        options.columns = try columns()
        options.areaUnit = areaUnit?.unit
        options.overrides = overrides
        options.accuracy = accuracy?.distance.metres
        let importer = try Importer(table.batch, into: catalogue, options)
        if !input.quiet { Terminal.print(ImportReport(importer, of: table.batch).text) }
        guard let output, !dryRun else { return }
        guard importer.count > 0 else {
            throw ValidationError("no row became a record, so nothing was written")
        }
        try Self.makeFolder(output)
        let name = file.split(separator: "/").last.map(String.init) ?? file
        let origin = OwnRecords.Origin(
            file: file == "-" ? "standard input" : name, publisher: publisher ?? "not stated",
            title: title, url: url, licence: licence ?? "not stated", date: date?.date)
        let written = try OwnRecords.write(importer, from: origin, to: output)
        if !input.quiet { Terminal.print(written.map { "→ \($0)\n" }.joined()) }
    }

    private func columns() throws -> [ImportField: String] {
        var columns: [ImportField: String] = [:]
        for pair in map {
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let field = ImportField(rawValue: parts[0]) else {
                let names = ImportField.allCases.map(\.rawValue)
                let near = Spelling.nearest(to: parts.first ?? "", in: names)
                throw ValidationError(
                    "--map takes field=column, not \"\(pair)\""
                        + (near.map { "; did you mean \($0)=…?" } ?? ""))
            }
            columns[field] = parts[1]
        }
        return columns
    }

    /// Makes a folder that is not there yet; those above it must be.
    private static func makeFolder(_ path: String) throws {
        if mkdir(path, 0o777) == 0 || errno == EEXIST { return }
        throw ValidationError(
            "the folder \(path) cannot be made: \(String(cString: strerror(errno)))")
    }
}

/// A unit of area as a word of the command line.
struct AreaUnitArgument: ExpressibleByArgument, Sendable {
    let unit: AreaUnit

    init?(argument: String) {
        guard let unit = AreaUnit(rawValue: argument.lowercased()) else { return nil }
        self.unit = unit
    }

    static var allValueStrings: [String] { AreaUnit.allCases.map(\.rawValue) }
}
