internal import CoreMetrics

/// Counts jobs, through swift-metrics.
struct JobMetrics: Sendable {
    private let accepted: Counter
    private let running: Meter
    private let waiting: Meter
    private let ended: [JobRecord.State: Counter]

    init(_ factory: any MetricsFactory) {
        accepted = Counter(
            label: "clusteratlas_jobs_accepted_total", dimensions: [], factory: factory)
        running = Meter(label: "clusteratlas_jobs_running", dimensions: [], factory: factory)
        waiting = Meter(label: "clusteratlas_jobs_waiting", dimensions: [], factory: factory)
        ended = Dictionary(
            uniqueKeysWithValues: JobRecord.State.allCases.filter(\.isFinal).map { state in
                (
                    state,
                    Counter(
                        label: "clusteratlas_jobs_ended_total",
                        dimensions: [("state", state.rawValue)], factory: factory)
                )
            })
    }

    /// Counts a job that was accepted.
    func accept() { accepted.increment() }

    /// Counts a job that ended.
    func end(_ state: JobRecord.State) { ended[state]?.increment() }

    /// Says how many run and wait.
    func stand(running: Int, waiting: Int) {
        self.running.set(running)
        self.waiting.set(waiting)
    }
}
