import HTTPTypes
import Synchronization

/// The threads on which answers are worked out, in lanes: what is light never waits for what is heavy.
///
/// Each lane has threads of its own, which the system lets compute by turns. Pages, descriptions and single
/// features are light; filters, tiles, other days and large bodies are heavy.
final class WorkLanes: Sendable {
    /// Where what takes milliseconds is worked out, and where layers are first read: without them
    /// nothing can be answered.
    let light: WorkExecutor
    /// Where what may take seconds is worked out.
    let heavy: WorkExecutor
    /// Half of the heavy lane is for layers as they stood on other days, so that the rest answers
    /// meanwhile.
    let builds: BuildGate
    private let limits: WorkLimits
    /// How much that is heavy runs or waits.
    private let underWay = Atomic<Int>(0)

    /// Creates the threads.
    ///
    /// - Parameters:
    ///   - heavyWidth: How much that is heavy runs at once; `nil` for as much as there are processors.
    ///   - limits: How much waits, and how long.
    init(heavyWidth: Int? = nil, limits: WorkLimits = WorkLimits()) {
        self.limits = limits
        heavy = WorkExecutor(width: heavyWidth)
        light = WorkExecutor(width: max(2, heavyWidth ?? heavy.width))
        builds = BuildGate(atOnce: max(1, heavy.width / 2), room: 32)
    }

    /// Does something in the lane of its weight.
    ///
    /// - Parameters:
    ///   - weight: How much it costs.
    ///   - work: What is done.
    /// - Returns: What it gives.
    /// - Throws: ``Problem`` (503) where too much that is heavy waits, or has waited too long, and what
    ///   the work throws.
    func run<Result: Sendable>(
        _ weight: Route.Weight, _ work: @Sendable () async throws -> Result
    ) async throws -> Result {
        switch weight {
        case .nothing: return try await work()
        case .light: return try await withTaskExecutorPreference(light) { try await work() }
        case .heavy: break
        }
        defer { underWay.subtract(1, ordering: .relaxed) }
        guard underWay.add(1, ordering: .relaxed).newValue <= limits.heavy else {
            throw Self.busy("\(limits.heavy) answers that take long are under way.")
        }
        let deadline = ContinuousClock.now + limits.waiting
        return try await withTaskExecutorPreference(heavy) {
            guard ContinuousClock.now < deadline else {
                throw Self.busy("There was no time for this answer in \(limits.waiting).")
            }
            return try await work()
        }
    }

    private static func busy(_ why: String) -> Problem {
        Problem(.serviceUnavailable, "busy", why + " Ask again soon.")
    }
}
