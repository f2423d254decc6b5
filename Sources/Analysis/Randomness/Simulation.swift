/// Simulations of what chance alone would do.
enum Simulation {
    /// Runs simulations on several tasks.
    ///
    /// - Parameters:
    ///   - count: How many.
    ///   - tasks: How many are worked on at once.
    ///   - body: Runs some of them, by their numbers.
    /// - Returns: What comes of each, in their order.
    /// - Throws: What `body` throws.
    static func run<Result: Sendable>(
        _ count: Int, tasks: Int, _ body: @escaping @Sendable (Range<Int>) throws -> [Result]
    ) async throws -> [Result] {
        let pieces = max(1, min(tasks, count))
        return try await withThrowingTaskGroup(of: (Int, [Result]).self) { group in
            for piece in 0..<pieces {
                let range = count * piece / pieces..<count * (piece + 1) / pieces
                group.addTask { (piece, try body(range)) }
            }
            var parts: [Int: [Result]] = [:]
            for try await (piece, part) in group { parts[piece] = part }
            return (0..<pieces).flatMap { parts[$0] ?? [] }
        }
    }
}
