public import Features

/// Features that stand one after another, each a GeoJSON text of its own.
///
/// Either each begins with the record separator 0x1E and may run over several lines (RFC 8142), or
/// each stands on one line; the first byte tells. Blank lines are skipped. A bare geometry becomes
/// a feature without properties. Errors are those of ``GeoJSONSource``.
public final class GeoJSONSeqSource: FeatureSource {
    private var blocks: BlockSource<SequenceSplitter>

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
        bytes: [UInt8], name: String = "GeoJSONSeq", options: ReadingOptions = ReadingOptions()
    ) {
        self.init(MemoryInput(bytes, name: name), options: options)
    }

    init(_ input: any ByteInput, options: ReadingOptions) {
        blocks = BlockSource(
            SequenceSplitter(input, options: options), file: input.name, options: options)
    }

    /// Reads the next block.
    ///
    /// - Returns: Its features, or `nil` after the last one.
    /// - Throws: ``FormatError`` naming the file and the place in it.
    public func next() throws(FormatError) -> FeatureBatch? { try blocks.next() }
}
