import Formats
import HTTPTypes
import TestSupport
import Testing

@testable import Service

struct HTTPTests {
    private static let items = "/collections/universities/items?limit=50"

    @Test func `what a client holds already is not sent again`() async throws {
        for target in [Self.items, "/", "/collections", "/map", "/assets/map.js", "/openapi.json"] {
            let first = try await ServiceFixture.get(target)
            let tag = try #require(first.headers[.eTag])
            let second = try await ServiceFixture.get(target, [.ifNoneMatch: "\"x\", \(tag)"])
            #expect(second.status == .notModified, "\(target)")
            #expect(second.body.isEmpty)
            let other = try await ServiceFixture.get(target, [.ifNoneMatch: "W/\"other\""])
            #expect(other.status == .ok)
        }
        let one = try await ServiceFixture.get(Self.items).headers[.eTag]
        let two = try await ServiceFixture.get(Self.items + "&crs=EPSG:5179").headers[.eTag]
        #expect(one != two)
    }

    @Test func `gzip is sent to those who take it, and is the same text`() async throws {
        let plain = try await ServiceFixture.get(Self.items)
        let packed = try await ServiceFixture.get(Self.items, [.acceptEncoding: "br, gzip;q=0.8"])
        #expect(packed.headers[.contentEncoding] == "gzip")
        #expect(packed.body.starts(with: [0x1F, 0x8B]) && packed.body.count < plain.body.count / 3)
        let refused = try await ServiceFixture.get(Self.items, [.acceptEncoding: "gzip;q=0"])
        #expect(refused.headers[.contentEncoding] == nil)
        let small = try await ServiceFixture.get("/healthz", [.acceptEncoding: "gzip"])
        #expect(small.headers[.contentEncoding] == nil)
    }

    @Test(arguments: [
        ("application/json", "application/json"),
        ("text/html,*/*;q=0.8", "text/html; charset=utf-8"),
        ("*/*", "application/json"), ("text/html;q=0.2, application/geo+json", "application/json"),
        ("", "application/json"),
    ])
    func `the form is the one that is accepted`(accept: String, type: String) async throws {
        let response = try await ServiceFixture.get("/", accept.isEmpty ? [:] : [.accept: accept])
        #expect(response.headers[.contentType] == type)
        let named = try await ServiceFixture.get("/?f=html", [.accept: accept])
        #expect(named.headers[.contentType] == "text/html; charset=utf-8")
    }

    @Test func `what is not accepted is refused`() async throws {
        let response = try await ServiceFixture.get("/", [.accept: "image/png"])
        #expect(response.status == .notAcceptable)
    }

    @Test func `other methods are told which are answered`() async throws {
        let response = try await ServiceFixture.get("/collections", method: .delete)
        #expect(response.status == .methodNotAllowed)
        #expect(response.headers[.allow] == "HEAD, GET, OPTIONS")
        let options = try await ServiceFixture.get("/collections", method: .options)
        #expect(options.status == .noContent)
        #expect(options.headers[.accessControlAllowOrigin] == "*")
        let head = try await ServiceFixture.get("/collections", method: .head)
        #expect(head.status == .ok)
    }

