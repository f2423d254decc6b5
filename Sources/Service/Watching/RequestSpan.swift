import Logging
import Synchronization
public import Tracing

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
