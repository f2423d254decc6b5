import HTTPTypes
import Synchronization

/// Counts what is answered, for Prometheus.
final class ServiceMetrics: Sendable {
    private struct Counts {
        var answers: [Key: Int] = [:]
        var times: [String: Times] = [:]
        var openConnections = 0
        var connections = 0
    }

    private struct Key: Hashable {
        let route: String
        let status: Int
    }

    private struct Times {
        var buckets = [Int](repeating: 0, count: ServiceMetrics.bounds.count)
        var count = 0
        var sum = 0.0
    }

    /// The upper bounds of the buckets of a histogram, in seconds.
    private static let bounds = [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10,
    ]

    private let counts = Mutex(Counts())
    private let start = ContinuousClock.now

    /// Counts an answer.
    func count(_ route: String, _ status: HTTPResponse.Status, since start: ContinuousClock.Instant)
    {
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let bucket = Self.bounds.firstIndex { seconds <= $0 }
        counts.withLock { counts in
            counts.answers[Key(route: route, status: status.code), default: 0] += 1
            counts.times[route, default: Times()].count += 1
            counts.times[route, default: Times()].sum += seconds
            if let bucket { counts.times[route, default: Times()].buckets[bucket] += 1 }
        }
    }

    /// Counts a connection that was opened.
    func opened() {
        counts.withLock {
            $0.openConnections += 1
            $0.connections += 1
        }
    }

    /// Counts a connection that was closed.
    func closed() { counts.withLock { $0.openConnections -= 1 } }

    /// How many connections are open.
    var openConnections: Int { counts.withLock { $0.openConnections } }

    /// The counts in Prometheus's text format, version 0.0.4.
    var text: String {
        let counts = counts.withLock { $0 }
        var text = """
            # HELP clusteratlas_requests_total Requests answered, by route and status.
            # TYPE clusteratlas_requests_total counter

            """
        let answers = counts.answers.sorted {
            ($0.key.route, $0.key.status) < ($1.key.route, $1.key.status)
        }
        for (key, count) in answers {
            text +=
                "clusteratlas_requests_total{route=\"\(key.route)\",status=\"\(key.status)\"} \(count)\n"
        }
        text += """
            # HELP clusteratlas_request_seconds Time from the request to its answer, by route.
            # TYPE clusteratlas_request_seconds histogram

            """
        for (route, times) in counts.times.sorted(by: { $0.key < $1.key }) {
            var sum = 0
            for (bound, count) in zip(Self.bounds, times.buckets) {
                sum += count
                text +=
                    "clusteratlas_request_seconds_bucket{route=\"\(route)\",le=\"\(bound)\"} \(sum)\n"
            }
            text +=
                "clusteratlas_request_seconds_bucket{route=\"\(route)\",le=\"+Inf\"} \(times.count)\n"
            text += "clusteratlas_request_seconds_sum{route=\"\(route)\"} \(times.sum)\n"
            text += "clusteratlas_request_seconds_count{route=\"\(route)\"} \(times.count)\n"
        }
        let uptime = (ContinuousClock.now - start) / .seconds(1)
        text += """
            # HELP clusteratlas_connections_total Connections that were opened.
            # TYPE clusteratlas_connections_total counter
            clusteratlas_connections_total \(counts.connections)
            # HELP clusteratlas_connections Connections that are open.
            # TYPE clusteratlas_connections gauge
            clusteratlas_connections \(counts.openConnections)
            # HELP clusteratlas_uptime_seconds Time since the service began.
            # TYPE clusteratlas_uptime_seconds gauge
            clusteratlas_uptime_seconds \(uptime)

            """
        return text
    }
}
