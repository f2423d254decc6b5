import ArgumentParser
import Catalogue
import CoreMetrics
import Formats
import Jobs
import Service
import Tracing

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serves the atlas over HTTP, with a map.",
        discussion: """
            Every layer of the catalogue is a collection, and so is every layer of the
            files in a folder that --data names. QGIS, GDAL and web maps read them; a
            browser gets pages and a map. Eight operations are processes (OGC API -
            Processes): a job runs as a program of its own, and --jobs keeps it over
            restarts. The service ends, having finished what it is answering, when it is
            interrupted (SIGINT) or asked to end (SIGTERM).

            Example:
              clusteratlas serve --port 8080 --data layers
            """)

    @Option(help: ArgumentHelp("The port; 0 for one that is free.", valueName: "port"))
    var port = 8080

    @Option(
        help: ArgumentHelp(
            "The name or address to listen at; others than this machine's own need --keys.",
            valueName: "host"))
    var host = "127.0.0.1"

    @Option(
        help: ArgumentHelp(
            "A folder with files of layers, or of own records.", valueName: "folder"))
    var data: String?

    @Option(
        help: ArgumentHelp(
            "A PostGIS database whose tables are served: postgis://user@host/db?schema=name.",
            valueName: "address"))
    var store: String?

    @Option(
        help: ArgumentHelp(
            "Where jobs and results are kept; else they go with the service.",
            valueName: "folder"))
    var jobs: String?

    @Option(
        help: ArgumentHelp(
            "A file of keys for processes and writes: a name and a SHA-256 a line.",
            valueName: "file"))
    var keys: String?

    @Option(
        help: ArgumentHelp(
            "Where clients find the service, behind a proxy: https://maps.example.kr.",
            valueName: "address"))
    var address: String?

    @Option(
        help: ArgumentHelp(
            "What is written while it runs: text, or json for an object a line.",
            valueName: "form"))
    var log = RunCommand.LogForm.text

    @Flag(help: "Write warnings and errors only, not every request.")
    var quiet = false

    func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError("--port takes a number from 0 to 65535, not \(port)")
        }
        if let data, !FolderListing.isReadable(data) {
            throw ValidationError("--data \(data) is no folder that can be read")
        }
        let parts = address?.split(separator: "/") ?? ["https:", ""]
        guard parts.count == 2, parts[0] == "http:" || parts[0] == "https:" else {
            throw ValidationError(
                "--address takes http:// or https:// and a host, without a path")
        }
    }

    /// The host of an address, without its port.
    private static func host(of address: String) -> String {
        let rest = address.split(separator: "/").last ?? ""
        if rest.hasPrefix("["), let end = rest.firstIndex(of: "]") {
            return String(rest[rest.index(after: rest.startIndex)..<end])
        }
        return String(rest.prefix { $0 != ":" })
    }

    /// Makes what all libraries of the program count, and all traces, come to the service.
    private static func watch(_ log: ServiceLog) -> PrometheusMetrics {
        let metrics = PrometheusMetrics()
        MetricsSystem.bootstrap(metrics)
        InstrumentationSystem.bootstrap(RequestTracer(log))
        return metrics
    }

    func run() async throws {
        if keys == nil, !AtlasServer.isLoopback(host) {
            throw ValidationError(
                "--host \(host) is seen from other machines, which needs --keys: a file with a\n"
                    + "  name and the SHA-256 of a key a line, for processes and writes")
        }
        if keys == nil, let address, !AtlasServer.isLoopback(Self.host(of: address)) {
            throw ValidationError(
                "--address \(address) is seen from other machines, which needs --keys: a file with a\n"
                    + "  name and the SHA-256 of a key a line, for processes and writes")
        }
        let told = ServiceLog(log == .json ? .json : .text, tellsRequests: !quiet)
        var setup = AtlasService.Setup(folder: data)
        setup.keys = try keys.map { try KeyRing(file: $0) }
        setup.address = address.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
        setup.log = told
        let metrics = Self.watch(told)
        setup.metrics = metrics
        var limits = ServerLimits()
        setup.store = try store.map {
            try PostGISStore(PostGISAddress($0), limits: limits.database)
        }
        let isCatalogue = data.map(CatalogueFolder.holdsManifest) ?? false
        let catalogue = try PlaceCatalogue(folder: isCatalogue ? data : nil)
        if isCatalogue { setup.folder = nil }
        let kept = try await KeptJobs(
            in: jobs, data: isCatalogue ? data : nil, metrics: metrics)
        setup.processes = kept.processes
        let service = AtlasService(catalogue, setup) { told.warn($0) }
        limits.body = kept.processes.runner.limits.bodyBytes
        let server = AtlasServer(service, host: host, port: port, limits: limits, log: told)
        do {
            try await service.readStore()
            let watching = Task { await service.watchStore() }
            defer { watching.cancel() }
            let warming = Task { await service.warmUp { told.warn($0) } }
            defer { warming.cancel() }
            try await server.run { Terminal.print("Serving at \($0)\n") }
            await kept.end()
        } catch {
            await kept.end()
            throw error
        }
    }
}
