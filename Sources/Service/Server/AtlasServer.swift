import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Synchronization
import Tracing
import UnixSignals

/// Serves the atlas over HTTP/1.1.
public struct AtlasServer: Sendable {
    private let service: AtlasService
    private let host: String
    private let port: Int
    private let limits: ServerLimits
    private let logger: Logger

    /// Prepares a server.
    ///
    /// - Parameters:
    ///   - service: What answers.
    ///   - host: The name or address that it listens at.
    ///   - port: The port that it listens at; 0 for one that is free.
    ///   - limits: How much one client may take.
    ///   - log: How it is told what happens.
    public init(
        _ service: AtlasService, host: String = "127.0.0.1", port: Int = 8080,
        limits: ServerLimits = ServerLimits(), log: ServiceLog
    ) {
        self.service = service
        self.host = host
        self.port = port
        self.limits = limits
        logger = log.logger
    }

    /// Whether a name or an address is that of this machine alone.
    ///
    /// - Parameter host: The name or address.
    /// - Returns: True for `localhost`, `127.…` and `::1`.
    public static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// Listens and answers until the process is asked to end (SIGTERM, SIGINT), then finishes what
    /// it is answering.
    ///
    /// - Parameter begin: Is told the address once it listens: `http://127.0.0.1:8080`.
    /// - Throws: ``ListeningError`` where it cannot listen there.
    public func run(begin: @escaping @Sendable (String) -> Void) async throws {
        try await run(untilAsked: [.sigterm, .sigint], begin: begin)
    }

    /// Listens and answers until the process gets one of some signals, or the task is cancelled.
    func run(
        untilAsked signals: [UnixSignal], begin: @escaping @Sendable (String) -> Void
    ) async throws {
        let configuration = HTTP1Channel.Configuration(
            additionalChannelHandlers: [RequestDeadline(limits, metrics: service.metrics)],
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: limits.headers, maxHeaderListSize: limits.headers,
                maxHeaderFieldCount: limits.headerCount))
        let shownHost = host.contains(":") ? "[\(host)]" : host
        let application = Application(
            responder: ServiceResponder(service: service, limits: limits, logger: logger),
            server: .http1(configuration: configuration),
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: port),
                availableConnectionsDelegate: MaximumAvailableConnections(limits.connections)),
            services: [EndTeller(service: service)],
            onServerRunning: { channel in
                begin("http://\(shownHost):\(channel.localAddress?.port ?? port)")
            },
            logger: logger)
        do {
            try await application.runService(gracefulShutdownSignals: signals)
        } catch let error as IOError {
            throw ListeningError(place: "\(shownHost):\(port)", error)
        }
    }
}

/// Takes requests from their connections, and gives the answers back.
struct ServiceResponder: HTTPResponder {
    let service: AtlasService
    let limits: ServerLimits
    let logger: Logger
    private let counter = RequestCounter()

    init(service: AtlasService, limits: ServerLimits, logger: Logger) {
        self.service = service
        self.limits = limits
        self.logger = logger
    }

    /// What is known of a request besides itself: nothing.
    struct Context: InitializableFromSource {
        init(source: ApplicationRequestContextSource) {}
    }

    private static let requestID = HTTPField.Name("X-Request-Id")

    func respond(to request: Request, context: Context) async throws -> Response {
        let start = ContinuousClock.now
        let id = counter.id(of: request.headers)
        let target = request.head.path ?? "/"
        var answer = await answer(to: request, target, id)
        if let name = Self.requestID { answer.headers[name] = id }
        let bytes = answer.body.count
        if logger.logLevel <= .info {
            logger.info(
                "answered",
                metadata: [
                    "request": .string(id), "method": .string(request.method.rawValue),
                    "target": .string(String(target.prefix(500))),
                    "status": .stringConvertible(answer.status.code),
                    "bytes": .stringConvertible(bytes),
                    "ms": .stringConvertible((ContinuousClock.now - start) / .milliseconds(1)),
                ])
        }
        var response = Response(
            status: answer.status, headers: answer.headers,
            body: answer.body.isEmpty
                ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
        if request.method == .head { response = response.createHeadResponse() }
        return response
    }

    private func answer(to request: Request, _ target: String, _ id: String) async
        -> ServiceResponse
    {
        func refused(_ problem: Problem) -> ServiceResponse {
            var response = problem.response(to: id)
            Preflight.secure(&response)
            response.headers[.connection] = "close"
            return response
        }
        guard target.utf8.count <= limits.target else {
            return refused(
                Problem(
                    .uriTooLong, "target-too-long",
                    "A path and query hold \(limits.target) bytes at most."))
        }
        var body: [UInt8] = []
        if request.method == .post || request.method == .put || request.method == .patch {
            let said = request.headers[.contentLength].flatMap { Int($0) } ?? 0
            let read =
                said <= limits.body ? try? await request.body.collect(upTo: limits.body) : nil
            guard let read else {
                return refused(
                    Problem(
                        .contentTooLarge, "body-too-large",
                        "A body holds \(limits.body) bytes at most."))
            }
            body = Array(read.readableBytesView)
        }
        let asked = ServiceRequest(
            request.method, target, headers: request.headers, body: body, id: id,
            host: request.head.authority)
        return await withSpan(request.method.rawValue, ofKind: .server) { span in
            let response = await service.respond(to: asked)
            span.attributes["http.response.status_code"] = response.status.code
            span.attributes["url.path"] = String(target.prefix { $0 != "?" })
            return response
        }
    }
}

/// Gives requests identifiers.
final class RequestCounter: Sendable {
    private let next = Atomic<UInt64>(0)
    /// Tells the requests of this process from those of others.
    private let start = String(UInt64.random(in: 0...0xFFFF_FFFF), radix: 16)

    /// The identifier that a client gave, where it is a plain word, or a new one.
    func id(of headers: HTTPFields) -> String {
        if let name = HTTPField.Name("X-Request-Id"), let given = headers[name],
            (1...64).contains(given.utf8.count),
            given.utf8.allSatisfy({
                switch $0 {
                case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "_"),
                    UInt8(ascii: "."):
                    true
                default: false
                }
            })
        {
            return given
        }
        let number = next.wrappingAdd(1, ordering: .relaxed).newValue
        return "\(start)-\(number)"
    }
}
