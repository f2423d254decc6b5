public import Catalogue
import Features
public import Formats
import HTTPTypes
import Jobs
import Synchronization
import Tracing

/// The atlas as a service: answers requests, whatever connection they come by.
public final class AtlasService: Sendable {
    /// How the service is set up.
    public struct Setup: Sendable {
        /// A folder with files of features, each layer of which is a collection; `nil` for none.
        public var folder: String?
        /// The keys that processes and writes ask for; `nil` for none.
        public var keys: KeyRing?
        /// Where clients find the service, where that is not told by their requests: behind a
        /// proxy.
        public var address: String?
        /// A database whose tables are collections; `nil` for none.
        public var store: PostGISStore?
        /// The processes; `nil` for none.
        public var processes: ServedProcesses?
        /// Where it is told what went wrong inside; `nil` for nowhere.
        public var log: ServiceLog?
        /// Where it is counted what the service does; in a place of its own if not set.
        public var metrics: PrometheusMetrics?
        /// How many heavy answers are worked out at once, beside the others; as many as there are
        /// processors if not set.
        public var workers: Int?
        /// How long what is worked out may take, and how much of it may wait.
        public var limits = WorkLimits()

        /// Creates a setup.
        ///
        /// - Parameters:
        ///   - folder: A folder with files of features.
        ///   - keys: The keys that processes and writes ask for.
        ///   - address: Where clients find the service, behind a proxy.
        public init(folder: String? = nil, keys: KeyRing? = nil, address: String? = nil) {
            self.folder = folder
            self.keys = keys
            self.address = address
        }
    }

    let catalogue: PlaceCatalogue
    let shelf: CollectionShelf
    let transformations = SystemTransformations()
    let metrics: ServiceMetrics
    let names = LazyValue<PlaceSearch>()
    let lanes: WorkLanes
    let limits: WorkLimits
    let keys: KeyRing?
    private let address: String?
    let processes: ServedProcesses?
    let stored: StoredLayers?
    /// The results that are drawn in tiles.
    let results = ResultContents()
    let log: ServiceLog?
    private let table: RouteTable
    let state = Mutex(State())

    struct State {
        /// The collections that could not be read when that was last tried; `nil` before all were tried.
        var unread: [String]?
        /// Whether the service is going down.
        var isEnding = false
        /// The description of the interface, by the address under which clients find the service.
        var openAPI: [String: ServiceResponse] = [:]
        var map: ServiceResponse?
        /// The edition of the shelf of which these were made.
        private(set) var edition = 0

        /// Forgets what was made of an earlier edition of the shelf.
        mutating func turn(to edition: Int) {
            guard edition > self.edition else { return }
            self.edition = edition
            openAPI = [:]
            map = nil
        }
    }

    /// Sets the service up; the catalogue's layers are read when they are first asked for.
    ///
    /// - Parameters:
    ///   - catalogue: The catalogue.
    ///   - setup: How it is set up.
    ///   - tell: Is told which files are passed over, and why.
    public init(
        _ catalogue: PlaceCatalogue, _ setup: Setup = Setup(), tell: (String) -> Void = { _ in }
    ) {
        self.catalogue = catalogue
        limits = setup.limits
        lanes = WorkLanes(heavyWidth: setup.workers, limits: setup.limits)
        shelf = CollectionShelf(catalogue, folder: setup.folder, on: lanes, tell: tell)
        keys = setup.keys
        address = setup.address
        log = setup.log
        processes = setup.processes
        let shelf = shelf
        let lanes = lanes
        stored = setup.store.map { StoredLayers($0, on: shelf, catalogue, lanes) }
        table = RouteTable(
            routes: Self.routes(of: shelf, isChanging: stored != nil)
                + (processes.map(ProcessRoutes.routes) ?? []))
        metrics = ServiceMetrics(
            setup.metrics ?? PrometheusMetrics(), routes: table.routes.map(\.name))
    }

    /// The routes, for the description of the interface.
    var routes: [Route] { table.routes }

    /// Reads all collections once, so that the first to ask need not wait.
    ///
    /// - Parameter tell: Is told of a layer that cannot be read.
    public func warmUp(tell: (String) -> Void = { _ in }) async {
        var unread: [String] = []
        for collection in shelf.collections {
            do {
                _ = try await collection.content()
            } catch {
                unread.append(collection.id)
                tell("\(collection.id): \(error)")
            }
        }
        let left = unread
        state.withLock { $0.unread = left }
    }

    /// Says that the service is going down, so that nobody sends it more.
    public func end() { state.withLock { $0.isEnding = true } }

    /// Takes no more jobs; those that run are finished, or wait for the next service.
    public func endJobs() async {
        if let processes { await processes.runner.shutdown(grace: processes.grace) }
    }

