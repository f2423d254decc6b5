import CoreMetrics
import HTTPTypes
import Testing

@testable import Service

/// What is counted through swift-metrics, as Prometheus reads it.
struct PrometheusMetricsTests {
    @Test func `each kind is written as Prometheus has it`() {
        let kept = PrometheusMetrics()
        kept.describe(["hits_total": "Hits,\nof \\ all kinds."])
        let hits = Counter(label: "hits", dimensions: [("path", "/a"), ("by", "x")], factory: kept)
        hits.increment(by: 2)
        Counter(label: "hits", dimensions: [("by", "x"), ("path", "/a")], factory: kept).increment()
        FloatingPointCounter(label: "spent_total", dimensions: [], factory: kept)
            .increment(by: 0.25)
        let level = Meter(label: "level", dimensions: [], factory: kept)
        level.set(7)
        level.decrement(by: 9.5)
        Gauge(label: "weight", dimensions: [], factory: kept).record(Double.infinity)
        #expect(
            kept.text == """
                # HELP hits_total Hits,\\nof \\\\ all kinds.
                # TYPE hits_total counter
                hits_total{by="x",path="/a"} 3
                # TYPE level gauge
                level -2.5
                # TYPE spent_total counter
                spent_total 0.25
                # TYPE weight gauge
                weight +Inf

                """)
    }

    @Test func `times fall into buckets of seconds that add up`() {
        let kept = PrometheusMetrics()
        let timer = Timer(label: "wait", dimensions: [("of", "a")], factory: kept)
        for milliseconds in [1, 3, 40, 20_000] { timer.recordMilliseconds(milliseconds) }
        let lines = kept.text.split(separator: "\n").map(String.init)
        #expect(lines.first == "# TYPE wait_seconds histogram")
        for (bound, count) in [
            ("0.0005", 0), ("0.001", 1), ("0.0025", 1), ("0.005", 2), ("0.05", 3), ("10", 3),
            ("+Inf", 4),
        ] {
            #expect(lines.contains("wait_seconds_bucket{of=\"a\",le=\"\(bound)\"} \(count)"))
        }
        #expect(lines.contains("wait_seconds_count{of=\"a\"} 4"))
        #expect(lines.contains("wait_seconds_sum{of=\"a\"} 20.044"))
        let sizes = Recorder(label: "size", dimensions: [], aggregate: true, factory: kept)
        for size in [5, 500] { sizes.record(size) }
        #expect(kept.text.contains("size_bucket{le=\"10\"} 1\n"))
        #expect(kept.text.contains("size_bucket{le=\"1000\"} 2\n"))
    }

    @Test func `names and values of any letters are brought into the format`() {
        let kept = PrometheusMetrics()
        Counter(
            label: "hb.requests-seen", dimensions: [("the path", "a\"b\\c\nd"), ("1", "서울")],
            factory: kept
        ).increment()
        #expect(
            kept.text == """
                # TYPE hb_requests_seen_total counter
                hb_requests_seen_total{_1="서울",the_path="a\\"b\\\\c\\nd"} 1

                """)
    }

    @Test func `a name has one kind, and what was destroyed is gone`() {
        let kept = PrometheusMetrics()
        let level = Meter(label: "level", dimensions: [], factory: kept)
        let spread = Recorder(label: "level", dimensions: [], aggregate: true, factory: kept)
        level.set(1)
        spread.record(1)
        let types = kept.text.split(separator: "\n").filter { $0.hasPrefix("# TYPE") }
        #expect(types == ["# TYPE level gauge", "# TYPE level_histogram histogram"])
        level.destroy()
        spread.destroy()
        #expect(kept.text.isEmpty)
    }

    @Test func `the service tells of its answers, its jobs and its process`() async throws {
        let kept = PrometheusMetrics()
        var setup = AtlasService.Setup()
        setup.metrics = kept
        let service = AtlasService(try ServiceFixture.catalogue.get(), setup)
        for target in ["/conformance", "/conformance", "/nowhere"] {
            _ = await service.respond(to: ServiceRequest(.get, target))
        }
        _ = await service.respond(to: ServiceRequest(.options, "/conformance"))
        // What others count in the same place is told with it.
        Counter(label: "other.library", dimensions: [], factory: kept).increment()
        let text = String(
            decoding: await service.respond(to: ServiceRequest(.get, "/metrics")).body,
            as: UTF8.self)
        for line in [
            "clusteratlas_requests_total{route=\"conformance\",status=\"200\"} 2",
            "clusteratlas_requests_total{route=\"none\",status=\"404\"} 1",
            "clusteratlas_requests_total{route=\"options\",status=\"204\"} 1",
            "clusteratlas_request_seconds_count{route=\"conformance\"} 2",
            "# TYPE clusteratlas_connections gauge", "clusteratlas_connections 0",
            "# TYPE clusteratlas_uptime_seconds gauge", "other_library_total 1",
            "# TYPE process_cpu_seconds_total counter",
        ] {
            #expect(text.contains(line + "\n"), "\(line) is not in \(text)")
        }
        #if os(Linux)
            let memory = text.split(separator: "\n").first {
                $0.hasPrefix("process_resident_memory_bytes ")
            }
            #expect(memory.flatMap { Int($0.split(separator: " ")[1]) } ?? 0 > 1 << 20)
            #expect(text.contains("\nprocess_open_fds "))
        #endif
    }
}
