import Formats
import Logging
import Tracing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What happens, as lines on standard error.
public struct ServiceLog: Sendable {
    /// The forms of lines.
    public enum Form: String, Sendable, CaseIterable {
        /// Words for people.
        case text
        /// An object a line.
        case json
    }

    private let form: Form
    private let level: Logger.Level

    /// Creates a log.
    ///
    /// - Parameters:
    ///   - form: The form of its lines.
    ///   - tellsRequests: Whether every request is told, not only what went wrong.
    public init(_ form: Form = .text, tellsRequests: Bool = true) {
        self.form = form
        level = tellsRequests ? .info : .warning
    }

    /// Tells of something that a person should look after.
    ///
    /// - Parameter text: What it is.
    public func warn(_ text: String) { logger.warning("\(text)") }

    /// Tells of a request that could not be answered.
    func failed(_ request: String, _ error: String) {
        logger.error("\(error)", metadata: ["request": .string(request)])
    }

    /// Says in which trace something happens.
    private static let traces = Logger.MetadataProvider {
        guard let own = InstrumentationContext.current?[TraceContextKey.self] else { return [:] }
        return ["trace": .string(own.trace), "span": .string(own.span)]
    }

    /// Writes to it.
    var logger: Logger {
        var logger = Logger(label: "clusteratlas") { [form] _ in
            var handler = LineHandler(form: form)
            handler.metadataProvider = Self.traces
            return handler
        }
        logger.logLevel = level
        return logger
    }
}

/// Writes each event as one line, whole.
struct LineHandler: LogHandler {
    let form: ServiceLog.Form
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    var logLevel = Logger.Level.info

    init(form: ServiceLog.Form) { self.form = form }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let details = metadata.merging(metadataProvider?.get() ?? [:]) { $1 }
            .merging(event.metadata ?? [:]) { $1 }
            .sorted { $0.key < $1.key }
        var line: String
        switch form {
        case .json:
            var members = [
                JSONValue.Member(name: "time", value: .string(Clock.now)),
                JSONValue.Member(name: "level", value: .string(event.level.rawValue)),
                JSONValue.Member(name: "message", value: .string("\(event.message)")),
            ]
            for (key, value) in details {
                members.append(JSONValue.Member(name: key, value: Self.json(value)))
            }
            line = JSONValue.object(members).text
        case .text:
            line = "\(Clock.now) \(event.level.rawValue) " + Self.oneLine("\(event.message)")
            for (key, value) in details { line += " \(key)=" + Self.oneLine("\(value)") }
        }
        line += "\n"
        line.withUTF8 { bytes in
            _ = write(2, bytes.baseAddress, bytes.count)
        }
    }

    /// A text without breaks of lines, as one event is one line.
    private static func oneLine(_ text: String) -> String {
        text.replacing("\n  To fix:", with: ". To fix:").split(whereSeparator: \.isNewline)
            .joined(separator: " ")
    }

    private static func json(_ value: Logger.MetadataValue) -> JSONValue {
        switch value {
        case .string(let text): .string(text)
        case .stringConvertible(let thing):
            if let whole = thing as? Int {
                .int(Int64(whole))
            } else if let number = thing as? Double {
                .double((number * 1000).rounded() / 1000)
            } else {
                .string("\(thing)")
            }
        case .array(let values): .array(values.map(json))
        case .dictionary(let values):
            .object(
                values.sorted { $0.key < $1.key }
                    .map { JSONValue.Member(name: $0.key, value: json($0.value)) })
        }
    }
}
