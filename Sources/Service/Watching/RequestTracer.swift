import Logging
public import Tracing

/// Follows requests through the service, for those who have no collector of traces.
///
/// A request belongs to the trace that its header field `traceparent` names, or begins one; each line of
/// the log that is written for it says which, and which part of it. Where who began the trace records it,
/// the parts within a request have lines of their own as they end. To send traces to a collector, make
/// another tracer the one of `InstrumentationSystem`.
public struct RequestTracer: Tracer {
    private let logger: Logger

    /// Creates a tracer.
    ///
    /// - Parameter log: Where the parts of recorded traces are told.
    public init(_ log: ServiceLog) { logger = log.logger }

    /// Begins a part of the trace that goes with the task, or of a new one.
    public func startSpan<Instant: TracerInstant>(
        _ operationName: String, context: @autoclosure () -> InstrumentationContext,
        ofKind kind: SpanKind, at instant: @autoclosure () -> Instant, function: String,
        file fileID: String, line: UInt
    ) -> RequestSpan {
        var context = context()
        let parent = context[TraceContextKey.self]
        let own = parent.map { TraceContext(within: $0) } ?? TraceContext()
        context[TraceContextKey.self] = own
        // What is told of a whole request is the line that says how it was answered.
        let isTold = own.isSampled && kind != .server
        return RequestSpan(
            operationName, context, start: instant().nanosecondsSinceEpoch,
            logger: isTold ? logger : nil, parent: parent?.span)
    }

    /// Sends nothing: what was told is told.
    public func forceFlush() {}

    /// Takes the trace from the header field `traceparent`.
    public func extract<Carrier, Extract: Extractor>(
        _ carrier: Carrier, into context: inout InstrumentationContext, using extractor: Extract
    ) where Extract.Carrier == Carrier {
        let field = extractor.extract(key: TraceContext.field, from: carrier)
        if let found = field.flatMap({ TraceContext(field: $0) }) {
            context[TraceContextKey.self] = found
        }
    }

    /// Hands the trace on in the header field `traceparent`.
    public func inject<Carrier, Inject: Injector>(
        _ context: InstrumentationContext, into carrier: inout Carrier, using injector: Inject
    ) where Inject.Carrier == Carrier {
        guard let own = context[TraceContextKey.self] else { return }
        injector.inject(own.text, forKey: TraceContext.field, into: &carrier)
    }
}
