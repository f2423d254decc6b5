internal import Features

/// A source that says, once it has been read to its end, which bytes it was, and in which encoding
/// they were where that is not UTF-8.
struct RecordedSource: FeatureSource {
    private var base: any FeatureSource
    private let record: () -> InputRecord?
    private let encoding: TextEncoding?
    private var isAtEnd = false

    init(_ base: any FeatureSource, of input: DigestingInput?, _ encoding: TextEncoding? = nil) {
        self.base = base
        record = { input?.record }
        self.encoding = encoding == .utf8 ? nil : encoding
    }

    /// A source of a file in an archive, whose bytes are those of the archive.
    init(_ base: any FeatureSource, reading path: String?, _ encoding: TextEncoding?) {
        self.base = base
        record = { path.flatMap { try? DigestingInput.record(of: $0) } }
        self.encoding = encoding == .utf8 ? nil : encoding
    }

    var collection: CollectionInfo {
        var collection = base.collection
        if isAtEnd { collection.inputs = [record()].compactMap { $0 } }
        if let encoding {
            collection.encoding = encoding.title
            collection.remarks.append("the text is \(encoding.title) and was read so")
        }
        return collection
    }

    mutating func next() throws -> FeatureBatch? {
        let batch = try base.next()
        isAtEnd = batch == nil
        return batch
    }
}
