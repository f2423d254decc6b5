import CoreMetrics
import HTTPTypes
import Synchronization

/// Counts what is answered, through swift-metrics.
final class ServiceMetrics: Sendable {
    /// Where the counts are kept.
    private let kept: PrometheusMetrics
    private let routes: [String: RouteMetrics]
    private let connections: Counter
    private let open: Meter
    private let uptime: Meter
    private let sent: Counter
    private let process: ProcessMetrics
    private let openCount = Atomic<Int>(0)
    private let start = ContinuousClock.now

    /// Prepares counts.
    ///
    /// - Parameters:
    ///   - kept: Where they are kept.
    ///   - routes: The names of all routes.
    init(_ kept: PrometheusMetrics, routes: [String]) {
        self.kept = kept
        kept.describe(Self.descriptions)
        self.routes = Dictionary(
            uniqueKeysWithValues: Set(routes).union([Self.noRoute, Self.options]).map {
                ($0, RouteMetrics($0, kept))
            })
        func counter(_ label: String) -> Counter {
            Counter(label: "clusteratlas_" + label, dimensions: [], factory: kept)
        }
        func meter(_ label: String) -> Meter {
            Meter(label: "clusteratlas_" + label, dimensions: [], factory: kept)
        }
        connections = counter("connections_total")
        sent = counter("sent_bytes_total")
        open = meter("connections")
        uptime = meter("uptime_seconds")
        process = ProcessMetrics(kept)
    }

    /// What stands for a route where a request fits none.
    static let noRoute = "none"
    /// What stands for a route where a request asks for the methods of one.
    static let options = "options"

    private static let descriptions = [
        "clusteratlas_requests_total": "Requests answered, by route and status.",
        "clusteratlas_request_seconds": "Time from the request to its answer, by route.",
        "clusteratlas_sent_bytes_total": "Bytes of answers' bodies, as they were sent.",
        "clusteratlas_connections_total": "Connections that were opened.",
        "clusteratlas_connections": "Connections that are open.",
        "clusteratlas_uptime_seconds": "Time since the service began.",
        "clusteratlas_jobs_accepted_total": "Jobs that were accepted.",
        "clusteratlas_jobs_running": "Jobs that run.",
        "clusteratlas_jobs_waiting": "Jobs that wait.",
        "clusteratlas_jobs_ended_total": "Jobs that ended, by how they did.",
        "process_resident_memory_bytes": "Memory of the service's own process.",
        "process_open_fds": "Files and connections that the process holds open.",
        "process_cpu_seconds_total": "Time that the process has computed.",
    ]

    /// Counts an answer.
    func count(_ route: String, _ status: HTTPResponse.Status, since start: ContinuousClock.Instant)
    {
        let parts = (ContinuousClock.now - start).components
        routes[route]?.count(
            status.code,
            nanoseconds: parts.seconds * 1_000_000_000 + parts.attoseconds / 1_000_000_000)
    }

    /// Counts bytes of an answer that is sent.
    func sent(bytes: Int) { sent.increment(by: bytes) }

    /// Counts a connection that was opened.
    func opened() {
        openCount.add(1, ordering: .relaxed)
        connections.increment()
        open.increment()
    }

    /// Counts a connection that was closed.
    func closed() {
        openCount.subtract(1, ordering: .relaxed)
        open.decrement()
    }

    /// How many connections are open.
    var openConnections: Int { openCount.load(ordering: .relaxed) }

    /// All that is counted, in Prometheus's text format.
    var text: String {
        uptime.set((ContinuousClock.now - start) / .seconds(1))
        process.look()
        return kept.text
    }
}

/// What is counted of one route; made of names once, not at every request.
private final class RouteMetrics: Sendable {
    private struct State {
        var timer: Timer?
        var answers: [Int: Counter] = [:]
    }

    private let name: String
    private let kept: PrometheusMetrics
    private let state = Mutex(State())

    init(_ name: String, _ kept: PrometheusMetrics) {
        self.name = name
        self.kept = kept
    }

    func count(_ status: Int, nanoseconds: Int64) {
        let (timer, answers) = state.withLock { state in
            if let timer = state.timer, let answers = state.answers[status] {
                return (timer, answers)
            }
            let timer =
                state.timer
                ?? Timer(
                    label: "clusteratlas_request_seconds", dimensions: [("route", name)],
                    factory: kept)
            let answers = Counter(
                label: "clusteratlas_requests_total",
                dimensions: [("route", name), ("status", String(status))], factory: kept)
            state.timer = timer
            state.answers[status] = answers
            return (timer, answers)
        }
        timer.recordNanoseconds(nanoseconds)
        answers.increment()
    }
}
