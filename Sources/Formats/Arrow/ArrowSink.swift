public import Features

/// Features to Arrow's IPC format, as a stream or a file, with geometries as GeoArrow lays them out.
///
/// Geometries of one kind are a column of coordinates with the extension `geoarrow.point` and so
/// on, those of mixed kinds well-known binary, `geoarrow.wkb`; the metadata name the coordinate
/// reference system (https://geoarrow.org/extension-types.html). Columns of JSON have the extension
/// `arrow.json`. The identifier comes first where it is not an attribute already. Where later
/// batches bring new columns or wider types, the output is written anew on `finish`, so that one
/// schema holds for all. The file appears on `finish`, or not at all.
public final class ArrowSink: FeatureSink {
    private let path: String
    private let options: WritingOptions
    private let isStream: Bool
    private let target: TargetSystem
    private var pipe: TextPipe
    private var schema: ArrowSchema
    private var isBegun = false
    private var isMixed = false
    /// How many bytes have been handed to the pipe.
    private var position = 0
    /// Where batches stand in the output.
    private var blocks: [[Int64]] = []

    /// Opens a destination.
    ///
    /// - Parameters:
    ///   - path: The file; `-` for standard output.
    ///   - isStream: Whether to write the stream format; else the file format, which has a list of
    ///     batches at its end.
    ///   - options: How to write; decimals and boxes have no place in this format.
    /// - Throws: ``FormatError`` where nothing can be written there.
    public init(
        path: String, isStream: Bool, options: WritingOptions = WritingOptions()
    ) throws(FormatError) {
        self.path = path
        self.options = options
        self.isStream = isStream
        target = try TargetSystem(options, file: path)
        schema = ArrowSchema(crs: target.definition)
        pipe = try TextPipe(path: path, options)
    }

    /// Writes a batch after those written before.
    ///
    /// - Parameter batch: The features.
    /// - Throws: ``FormatError`` naming the file and what stopped it.
    public func write(_ batch: FeatureBatch) throws(FormatError) {
        let batch = try target.transformed(batch)
        var wider = schema
        wider.widen(by: batch)
        if isBegun, wider != schema {
            // What was written is a stream of its own; on finishing, all are made one.
            isMixed = true
            try put(ArrowMessage.end)
            isBegun = false
        }
        schema = wider
        try put(batch)
    }

    private func put(_ batch: FeatureBatch) throws(FormatError) {
        try begin()
        let body = schema.body(batch)
        let (message, metadataLength) = ArrowMessage.batch(batch.count, body)
        blocks.append([Int64(position), Int64(metadataLength), Int64(body.bytes.count)])
        try put(message)
    }

    private func put(_ message: [UInt8]) throws(FormatError) {
        position += message.count
        try pipe.add { TextPiece(bytes: message) }
    }

    private func begin() throws(FormatError) {
        guard !isBegun else { return }
        isBegun = true
        if !isStream, position == 0 { try put(ArrowMessage.magic + [0, 0]) }
        try put(ArrowMessage.schema(schema.fields))
    }

    /// Ends the stream and lets the file appear.
    ///
    /// - Parameter collection: What is said of the collection; it has no place in this format.
    /// - Throws: ``FormatError`` naming the file and what stopped it.
    public func finish(_ collection: CollectionInfo) throws(FormatError) {
        try begin()
        try put(ArrowMessage.end)
        if isMixed { try writeAnew() }
        if !isStream { try put(ArrowMessage.footer(schema.fields, batches: blocks)) }
        try pipe.finish()
    }

    /// Writes all batches again under the schema that holds them all.
    private func writeAnew() throws(FormatError) {
        try pipe.drain()
        let source = ArrowSource(pipe.readBack(), options: ReadingOptions(), isOwn: true)
        pipe = try TextPipe(path: path, options)
        isBegun = false
        position = 0
        blocks = []
        while let batch = try source.next() { try put(batch) }
        try put(ArrowMessage.end)
    }
}
