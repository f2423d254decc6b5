import Synchronization

/// A job at work, which can be asked to end from anywhere.
final class RunningJob: Sendable {
    /// Why a job is ended.
    enum Reason: Sendable {
        /// Its owner does not want it any more.
        case dismissed
        /// Its time is over.
        case time
        /// The service ends.
        case closing
    }

    private struct State {
        var reason: Reason?
        /// Known from the first time on that the process is looked at: what it waited for before that
        /// is not its time.
        var deadline: ContinuousClock.Instant?
    }

    private let state = Mutex(State())
    private let seconds: Double

    init(seconds: Double) { self.seconds = seconds }

    /// Why it is ended; `nil` where it may go on.
    var reason: Reason? { state.withLock { $0.reason } }

    /// Ends it, for the first reason that there is.
    func stop(_ reason: Reason) { state.withLock { $0.reason = $0.reason ?? reason } }

    /// Whether it is to end.
    func isToStop() -> Bool {
        state.withLock { state in
            let deadline = state.deadline ?? ContinuousClock.now + .seconds(seconds)
            state.deadline = deadline
            if ContinuousClock.now >= deadline { state.reason = state.reason ?? .time }
            return state.reason != nil
        }
    }
}
