import ArgumentParser
import Catalogue
import Features
import Formats
import Geometry
import Studies

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How layers are found and read.
struct InputOptions: ParsableArguments {
    @Option(
        name: .customLong("assume-crs"),
        help: ArgumentHelp(
            "The CRS of input files that name none, or none that is known: EPSG:5186.",
            valueName: "crs"))
    var assumedCRS: String?

    @Option(
        help: ArgumentHelp(
            "The encoding of texts in CSV and shapefiles, which is else told by their bytes.",
            valueName: "name"), transform: Self.encoding(_:))
    var encoding: TextEncoding?

    @Flag(
        name: .customLong("accept-doubtful-crs"),
        help: "Go on, with a warning, where a CRS of the input is likely to be wrong.")
    var acceptsDoubtfulCRS = false

    @Flag(help: "Refuse rings that turn the wrong way round, which are else reversed.")
    var strict = false

    @OptionGroup var catalogue: CatalogueOptions

    @Flag(help: "Write errors only: no progress, no notes, no table.")
    var quiet = false

    /// Reads the name of an encoding.
    static func encoding(_ name: String) throws -> TextEncoding {
        if let encoding = TextEncoding(name) { return encoding }
        throw ValidationError(
            "there is no encoding \"\(name)\"; name one as utf-8 or cp949, or as iconv does")
    }

    /// A layer that is ready to be read.
    struct Opened {
        let name: String
        var source: any FeatureSource
        /// The version of the catalogue, for its layers.
        var catalogueVersion: String?
    }

    /// A layer that was read whole: a fixed side.
    struct Whole {
        let name: String
        /// What messages call it.
        let title: String
        let batch: FeatureBatch
        /// The files it was read from.
        let inputs: [InputRecord]
        /// The version of the catalogue, for its layers.
        let catalogueVersion: String?
    }

    /// Opens a layer: of the catalogue, of a file, or standard input.
    ///
    /// - Parameters:
    ///   - reference: The layer.
    ///   - view: Which records of a layer of the catalogue are meant; all of its main ones by
    ///     default. The date is that of the options.
    /// - Returns: The layer, ready to be read.
    /// - Throws: What opening the file or the catalogue throws.
    func open(_ reference: String, _ view: PlaceView = PlaceView()) throws -> Opened {
        if reference == "-" { return Opened(name: "input", source: try openFile("-")) }
        // A name without a slash or an ending is meant for the catalogue.
        let isName = !reference.contains("/") && FileFormat(path: reference) == nil
        if isName, access(reference, F_OK) != 0 || !reference.contains(".") {
            var view = view
            view.date = catalogue.asOf
            return try openLayer(reference, view)
        }
        let source = try openFile(reference)
        if reference.hasPrefix("PG:") {
            return Opened(name: source.collection.name, source: source)
        }
        let address = LayerAddress(reference)
        return Opened(name: address.layer ?? FileFormat.layerName(address.path), source: source)
    }

    private func openLayer(_ name: String, _ view: PlaceView) throws -> Opened {
        let catalogue = try catalogue.open()
        do {
            return Opened(
                name: name, source: try catalogue.source(of: name, view),
                catalogueVersion: catalogue.version)
        } catch let error as CatalogueError where error.code == .unknownName {
            throw ValidationError(
                "\(error.problem), and there is no such file"
                    + (error.remedy.map { "\nTo fix: \($0)" } ?? ""))
        }
    }

    /// How files are read.
    var readingOptions: ReadingOptions {
        var options = ReadingOptions(
            winding: strict ? .refuse : .tolerate, assumedCRS: assumedCRS)
        options.doubtfulTransformation = acceptsDoubtfulCRS ? .accept : .refuse
        options.encoding = encoding
        return options
    }

    private func openFile(_ path: String) throws -> any FeatureSource {
        let options = readingOptions
        func explained(_ error: FormatError) -> FormatError {
            KoreanDetective.explained(error, path: path, options: options, catalogue: catalogue)
        }
        do {
            return ExplainingSource(try openSource(path, options: options), explain: explained)
        } catch {
            throw explained(error)
        }
    }

    /// Reads a layer whole: a fixed side, or a table that needs no places.
    func readAll(
        _ reference: String, _ view: PlaceView = PlaceView(), isTable: Bool = false
    ) throws -> Whole {
        var opened = try open(reference, view)
        let batch = try opened.source.readAll()
        var collection = opened.source.collection
        if isTable { collection.remarks.removeAll { $0 == CSVSource.withoutCoordinates } }
        tell(collection, of: reference)
        return Whole(
            name: opened.name, title: Self.title(of: reference), batch: batch,
            inputs: collection.inputs,
            catalogueVersion: opened.catalogueVersion)
    }

    /// The beginning of a result's provenance: the operation, and how its inputs were taken.
    func provenance(_ operation: String) -> Provenance {
        var provenance = Provenance(operation: operation)
        let context = StepProcess.resultContext
        provenance.study = context?.study
        provenance.catalogue = context?.catalogue
        provenance.set("as_of", (catalogue.asOf?.description).map { .string($0) })
        provenance.set("assume_crs", assumedCRS)
        provenance.set("encoding", encoding?.name)
        if acceptsDoubtfulCRS { provenance.set("accept_doubtful_crs", .bool(true)) }
        return provenance
    }

    /// Passes on what a reader has to say.
    func tell(_ collection: CollectionInfo, of reference: String) {
        guard !quiet else { return }
        let name = Self.title(of: reference)
        for warning in collection.warnings { Terminal.complain("warning: \(name): \(warning)") }
        for remark in collection.remarks {
            Terminal.note(remark.contains(name) ? remark : "\(name): \(remark)")
        }
    }

    /// What messages call an input.
    static func title(of reference: String) -> String {
        reference == "-" ? "standard input" : reference
    }

    func note(_ text: String) {
        if !quiet { Terminal.note(text) }
    }

    /// Refuses standard input named twice, which can be read only once.
    static func checkInputs(_ references: [String]) throws {
        if references.filter({ $0 == "-" }).count > 1 {
            throw ValidationError("standard input (-) can be read only once")
        }
    }
}
