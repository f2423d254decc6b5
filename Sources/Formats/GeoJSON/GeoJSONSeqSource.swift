public import Features

/// Features that stand one after another, each a GeoJSON text of its own.
///
/// Either each begins with the record separator 0x1E and may run over several lines (RFC 8142), or
/// each stands on one line; the first byte tells. Blank lines are skipped. A bare geometry becomes
/// a feature without properties. Errors are those of ``GeoJSONSource``.
public final class GeoJSONSeqSource: FeatureSource {
    /// What is known of the whole.
    public private(set) var collection: CollectionInfo
    private var splitter: SequenceSplitter
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
        bytes: [UInt8], name: String = "GeoJSONSeq", options: ReadingOptions = ReadingOptions()
    ) {
        self.init(MemoryInput(bytes, name: name), options: options)
    }

    init(_ input: any ByteInput, options: ReadingOptions) {
        self.options = options
        collection = CollectionInfo(name: FileFormat.layerName(input.name))
        splitter = SequenceSplitter(input, options: options)
        system = SourceSystem(options, file: input.name)
    }

    /// Reads the next block.
    ///
    /// - Returns: Its features, or `nil` after the last one.
    /// - Throws: ``FormatError`` naming the file and the place in it.
    public func next() throws(FormatError) -> FeatureBatch? {
        guard let block = try splitter.next() else { return nil }
        let parsed = try GeoJSONBlockParser.parse(
            block, options: options, transformation: try system.transformer())
        findings.merge(parsed.findings)
        collection.remarks = system.remarks + findings.remarks
        collection.warnings = system.warnings
        return parsed.batch
    }
}
