/// Batches that are in memory already, as a source.
public struct MemorySource: FeatureSource {
    /// What is said of the whole.
    public var collection: CollectionInfo
    private var batches: ArraySlice<FeatureBatch>

    /// Creates a source of batches.
    ///
    /// - Parameters:
    ///   - batches: The batches in order.
    ///   - collection: What is said of the whole.
    public init(_ batches: [FeatureBatch], collection: CollectionInfo = CollectionInfo()) {
        self.batches = batches[...]
        self.collection = collection
    }

    /// Takes the next batch.
    ///
    /// - Returns: The batch, or `nil` after the last one.
    public mutating func next() -> FeatureBatch? { batches.popFirst() }
}