    /// Answers a request.
    ///
    /// - Parameter request: The request.
    /// - Returns: The answer; a problem document where there is none.
    public func respond(to request: ServiceRequest) async -> ServiceResponse {
        await respond(to: request) { request.body }
    }

    /// Answers a request whose body is read only where its route takes one, and the client may ask for
    /// it.
    ///
    /// - Parameters:
    ///   - request: The request without its body.
    ///   - body: Reads the body.
    /// - Returns: The answer; a problem document where there is none.
    func respond(
        to request: ServiceRequest, body: @Sendable () async throws -> [UInt8]
    ) async -> ServiceResponse {
        let start = ContinuousClock.now
        let (response, name) = await answer(request, body)
        metrics.count(name, response.status, since: start)
        return response
    }

    private func answer(
        _ request: ServiceRequest, _ body: @Sendable () async throws -> [UInt8]
    ) async -> (ServiceResponse, route: String) {
        var name = ServiceMetrics.noRoute
        do {
            switch try table.match(request, base: base(of: request)) {
            case .methods(let methods):
                let all = methods.contains(.get) ? [.head] + methods : methods
                let allow = (all + [.options]).map(\.rawValue).joined(separator: ", ")
                if request.method == .options {
                    return (Preflight.response(allow), ServiceMetrics.options)
                }
                var problem = Problem(
                    .methodNotAllowed, "method-not-allowed",
                    "\(request.method.rawValue) is not answered here; \(allow) are.")
                problem.headers[.allow] = allow
                throw problem
            case .call(var call):
                name = call.route.name
                if call.route.needsKey {
                    if let keys {
                        call.owner = try keys.check(request.headers)
                    } else {
                        try OwnPages.check(request, base: call.base, isNamed: address != nil)
                    }
                }
                if call.route.bodySchema != nil { call.request.body = try await body() }
                return (try await handle(call), name)
            }
        } catch {
            if !(error is Problem || error is RequestFault || error is JobLimitError) {
                log?.failed(request.id, "\(error)")
            }
            return (finished(Self.problem(error).response(to: request.id), request), name)
        }
    }

    /// Answers a call in a lane where it waits for nothing that costs much more than itself.
    private func handle(_ call: Call) async throws -> ServiceResponse {
        try await lanes.run(call.route.weight(call)) { try await work(out: call) }
    }

    /// Works an answer out; how long that took, besides waiting for a thread, is a span of its own.
    private func work(out call: Call) async throws -> ServiceResponse {
        // A trace of ours that is not recorded is told by its request alone.
        if InstrumentationContext.current?[TraceContextKey.self]?.isSampled == false {
            return finished(try await call.route.handler(self, call), call.request)
        }
        return try await withSpan(call.route.name) { _ in
            finished(try await call.route.handler(self, call), call.request)
        }
    }

    /// What an error tells a client: everything about a request, nothing about the service's files.
    static func problem(_ error: any Error) -> Problem {
        if let problem = error as? Problem ?? Problem.ofJobs(error) { return problem }
        return Problem(
            .internalServerError, "failed",
            "The service could not answer this. Its log says more, by the request's identifier.")
    }

    /// The address by which the client found the service.
    private func base(of request: ServiceRequest) -> String {
        if let address { return address }
        guard let host = request.host,
            host.utf8.count <= 255,
            host.utf8.allSatisfy({ byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."),
                    UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"),
                    UInt8(ascii: "_"):
                    true
                default: false
                }
            })
        else { return "" }
        return "http://" + host
    }

    /// Adds what every answer bears, and packs it where the client takes that.
    private func finished(_ response: ServiceResponse, _ request: ServiceRequest) -> ServiceResponse
    {
        var response = response
        Preflight.secure(&response)
        if response.status == .ok, response.headers[.eTag] == nil,
            response.headers[.cacheControl] == nil
        {
            response.headers[.eTag] = EntityTag.of(response.body)
        }
        if response.status == .ok, let tag = response.headers[.eTag] {
            if response.headers[.cacheControl] == nil {
                response.headers[.cacheControl] = "no-cache"
            }
            if Negotiation.isHeld(tag, request.headers[.ifNoneMatch]) {
                response.status = .notModified
                response.body = []
                response.packed = nil
                response.headers[.contentType] = nil
                return response
            }
        }
        guard response.body.count > 860, Negotiation.takesGzip(request.headers[.acceptEncoding])
        else { return response }
        if let packed = response.packed ?? (try? Compression.gzip.pack(response.body, file: "")) {
            response.body = packed
            response.headers[.contentEncoding] = "gzip"
        }
        return response
    }
}
