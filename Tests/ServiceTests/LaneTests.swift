import Formats
import HTTPTypes
import Synchronization
import Testing

@testable import Service

/// What is answered while heavy answers are worked out.
struct LaneTests {
    /// What ended, in its order.
    private final class Order: Sendable {
        private let kept = Mutex<[String]>([])
        var names: [String] { kept.withLock { $0 } }
        func add(_ name: String) { kept.withLock { $0.append(name) } }
    }

    /// Answers that need not wait for what is heavy.
    private static let light = [
        "/", "/?f=html", "/conformance", "/collections", "/collections/universities",
        "/collections/universities/queryables", "/openapi.json", "/map", "/assets/map.js",
        "/collections/universities/items", "/collections/universities/items?limit=100&f=html",
        "/collections/universities/items?bbox=126,37,127,38&limit=1000",
        "/collections/universities/items?crs=EPSG:5179",
        "/collections/innovation-cities/items/ic-bitgaram",
        "/collections/innovation-cities/tiles",
        "/collections/innovation-cities/tiles/WebMercatorQuad?f=tilejson",
        "/facts/innovation-cities/ic-bitgaram", "/search?q=daedeok", "/functions",
        "/healthz", "/metrics",
    ]

    /// Answers that may keep a processor busy.
    private static let heavy = [
        "/collections/universities/items?filter=name_en%20LIKE%20%27%25a%25%27",
        "/collections/universities/items?limit=10000",
        "/collections/universities/items?datetime=2020-01-01",
        "/collections/universities/tiles/WebMercatorQuad/7/49/109",
    ]

    @Test(.timeLimit(.minutes(5)))
    func `what is light is answered while all heavy threads compute, and the rest is afterwards`()
        async throws
    {
        let service = try ServiceFixture.shared.get()
        // Layers are read once; until then nothing of them can be told.
        await service.warmUp()
        let (begun, teller) = AsyncStream<Void>.makeStream()
        let gate = Gate()
        let width = service.lanes.heavy.width
        let busy = (0..<width).map { _ in
            Task(executorPreference: service.lanes.heavy) {
                teller.yield()
                gate.spin()
            }
        }
        var count = 0
        for await _ in begun {
            count += 1
            if count == width { break }
        }
        let order = Order()
        let waiting = Self.heavy.map { target in
            Task {
                let status = await service.respond(to: ServiceRequest(.get, target)).status
                order.add(target)
                return status
            }
        }
        for target in Self.light {
            let status = await service.respond(to: ServiceRequest(.get, target)).status
            #expect(status == .ok, "\(target)")
            order.add(target)
        }
        #expect(order.names == Self.light)
        gate.open()
        for task in waiting { #expect(await task.value == .ok) }
        #expect(Set(order.names.dropFirst(Self.light.count)) == Set(Self.heavy))
        for task in busy { await task.value }
    }

    @Test func `small pages are light, and what must be gone through is heavy`() async throws {
        let service = try ServiceFixture.shared.get()
        let items = try #require(service.routes.first { $0.name == "items" })
        func weight(_ query: String) throws -> Route.Weight {
            let target = "/collections/universities/items?" + query
            guard
                case .call(let call) = try RouteTable(routes: [items]).match(
                    ServiceRequest(.get, target), base: "")
            else { throw Problem(.notFound, "none", target) }
            return items.weight(call)
        }
        for query in ["", "limit=1000", "crs=EPSG:5179&limit=100", "cursor=after-5", "f=html"] {
            #expect(try weight(query) == .light, "\(query)")
        }
        for query in [
            "limit=1001", "crs=EPSG:5179&limit=101", "name_en=x", "datetime=2020-01-01",
            "filter=name_en=%27x%27",
        ] {
            #expect(try weight(query) == .heavy, "\(query)")
        }
    }

    @Test func `no more that is heavy waits than may, and none longer than it may`() async throws {
        var setup = AtlasService.Setup()
        setup.limits.heavy = 0
        let full = AtlasService(try ServiceFixture.catalogue.get(), setup)
        setup.limits = WorkLimits()
        setup.limits.waiting = .zero
        let late = AtlasService(try ServiceFixture.catalogue.get(), setup)
        for service in [full, late] {
            let answer = await service.respond(to: ServiceRequest(.get, Self.heavy[0]))
            #expect(answer.status == .serviceUnavailable && answer.headers[.retryAfter] == "5")
            let kind = try JSONValue.parse(answer.body)["type"]?.string
            #expect(kind == "urn:clusteratlas:problem:busy")
            let light = await service.respond(to: ServiceRequest(.get, "/conformance"))
            #expect(light.status == .ok)
        }
    }

    @Test func `a filter that takes too long is given up`() async throws {
        var setup = AtlasService.Setup()
        setup.limits.filter = .zero
        let service = AtlasService(try ServiceFixture.catalogue.get(), setup)
        let tile = Self.heavy[3] + "?filter=name_en%20LIKE%20%27%25a%25%27"
        for target in [Self.heavy[0] + "&limit=1000", tile] {
            let answer = await service.respond(to: ServiceRequest(.get, target))
            #expect(answer.status == .unprocessableContent)
            let kind = try JSONValue.parse(answer.body)["type"]?.string
            #expect(kind == "urn:clusteratlas:problem:filter-too-long")
        }
    }
}
