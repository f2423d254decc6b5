public import Features
import Geometry

/// Features from a GeoJSON text (RFC 7946), read in blocks so that memory depends on a block and
/// not on the file.
///
/// The text may be a FeatureCollection, a single Feature or a bare geometry, its members in any
/// order, with or without a byte order mark. Members of the collection that GeoJSON does not define
/// are kept as ``CollectionInfo/foreignMembers``; members of features that it does not define are
/// left out, and a remark says so. The member "crs" of the specification of 2008 is understood
/// where it names a system that PROJ knows; it must stand before the features. Every fault is an
/// error that names the file, the feature (counted from 1) with its id, the line (from 1) and the
/// byte (from 0).
public final class GeoJSONSource: FeatureSource {
    /// What is known of the whole.
    public private(set) var collection: CollectionInfo
    private var splitter: CollectionSplitter
    private let options: ReadingOptions
    private var findings = GeoJSONBlock.Findings()
    private var system: SourceSystem

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - path: The file; `-` for standard input.
    ///   - options: How to read.
    /// - Throws: ``FormatError`` where the file cannot be opened.
    public convenience init(
        path: String, options: ReadingOptions = ReadingOptions()
    ) throws(FormatError) {
        self.init(try FileInput(path), options: options)
    }

    /// Reads a text that is in memory.
    ///
    /// - Parameters:
    ///   - bytes: The text as UTF-8.
    ///   - name: The name by which errors call it.
    ///   - options: How to read.
    public convenience init(
        bytes: [UInt8], name: String = "GeoJSON", options: ReadingOptions = ReadingOptions()
    ) {
        self.init(MemoryInput(bytes, name: name), options: options)
    }

    init(_ input: any ByteInput, options: ReadingOptions) {
        self.options = options
        collection = CollectionInfo(name: FileFormat.layerName(input.name))
        splitter = CollectionSplitter(input, options: options)
        system = SourceSystem(options, file: input.name)
    }

    /// Reads the next block.
    ///
    /// - Returns: Its features, or `nil` after the last one.
    /// - Throws: ``FormatError`` naming the file and the place in it.
    public func next() throws(FormatError) -> FeatureBatch? {
        let block = try splitter.next()
        try system.named(splitter.head.crs)
        collection.foreignMembers = splitter.head.foreignMembers
        if let name = splitter.head.name { collection.name = name }
        guard let block else {
            // A system that cannot be read is said of an empty collection too.
            _ = try system.transformer()
            return nil
        }
        let parsed = try GeoJSONBlockParser.parse(
            block, options: options, transformation: try system.transformer())
        findings.merge(parsed.findings)
        collection.remarks = system.remarks + findings.remarks
        collection.warnings = system.warnings
        return parsed.batch
    }
}

/// The coordinate reference system of what is read: given by a person, or named by the file.
struct SourceSystem {
    private let assumed: String?
    private let file: String
    private var found: String?
    private var made: Transformer?
    private var isSettled = false
    private var ownRemarks: [String] = []
    private let doubtful: Transformation.DoubtPolicy

    init(_ options: ReadingOptions, file: String) {
        assumed = options.assumedCRS
        doubtful = options.doubtfulTransformation
        self.file = file
    }

    /// Takes note of the system that the file names, which may stand behind its features.
    mutating func named(_ name: String?) throws(FormatError) {
        guard let name, name != found else { return }
        found = name
        guard isSettled else { return }
        let late = try Transformer.from(name, doubtful: doubtful, place: file)
        if late == nil, made == nil { return }
        if let late, let made, late.isSame(as: made) { return }
        throw FormatError(
            .crs, at: file, "the member \"crs\" names \(name) after the features",
            remedy: "move \"crs\" before \"features\"")
    }

    /// The transformation to longitude, latitude on WGS 84; `nil` where nothing is to be done.
    mutating func transformer() throws(FormatError) -> Transformer? {
        guard !isSettled else { return made }
        isSettled = true
        if let found {
            do {
                made = try Transformer.from(found, doubtful: doubtful, place: file)
                if assumed != nil {
                    ownRemarks.append("the file names \(found) itself; --assume-crs was not needed")
                }
                return made
            } catch {
                // What the file names is unknown or likely to be wrong: a person has said better.
                guard let assumed else { throw error }
                ownRemarks.append("taken as \(assumed), not as \(found), which the file names")
            }
        }
        if let assumed {
            made = try Transformer.from(assumed, doubtful: doubtful, place: file)
        }
        return made
    }

    var remarks: [String] { ownRemarks + (made?.remarks ?? []) }
    var warnings: [String] { made?.warnings ?? [] }
}
