/// Works on parts of something in parallel and hands the results on in order.
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
        try await run(
            next: { try source.next() }, tasks: tasks, operation: operation, consume: consume)
    }

    /// Runs whatever can be had part after part through an operation.
    ///
    /// - Parameters:
    ///   - next: Gives the next part, or `nil` after the last; asked by one task.
    ///   - tasks: How many parts are worked on at once.
    ///   - operation: What is done with a part, on any task.
    ///   - consume: Takes the results in the order of the parts.
    /// - Throws: What `next`, the operation or `consume` throws; of several failing parts the first
    ///   in order.
    public static func run<Part: Sendable, Result: Sendable>(
        next: () throws -> Part?, tasks: Int,
        operation: @escaping @Sendable (Part) throws -> Result,
        consume: (Result) throws -> Void
    ) async throws {
        // Results wait in order; a task that was started is finished before the flow ends.
        var waiting: [Task<Result, any Error>] = []
        do {
            while let part = try await Self.part(next, after: &waiting, consume) {
                waiting.append(Task.detached { try operation(part) })
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

    /// The next part; where there is none for an error, what came before it is handed on first.
    private static func part<Part, Result: Sendable>(
        _ next: () throws -> Part?, after waiting: inout [Task<Result, any Error>],
        _ consume: (Result) throws -> Void
    ) async throws -> Part? {
        do {
            return try next()
        } catch {
            while !waiting.isEmpty { try consume(await waiting.removeFirst().value) }
            throw error
        }
    }
}
