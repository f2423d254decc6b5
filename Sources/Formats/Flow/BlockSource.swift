import Features

/// Cuts a text into blocks that can be parsed independently of each other.
protocol BlockSplitter {
    associatedtype Block: TextBlock

    /// The next block, `nil` after the last one.
    mutating func next() throws(FormatError) -> Block?

    /// The coordinate reference system that the file names, as far as it is known.
    var crs: String? { get }

    /// Takes what a block gave, in the order of the file, and gives the features.
    mutating func accept(_ parsed: Block.Parsed) throws(FormatError) -> FeatureBatch

    /// Says of the collection what is known by now.
    func describe(_ collection: inout CollectionInfo)
}

/// Some whole features as text, to be parsed by anyone at any time.
protocol TextBlock: Sendable {
    associatedtype Parsed: Sendable

    /// Parses the text; positions go through the transformation, if there is one.
    func parse(
        options: ReadingOptions, transformer: Transformer?
    ) throws(FormatError) -> Parsed
}

/// What all readers of text share: one thread cuts the text into blocks, all parse them, and the
/// batches come out in order.
///
/// Where positions are transformed, blocks are parsed one after another: the transformation is one
/// thread's at a time.
struct BlockSource<Splitter: BlockSplitter> {
    private(set) var collection: CollectionInfo
    private var splitter: Splitter
    private let options: ReadingOptions
    private var system: SourceSystem
    private var work = OrderedWork<Splitter.Block.Parsed>()
    private var isAtEnd = false
    /// An error behind features that are still to be given out.
    private var waiting: FormatError?

    init(_ splitter: Splitter, file: String, options: ReadingOptions) {
        self.splitter = splitter
        self.options = options
        collection = CollectionInfo(name: FileFormat.layerName(file))
        system = SourceSystem(options, file: file)
    }

    mutating func next() throws(FormatError) -> FeatureBatch? {
        do throws(FormatError) {
            while !isAtEnd, waiting == nil, !work.isFull { try split() }
        } catch {
            waiting = error
        }
        do throws(FormatError) {
            if let parsed = try work.next() {
                let batch = try splitter.accept(parsed)
                describe()
                return batch
            }
        } catch {
            // What lies behind a fault is not given out.
            work = OrderedWork()
            waiting = error
        }
        describe()
        if let waiting { throw waiting }
        return nil
    }

    /// Cuts off a block and hands it to be parsed.
    private mutating func split() throws(FormatError) {
        let block = try splitter.next()
        try system.named(splitter.crs)
        // A system that cannot be read is said of an empty collection too.
        let transformer = try system.transformer()
        guard let block else {
            isAtEnd = true
            return
        }
        let options = options
        guard let transformer else {
            work.add { () throws(FormatError) in
                try block.parse(options: options, transformer: nil)
            }
            return
        }
        let parsed = try block.parse(options: options, transformer: transformer)
        work.add { parsed }
    }

    private mutating func describe() {
        splitter.describe(&collection)
        collection.remarks = system.remarks + collection.remarks
        collection.warnings = system.warnings
    }
}
