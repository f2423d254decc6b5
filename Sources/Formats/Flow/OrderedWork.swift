internal import Dispatch
internal import Synchronization

/// Work that is done on all processors, and whose results come out in the order in which it was
/// handed in.
///
/// Who takes a result does not wait while there is work that nobody has begun, so that all goes on
/// even where no other thread is to be had. A single piece of work stays on its owner's thread.
struct OrderedWork<Output: Sendable> {
    private var jobs: [Job] = []
    private let limit: Int
    private var begun = 0

    /// - Parameter limit: How many pieces may be in hand at once; by default one more than there
    ///   are processors, so that none has to wait while a result is taken.
    init(limit: Int = Processors.count + 1) { self.limit = max(1, limit) }

    var isEmpty: Bool { jobs.isEmpty }
    /// Whether a result must be taken before more work is handed in.
    var isFull: Bool { jobs.count >= limit }

    /// Hands in work.
    mutating func add(_ work: @escaping @Sendable () throws(FormatError) -> Output) {
        jobs.append(Job(work))
        guard jobs.count > 1, Processors.count > 1 else { return }
        for job in jobs[begun...] { DispatchQueue.global().async { job.run() } }
        begun = jobs.count
    }

    /// The result that is next in order, `nil` where no work is in hand.
    mutating func next() throws(FormatError) -> Output? {
        guard !jobs.isEmpty else { return nil }
        let job = jobs.removeFirst()
        begun = max(0, begun - 1)
        job.run()
        var others = jobs[...]
        while !job.isDone, let other = others.popFirst() { other.run() }
        return try job.result().get()
    }

    /// A piece of work; the first to come does it, and everybody else waits.
    private final class Job: Sendable {
        private enum State {
            case waiting(@Sendable () throws(FormatError) -> Output)
            case running
            case done(Result<Output, FormatError>)
        }

        private let state: Mutex<State>
        private let done = DispatchSemaphore(value: 0)

        init(_ work: @escaping @Sendable () throws(FormatError) -> Output) {
            state = Mutex(.waiting(work))
        }

        /// Does the work where nobody has begun it.
        func run() {
            let work = state.withLock { state -> (@Sendable () throws(FormatError) -> Output)? in
                guard case .waiting(let work) = state else { return nil }
                state = .running
                return work
            }
            guard let work else { return }
            let result: Result<Output, FormatError>
            do throws(FormatError) {
                result = .success(try work())
            } catch {
                result = .failure(error)
            }
            state.withLock { $0 = .done(result) }
            done.signal()
        }

        var isDone: Bool {
            state.withLock { if case .done = $0 { true } else { false } }
        }

        /// Waits until the work is done.
        func result() -> Result<Output, FormatError> {
            done.wait()
            return state.withLock { state in
                guard case .done(let result) = state else { preconditionFailure("not done") }
                state = .running
                return result
            }
        }
    }
}
