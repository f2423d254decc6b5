internal import Features
public import Geometry

extension CostMatrix {
    /// Makes all rows of the matrix, block after block, on several tasks.
    ///
    /// What comes of the blocks is handed on in their order: the number of tasks changes nothing but
    /// the time. Not more than `tasks + 1` blocks of about a million entries are held at once.
    ///
    /// - Parameters:
    ///   - places: Where the rows start; one without a place has no entries.
    ///   - tasks: How many blocks are worked on at once.
    ///   - operation: What is done with a block, on any task: the rows, by their place in `places`.
    ///   - consume: Takes what comes of it, in order.
    /// - Throws: What making the rows, the operation or `consume` throws.
    public func stream<Result: Sendable>(
        from places: Places, tasks: Int,
        operation: @escaping @Sendable (Range<Int>, NeighbourRows) throws -> Result,
        consume: (Result) throws -> Void
    ) async throws {
        let size = max(1, Self.entriesAtOnce / max(1, facilities.count))
        var first = 0
        func next() -> Range<Int>? {
            guard first < places.count else { return nil }
            defer { first += size }
            return first..<min(first + size, places.count)
        }
        try await OrderedFlow.run(next: next, tasks: tasks) { range in
            try operation(range, rows(range, of: places))
        } consume: {
            try consume($0)
        }
    }

    private static let entriesAtOnce = 1 << 20
}
