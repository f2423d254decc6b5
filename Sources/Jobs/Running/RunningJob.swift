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

    private let state = Mutex<Reason?>(nil)
    private let deadline: ContinuousClock.Instant

    init(seconds: Double) { deadline = ContinuousClock.now + .seconds(seconds) }

    /// Why it is ended; `nil` where it may go on.
    var reason: Reason? { state.withLock { $0 } }

    /// Ends it, for the first reason that there is.
    func stop(_ reason: Reason) { state.withLock { $0 = $0 ?? reason } }

    /// Whether it is to end.
    func isToStop() -> Bool {
        if ContinuousClock.now >= deadline { stop(.time) }
        return reason != nil
    }
}
