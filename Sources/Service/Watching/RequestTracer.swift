import Logging
import Synchronization
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

/// A part of a trace: what was done, when, and how it ended.
public final class RequestSpan: Span {
    private struct State {
        var name: String
        var attributes = SpanAttributes()
        var error: String?
        var isEnded = false
    }

    /// What goes with the tasks within it.
    public let context: InstrumentationContext
    private let start: UInt64
    private let logger: Logger?
    private let parent: String?
    private let state: Mutex<State>

    init(
        _ name: String, _ context: InstrumentationContext, start: UInt64, logger: Logger?,
        parent: String?
    ) {
        self.context = context
        self.start = start
        self.logger = logger
        self.parent = parent
        state = Mutex(State(name: name))
    }

    /// What is done.
    public var operationName: String {
        get { state.withLock { $0.name } }
        set { state.withLock { $0.name = newValue } }
    }

    /// What is known of it.
    public var attributes: SpanAttributes {
        get { state.withLock { $0.attributes } }
        set { state.withLock { $0.attributes = newValue } }
    }

    /// Whether it is told when it ends.
    public var isRecording: Bool { logger != nil && state.withLock { !$0.isEnded } }

    /// Notes that it went wrong.
    public func setStatus(_ status: SpanStatus) {
        guard status.code == .error else { return }
        state.withLock { $0.error = status.message ?? $0.error ?? "failed" }
    }

    /// Notes what went wrong.
    public func recordError<Instant: TracerInstant>(
        _ error: any Error, attributes: SpanAttributes, at instant: @autoclosure () -> Instant
    ) {
        state.withLock { $0.error = "\(error)" }
    }

    /// Keeps no moments within it.
    public func addEvent(_ event: SpanEvent) {}

    /// Keeps no other traces.
    public func addLink(_ link: SpanLink) {}

    /// Ends it, which is told once.
    public func end<Instant: TracerInstant>(at instant: @autoclosure () -> Instant) {
        let state = state.withLock { state -> State? in
            defer { state.isEnded = true }
            return state.isEnded ? nil : state
        }
        guard let logger, let state, let own = context[TraceContextKey.self] else { return }
        let end = instant().nanosecondsSinceEpoch
        var details: Logger.Metadata = [
            "part": .string(state.name), "trace": .string(own.trace), "span": .string(own.span),
            "ms": .stringConvertible(Double(end > start ? end - start : 0) / 1e6),
        ]
        if let parent { details["parent"] = .string(parent) }
        if let error = state.error { details["error"] = .string(error) }
        state.attributes.forEach { key, value in details[key] = .string("\(value)") }
        logger.info("worked", metadata: details)
    }
}
