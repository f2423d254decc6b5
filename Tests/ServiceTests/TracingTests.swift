import HTTPTypes
import InMemoryTracing
import Testing
import Tracing

@testable import Service

/// How requests are followed (W3C Trace Context, section 3.2).
struct TracingTests {
    private static let known = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    @Test func `a header field names a trace and a part of it`() throws {
        let found = try #require(TraceContext(field: Self.known))
        #expect(found.trace == "4bf92f3577b34da6a3ce929d0e0e4736")
        #expect(found.span == "00f067aa0ba902b7" && found.isSampled)
        #expect(found.text == Self.known)
        // A later version may say more.
        let later = TraceContext(field: "cc" + Self.known.dropFirst(2) + "-what-comes")
        #expect(later?.trace == found.trace)
        let own = TraceContext(within: found)
        #expect(own.trace == found.trace && own.span != found.span && own.isSampled)
        let new = TraceContext()
        #expect(!new.isSampled && TraceContext(field: new.text) == new)
    }

    @Test(arguments: [
        "", "00", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0g",
    ])
    func `what is no such field begins a trace`(field: String) {
        #expect(TraceContext(field: field) == nil)
    }

    private struct Reader: Extractor, Injector {
        func extract(key: String, from carrier: [String: String]) -> String? { carrier[key] }
        func inject(_ value: String, forKey key: String, into carrier: inout [String: String]) {
            carrier[key] = value
        }
    }

    @Test func `what is done for a request belongs to its trace`() throws {
        let tracer = RequestTracer(ServiceLog(tellsRequests: false))
        var context = InstrumentationContext.topLevel
        tracer.extract(["traceparent": Self.known], into: &context, using: Reader())
        let outer = tracer.startSpan("outer", context: context, ofKind: .server)
        let inner = tracer.startSpan("inner", context: outer.context)
        #expect(!outer.isRecording && inner.isRecording)
        var sent: [String: String] = [:]
        tracer.inject(inner.context, into: &sent, using: Reader())
        let told = try #require(sent["traceparent"].flatMap { TraceContext(field: $0) })
        #expect(told.trace == "4bf92f3577b34da6a3ce929d0e0e4736")
        let parts = [context, outer.context, inner.context].map { $0[TraceContextKey.self]?.span }
        #expect(Set(parts).count == 3 && parts[2] == told.span)
        inner.end()
        #expect(!inner.isRecording)
    }

    @Test func `each answer is worked out in a part of its own, by the name of its route`()
        async throws
    {
        let tracer = InMemoryTracer()
        let service = try ServiceFixture.service()
        await withTracer(tracer) {
            for target in ["/conformance", "/healthz", "/nowhere"] {
                _ = await service.respond(to: ServiceRequest(.get, target))
            }
        }
        #expect(tracer.finishedSpans.map(\.operationName) == ["conformance", "healthz"])
    }

    @Test func `requests over a connection carry their trace to the tracer`() async throws {
        let tracer = InMemoryTracer()
        try await withTracer(tracer) {
            try await Listening.serving { port in
                let answer = await Listening.ask(
                    port,
                    "GET /healthz?x=1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "in-memory-trace-id: t\r\nin-memory-span-id: s\r\n\r\n")
                #expect(answer?.hasPrefix("HTTP/1.1 400 ") == true)
            }
        }
        let span = try #require(tracer.finishedSpans.first { $0.operationName == "GET" })
        #expect(span.kind == .server && span.traceID == "t" && span.parentSpanID == "s")
        #expect(span.attributes.get("http.response.status_code") == .int64(400))
        #expect(span.attributes.get("url.path") == .string("/healthz"))
    }
}
