/// Where features go: a file, standard output, memory.
///
/// What a sink writes appears whole on `finish`, or not at all: a sink that is dropped before
/// leaves nothing behind.
public protocol FeatureSink {
    /// Writes a batch after those written before.
    ///
    /// - Parameter batch: The batch.
    /// - Throws: An error that names the sink and what stopped it.
    mutating func write(_ batch: FeatureBatch) throws

    /// Ends the collection and lets it appear in its place.
    ///
    /// - Parameter collection: What is said of the collection as a whole.
    /// - Throws: An error that names the sink and what stopped it.
    mutating func finish(_ collection: CollectionInfo) throws

    /// What was changed so that the format could hold it, known once `finish` has returned: names
    /// cut short, features left out.
    var remarks: [String] { get }
}

extension FeatureSink {
    /// Nothing was changed.
    public var remarks: [String] { [] }
}
