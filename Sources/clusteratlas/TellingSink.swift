import Features

/// A sink that says in the end what its format could not hold.
struct TellingSink: FeatureSink {
    private var base: any FeatureSink
    private let name: String

    init(_ base: any FeatureSink, name: String) {
        self.base = base
        self.name = name
    }

    var remarks: [String] { base.remarks }

    mutating func write(_ batch: FeatureBatch) throws { try base.write(batch) }

    mutating func finish(_ collection: CollectionInfo) throws {
        try base.finish(collection)
        for remark in base.remarks { Terminal.note("\(name): \(remark)") }
    }
}
