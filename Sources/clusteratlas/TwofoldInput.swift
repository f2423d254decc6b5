import Features
import Formats

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A layer that is passed over twice: a file or a layer of the catalogue is opened again, what can be
/// read only once (standard input, a pipe) is kept.
struct TwofoldInput {
    private let reference: String
    private let input: InputOptions
    private let first: InputOptions.Opened
    private let isReadOnce: Bool
    private var state = State.unread

    /// How far the layer has been read.
    private enum State {
        case unread
        /// Passed over, to be opened again.
        case read([InputRecord])
        /// Passed over and kept.
        case kept([FeatureBatch], CollectionInfo)
    }

    init(_ reference: String, _ input: InputOptions) throws {
        self.reference = reference
        self.input = input
        var status = stat()
        let isPipe =
            stat(reference, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
            && status.st_mode & S_IFMT != S_IFDIR
        isReadOnce = reference == "-" || isPipe
        first = try input.open(reference)
    }

    var name: String { first.name }

    /// Passes over all batches for the first time.
    ///
    /// - Parameters:
    ///   - tasks: How many batches are worked on at once.
    ///   - operation: What is done with a batch, on any task.
    ///   - consume: Takes what comes of it, in order.
    /// - Throws: What reading, the operation or `consume` throws.
    mutating func pass<Result: Sendable>(
        tasks: Int, operation: @escaping @Sendable (FeatureBatch) throws -> Result,
        consume: (Result) throws -> Void
    ) async throws {
        var source = first.source
        let keeps = isReadOnce
        var batches: [FeatureBatch] = []
        try await OrderedFlow.run(&source, tasks: tasks) { batch in
            (result: try operation(batch), batch: keeps ? batch : nil)
        } consume: { part in
            if let batch = part.batch { batches.append(batch) }
            try consume(part.result)
        }
        state = keeps ? .kept(batches, source.collection) : .read(source.collection.inputs)
    }

    /// Opens the layer for the second time; or for the first, where it has not been passed over.
    func again() throws -> InputOptions.Opened {
        switch state {
        case .unread: return first
        case .read: return try input.open(reference)
        case .kept(let batches, let collection):
            var opened = first
            opened.source = MemorySource(batches, collection: collection)
            return opened
        }
    }

    /// Refuses a file that was another when it was read again.
    func check(_ collection: CollectionInfo) throws {
        guard case .read(let inputs) = state, inputs != collection.inputs else { return }
        throw FormatError(
            .structure, at: reference, "changed while it was read",
            remedy: "run the command again once the file is complete")
    }
}
