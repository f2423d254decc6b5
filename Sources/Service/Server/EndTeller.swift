import ServiceLifecycle

/// Tells the service when the process is asked to end, so that `/readyz` says so.
struct EndTeller: ServiceLifecycle.Service {
    let service: AtlasService

    func run() async throws {
        try await gracefulShutdown()
        service.end()
    }
}
