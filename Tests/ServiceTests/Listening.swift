import Dispatch
import Testing

@testable import Service

/// The service at a port of its own, and what is sent to it.
enum Listening {
    /// Runs a body while the service listens.
    static func serving(
        _ limits: ServerLimits = ServerLimits(), _ own: AtlasService? = nil,
        _ body: @Sendable (Int) async throws -> Void
    ) async throws {
        let service = try own ?? ServiceFixture.shared.get()
        let (ports, teller) = AsyncStream<Int>.makeStream()
        let server = AtlasServer(
            service, port: 0, limits: limits, log: ServiceLog(tellsRequests: false))
        let running = Task {
            try await server.run(untilAsked: []) { address in
                teller.yield(Int(address.split(separator: ":").last ?? "") ?? 0)
            }
        }
        var port: Int?
        for await told in ports {
            port = told
            break
        }
        do {
            try await body(try #require(port))
        } catch {
            running.cancel()
            throw error
        }
        running.cancel()
        _ = await running.result
    }

    /// Runs what waits in a thread of its own: tasks are as many as processors, and the service
    /// needs them.
    static func waiting<Result: Sendable>(
        _ body: @escaping @Sendable () -> Result
    ) async -> Result {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: body()) }
        }
    }

    /// Sends a text, and reads what comes until the connection is closed.
    static func ask(_ port: Int, _ text: String) async -> String? {
        await waiting {
            guard let client = SocketClient(port: port) else { return nil }
            client.send(text)
            return client.readAll()
        }
    }
}
