/// Works on the batches of a source in parallel and hands the results on in order.
public enum OrderedFlow {
    /// Runs a source through an operation.
    ///
    /// The results are those of one task after another: the number of tasks changes nothing but
    /// the time. At most `tasks + 1` batches are held at once.
    ///
    /// - Parameters:
    ///   - source: Where batches come from; read by one task.
    ///   - tasks: How many batches are worked on at once.
    ///   - operation: What is done with a batch, on any task.
    ///   - consume: Takes the results in the order of the source.
    /// - Throws: What the source, the operation or `consume` throws; of several failing batches the
    ///   first in order.
    public static func run<Result: Sendable>(
        _ source: inout any FeatureSource, tasks: Int,
        operation: @escaping @Sendable (FeatureBatch) throws -> Result,
        consume: (Result) throws -> Void
    ) async throws {
        // Results wait in order; a task that was started is finished before the flow ends.
        var waiting: [Task<Result, any Error>] = []
        do {
            while let batch = try await Self.next(&source, after: &waiting, consume) {
                waiting.append(Task.detached { try operation(batch) })
                if waiting.count > max(1, tasks) {
                    try consume(await waiting.removeFirst().value)
                }
            }
            while !waiting.isEmpty { try consume(await waiting.removeFirst().value) }
        } catch {
            for task in waiting { task.cancel() }
            for task in waiting { _ = await task.result }
            throw error
        }
    }

    /// The next batch; where the source fails, what came before it is handed on first.
    private static func next<Result: Sendable>(
        _ source: inout any FeatureSource, after waiting: inout [Task<Result, any Error>],
        _ consume: (Result) throws -> Void
    ) async throws -> FeatureBatch? {
        do {
            return try source.next()
        } catch {
            while !waiting.isEmpty { try consume(await waiting.removeFirst().value) }
            throw error
        }
    }
}