    @Test(arguments: [
        "/?f=html", "/collections?f=html", "/collections/universities?f=html",
        "/collections/universities/items?f=html", "/collections/universities/items/un-kaist?f=html",
        "/conformance?f=html", "/collections/universities/queryables?f=html", "/map",
    ])
    func `pages run no script but the service's own files`(target: String) async throws {
        let response = try await ServiceFixture.get(target)
        #expect(response.status == .ok)
        let policy = try #require(response.headers[.contentSecurityPolicy])
        #expect(policy.contains("script-src 'self'") && !policy.contains("unsafe"))
        let html = String(decoding: response.body, as: UTF8.self)
        for element in html.split(separator: "<script").dropFirst() {
            #expect(
                element.hasPrefix(" type=\"application/json\"")
                    || element.hasPrefix(" src=\"/assets/"))
        }
        #expect(!html.contains(" style=\"") && !html.contains(" onclick="))
        #expect(response.headers[.xContentTypeOptions] == "nosniff")
    }

    @Test(arguments: [
        ("/search?q=a%00b", "number 0"), ("/collections/%00/items", "number 0"),
        ("/search?q=a%0", "percent-encoded"), ("/search?q=%00%ff", "percent-encoded"),
    ])
    func `what is wrong with a target is said`(target: String, says: String) async throws {
        let problem = try await ServiceFixture.json(target, status: .badRequest)
        #expect(problem["detail"]?.string?.contains(says) == true, "\(problem.text)")
    }

    @Test func `what is asked for never becomes markup`() async throws {
        let response = try await ServiceFixture.get(
            "/collections/universities/items?f=html&name_en=%3Cscript%3Ealert(1)%3C/script%3E")
        #expect(response.status == .ok)
        #expect(!String(decoding: response.body, as: UTF8.self).contains("<script>alert"))
    }

    @Test func `facts come with their sources`() async throws {
        let facts = try await ServiceFixture.json("/facts/innovation-cities/ic-bitgaram")
        #expect(facts["name_ko"]?.string == "광주전남공동혁신도시")
        let sources = facts["sources"]?.array?.count ?? 0
        #expect(sources > 0)
        let cited = facts["lines"]?.array?.flatMap { $0["sources"]?.array ?? [] } ?? []
        #expect(!cited.isEmpty && cited.allSatisfy { (1...sources).contains($0.int ?? 0) })
    }

    @Test(arguments: ["대덕", "daedeok"])
    func `places are found by either name`(words: String) async throws {
        let found = try await ServiceFixture.json("/search?q=\(RequestTarget.encoded(words))")
        let names = found["places"]?.array?.compactMap { $0["name_ko"]?.string } ?? []
        #expect(names.contains { $0.contains("대덕") })
    }

    @Test func `the service says whether it is ready`() async throws {
        let service = try ServiceFixture.service()
        func status(_ target: String) async -> Int {
            await service.respond(to: ServiceRequest(.get, target)).status.code
        }
        #expect(await status("/healthz") == 200)
        #expect(await status("/readyz") == 503)
        await service.warmUp()
        #expect(await status("/readyz") == 200)
        service.end()
        #expect(await status("/readyz") == 503)
        let metrics = String(
            decoding: await service.respond(to: ServiceRequest(.get, "/metrics")).body,
            as: UTF8.self)
        #expect(metrics.contains("clusteratlas_requests_total{route=\"readyz\",status=\"503\"} 2"))
        #expect(metrics.contains("clusteratlas_request_seconds_count{route=\"healthz\"} 1"))
    }
}

struct KeyRingTests {
    @Test func `a key is known by its digest only`() throws {
        let folder = try TemporaryFolder()
        // printf abc | sha256sum (FIPS 180-4, appendix B.1)
        let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        let file = try folder.write("keys", "# keys of the office\n\noffice \(digest)\n")
        let ring = try KeyRing(file: file)
        let field = try #require(KeyRing.field)
        #expect(try ring.check([field: "abc"]) == "office")
        #expect(try ring.check([.authorization: "Bearer abc"]) == "office")
        #expect(try ring.check([.authorization: "bearer abc"]) == "office")
        #expect(throws: Problem.self) { try ring.check([field: "abd"]) }
        #expect(throws: Problem.self) { try ring.check([:]) }
        do {
            try ring.check([:])
        } catch {
            #expect(error.status == .unauthorized && error.headers[.wwwAuthenticate] == "Bearer")
        }
    }

    @Test(arguments: [
        "", "# nothing\n", "office abc\n", "office \(String(repeating: "g", count: 64))\n",
        "office \(String(repeating: "+f", count: 32))\n",
        "office \(String(repeating: "-0", count: 32))\n",
    ])
    func `a file without keys is refused`(text: String) throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("keys", text)
        #expect(throws: KeyError.self) { try KeyRing(file: file) }
    }

    @Test(arguments: [
        ("127.0.0.1", true), ("localhost", true), ("::1", true), ("127.8.9.1", true),
        ("0.0.0.0", false), ("192.168.0.1", false), ("127.evil.example", false), ("::", false),
        ("127.0.0", false),
    ])
    func `only this machine's own addresses are its own`(host: String, isOwn: Bool) {
        #expect(AtlasServer.isLoopback(host) == isOwn)
    }
}
