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

/// How layers are found and read.
struct InputOptions: ParsableArguments {
    @Option(
        name: .customLong("assume-crs"),
        help: ArgumentHelp(
            "The CRS of input files that name none, for example EPSG:5186.", valueName: "crs"))
    var assumedCRS: String?

    @Flag(
        name: .customLong("accept-doubtful-crs"),
        help: "Go on, with a warning, where a CRS of the input is likely to be wrong.")
    var acceptsDoubtfulCRS = false

    @Option(
        help: ArgumentHelp(
            "The folder of the catalogue, instead of the built-in one.", valueName: "folder"))
    var data: String?

    @Flag(help: "Write errors only: no progress, no notes, no table.")
    var quiet = false

    /// A layer that is ready to be read.
    struct Opened {
        let name: String
        var source: any FeatureSource
    }

    /// Opens a layer: of the catalogue, of a file, or standard input.
    func open(_ reference: String) throws -> Opened {
        if reference == "-" { return Opened(name: "input", source: try openFile("-")) }
        // A name without a slash or an ending is meant for the catalogue.
        let isName = !reference.contains("/") && FileFormat(path: reference) == nil
        if isName, access(reference, F_OK) != 0 || !reference.contains(".") {
            return try openLayer(reference)
        }
        let name = reference.split(separator: "/").last.map(String.init) ?? reference
        let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
        return Opened(name: stem, source: try openFile(reference))
    }

    private func openLayer(_ name: String) throws -> Opened {
        let catalogue = try Catalogue(folder: data)
        do {
            let batch = try catalogue.features(of: name)
            return Opened(
                name: name,
                source: MemorySource([batch], collection: CollectionInfo(name: name)))
        } catch let error as CatalogueError where error.code == .unknownName {
            throw ValidationError(
                "\(error.problem), and there is no such file"
                    + (error.remedy.map { "\nTo fix: \($0)" } ?? ""))
        }
    }

    private func openFile(_ path: String) throws -> any FeatureSource {
        var options = ReadingOptions(assumedCRS: assumedCRS)
        options.doubtfulTransformation = acceptsDoubtfulCRS ? .accept : .refuse
        return try openSource(path, options: options)
    }

    /// Reads a layer whole: a fixed side.
    func readAll(_ reference: String) throws -> (name: String, batch: FeatureBatch) {
        var opened = try open(reference)
        let batch = try opened.source.readAll()
        tell(opened.source.collection.remarks, of: reference)
        return (opened.name, batch)
    }

    /// Passes on what a reader has to say.
    func tell(_ remarks: [String], of reference: String) {
        guard !quiet else { return }
        let name = Self.title(of: reference)
        for remark in remarks {
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
