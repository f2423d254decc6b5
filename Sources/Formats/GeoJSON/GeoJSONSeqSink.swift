public import Features

/// Features to GeoJSON texts one after another, each on its line (RFC 8142).
///
/// Geometries and numbers are written as ``GeoJSONSink`` writes them. What is said of the
/// collection has no place in this format and is left out.
public final class GeoJSONSeqSink: FeatureSink {
    private var pipe: TextPipe
    private let text: GeoJSONText
    private let target: TargetSystem
    private var written = 0

    /// Opens a destination.
    ///
    /// - Parameters:
    ///   - path: The file; `-` for standard output.
    ///   - options: How to write.
    /// - Throws: ``FormatError`` where nothing can be written there, or another system than WGS 84
    ///   is asked for, which this format cannot name.
    public init(path: String, options: WritingOptions = WritingOptions()) throws(FormatError) {
        target = try TargetSystem(options, file: path)
        guard target.isWGS84 else {
            throw FormatError(
                .crs, at: path, "GeoJSONSeq holds longitude, latitude on WGS 84 only",
                remedy: "write .geojson or .csv for another system")
        }
        text = GeoJSONText(
            decimals: target.decimals(options.precision), writesBoxes: options.writesBoxes,
            isOnGlobe: true, recordStart: options.writesRecordSeparators ? "\u{1E}" : "",
            separator: "\n")
        pipe = try TextPipe(path: path, options)
    }

    /// Writes a batch after those written before.
    ///
    /// Text is made on all processors; a fault may come out of a later call.
    ///
    /// - Parameter batch: The features.
    /// - Throws: ``FormatError`` naming the file and what stopped it.
    public func write(_ batch: FeatureBatch) throws(FormatError) {
        try text.write(batch, hasBefore: written > 0, to: &pipe)
        written += batch.count
    }

    /// Ends the file and lets it appear.
    ///
    /// - Parameter collection: What is said of the collection; left out.
    /// - Throws: ``FormatError`` naming the file and what stopped it.
    public func finish(_ collection: CollectionInfo) throws(FormatError) {
        var buffer = TextBuffer()
        if written > 0 { buffer.append("\n") }
        try pipe.write(&buffer)
        try pipe.finish()
    }
}
