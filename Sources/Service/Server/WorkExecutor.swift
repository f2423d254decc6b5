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
        var working = 0
        var waiting: [UnownedJob] = []
    }

    /// How much runs at once.
    let width: Int
    /// Half of it is for layers as they stood on other days, so that the rest answers meanwhile.
    let builds: BuildGate
    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "answers", attributes: .concurrent)

    /// Creates the threads.
    ///
    /// - Parameter width: How much runs at once; `nil` for as much as there are processors.
    init(width: Int? = nil) {
        self.width = max(1, width ?? Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        builds = BuildGate(atOnce: max(1, self.width / 2), room: 32)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let isFree = state.withLock { state in
            guard state.working < width else {
                state.waiting.append(job)
                return false
            }
            state.working += 1
            return true
        }
        if isFree { queue.async { self.work(from: job) } }
    }

    /// Runs what waits, until nothing does.
    private func work(from first: UnownedJob) {
        var next: UnownedJob? = first
        while let job = next {
            job.runSynchronously(on: asUnownedTaskExecutor())
            next = state.withLock { state in
                if state.waiting.isEmpty {
                    state.working -= 1
                    return nil
                }
                return state.waiting.removeFirst()
            }
        }
    }
}
