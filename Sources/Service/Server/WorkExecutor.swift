internal import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Threads for answers that keep a processor busy: filters, tiles, texts, features that were sent.
///
/// All other tasks share as many threads as there are processors. What computes for seconds without a
/// pause would hold them, and nobody would be told that the service is well; so it runs here, so much at
/// once, and the rest waits in its order.
final class WorkExecutor: TaskExecutor {
    private struct State {
        /// The queues on which nothing runs.
        var free: [Int]
        var waiting: [UnownedJob] = []
    }

    /// How much runs at once.
    let width: Int
    private let state: Mutex<State>
    /// A queue in which one comes after another has a thread of its own; concurrent ones share theirs
    /// with all tasks.
    private let queues: [DispatchQueue]

    /// Creates the threads.
    ///
    /// - Parameter width: How much runs at once; `nil` for as much as there are processors.
    init(width: Int? = nil) {
        self.width = max(1, width ?? Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        queues = (0..<self.width).map { DispatchQueue(label: "answers-\($0)") }
        state = Mutex(State(free: Array(queues.indices)))
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let free = state.withLock { state in
            let free = state.free.popLast()
            if free == nil { state.waiting.append(job) }
            return free
        }
        if let free { queues[free].async { self.work(from: job, on: free) } }
    }

    /// Runs what waits, until nothing does.
    private func work(from first: UnownedJob, on queue: Int) {
        var next: UnownedJob? = first
        while let job = next {
            job.runSynchronously(on: asUnownedTaskExecutor())
            next = state.withLock { state in
                if state.waiting.isEmpty {
                    state.free.append(queue)
                    return nil
                }
                return state.waiting.removeFirst()
            }
        }
    }
}
