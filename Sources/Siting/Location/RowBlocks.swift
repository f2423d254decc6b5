internal import Dispatch

/// The rows of a core in blocks, so that many rows are worked on at once.
///
/// How they are divided is told by the core alone, and what blocks add up to is added in their order: the
/// same on any number of threads.
struct RowBlocks: Sendable {
    let ranges: [Range<Int>]
    /// How many blocks are worked on at once.
    private let tasks: Int

    /// How blocks are made and worked on.
    struct Pace: Hashable, Sendable {
        /// How many blocks may be worked on at once; it changes nothing but the time.
        var tasks = 1
        /// So many entries of a core make a block, as far as there are not too many.
        var entries = 2_000_000
    }

    private static let most = 32

    /// Divides the rows of a core evenly.
    init(_ core: LocationCore) {
        let count = max(1, min(Self.most, core.rows, core.sites.count / core.pace.entries))
        ranges = (0..<count).map {
            core.rows * $0 / count..<core.rows * ($0 + 1) / count
        }
        tasks = min(core.pace.tasks, count)
    }

    /// Works on each block.
    ///
    /// - Parameter work: Told the number of the block and its rows; it touches nothing that another block
    ///   does.
    func each(_ work: (Int, Range<Int>) -> Void) {
        guard tasks > 1 else {
            for (block, rows) in ranges.enumerated() { work(block, rows) }
            return
        }
        withoutActuallyEscaping(work) { work in
            // Blocks touch nothing of each other, and all end before this does.
            nonisolated(unsafe) let work = work
            DispatchQueue.concurrentPerform(iterations: tasks) { task in
                for block in stride(from: task, to: ranges.count, by: tasks) {
                    work(block, ranges[block])
                }
            }
        }
    }
}
