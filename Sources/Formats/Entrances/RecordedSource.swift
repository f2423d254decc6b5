internal import Features

/// A source that says, once it has been read to its end, which bytes it was.
struct RecordedSource: FeatureSource {
    private var base: any FeatureSource
    private let input: DigestingInput
    private var isAtEnd = false

    init(_ base: any FeatureSource, of input: DigestingInput) {
        self.base = base
        self.input = input
    }

    var collection: CollectionInfo {
        var collection = base.collection
        if isAtEnd { collection.inputs = [input.record] }
        return collection
    }

    mutating func next() throws -> FeatureBatch? {
        let batch = try base.next()
        isAtEnd = batch == nil
        return batch
    }
}
