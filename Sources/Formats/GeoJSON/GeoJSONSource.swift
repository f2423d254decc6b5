public import Features

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
    private var blocks: BlockSource<CollectionSplitter>

    /// What is known of the whole.
    public var collection: CollectionInfo { blocks.collection }

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - path: The file; `-` for standard input.
    ///   - options: How to read.
    /// - Throws: ``FormatError`` where the file cannot be opened.
    public convenience init(
        path: String, options: ReadingOptions = ReadingOptions()
    ) throws(FormatError) {
        self.init(try Inputs.open(path), options: options)
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
        blocks = BlockSource(
            CollectionSplitter(input, options: options), file: input.name, options: options)
    }

    /// Reads the next block.
    ///
    /// - Returns: Its features, or `nil` after the last one.
    /// - Throws: ``FormatError`` naming the file and the place in it.
    public func next() throws(FormatError) -> FeatureBatch? { try blocks.next() }
}
