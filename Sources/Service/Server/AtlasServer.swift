import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
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
            additionalChannelHandlers: [ConnectionWatch(limits, metrics: service.metrics)],
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
