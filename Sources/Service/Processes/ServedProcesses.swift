import HTTPTypes
public import Jobs

/// The processes of the service, and who runs their jobs.
public struct ServedProcesses: Sendable {
    /// The processes.
    public let catalogue: ProcessCatalogue
    /// Who runs their jobs.
    public let runner: JobRunner
    /// How long jobs that run may go on when the service ends.
    public var grace = Duration.seconds(10)

    /// Brings processes and their runner together.
    ///
    /// - Parameters:
    ///   - catalogue: The processes.
    ///   - runner: Who runs their jobs, which was started.
    public init(_ catalogue: ProcessCatalogue, on runner: JobRunner) {
        self.catalogue = catalogue
        self.runner = runner
    }

    /// The classes of OGC API – Processes that are kept.
    static let classes = [
        "core", "ogc-process-description", "json", "oas30", "job-list", "dismiss",
    ].map { "http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/\($0)" }
}

/// Who may ask for jobs where the service has no keys: programs of this machine, but no pages of others
/// that a browser of this machine shows.
enum OwnPages {
    /// Checks who asks.
    ///
    /// A page is told by its `Origin`. One whose own name was made to lead to this machine is told by
    /// the name under which it finds the service.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - base: Where clients find the service.
    ///   - isNamed: Whether that was set, rather than taken from the request.
    /// - Throws: ``Problem`` (403).
    static func check(
        _ request: ServiceRequest, base: String, isNamed: Bool
    ) throws(Problem) {
        if let origin = request.headers[.origin], origin != base {
            throw Problem(
                .forbidden, "foreign-page", "Pages of \(origin.prefix(100)) may not ask for jobs.")
        }
        guard !isNamed, let host = request.host else { return }
        let name = Self.name(of: host)
        guard AtlasServer.isLoopback(name) else {
            throw Problem(
                .forbidden, "foreign-name",
                "Without keys, jobs are asked for by a name of this machine, such as localhost.")
        }
    }

    /// A host without its port.
    private static func name(of host: String) -> String {
        if host.hasPrefix("["), let end = host.firstIndex(of: "]") {
            return String(host[host.index(after: host.startIndex)..<end])
        }
        return String(host.prefix { $0 != ":" })
    }
}
