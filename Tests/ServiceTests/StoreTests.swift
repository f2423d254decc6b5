import Features
import Foundation
import HTTPTypes
import Jobs
import TestSupport
import Testing

@testable import Formats
@testable import Service

/// Collections of a database, where `CLUSTERATLAS_POSTGIS` names an empty one.
@Suite(.serialized) struct StoreTests {
    private func service(
        _ limits: DatabaseLimits = DatabaseLimits()
    ) async throws -> (AtlasService, PostGISStore)? {
        guard let address = TestDatabase.address else { return nil }
        let store = try PostGISStore(PostGISAddress(address), limits: limits)
        var setup = AtlasService.Setup()
        setup.store = store
        let service = AtlasService(try ServiceFixture.catalogue.get(), setup)
        try await service.readStore()
        return (service, store)
    }

    private func ask(
        _ service: AtlasService, _ method: HTTPRequest.Method, _ target: String, _ body: String = ""
    ) async -> ServiceResponse {
        var headers = HTTPFields()
        if !body.isEmpty { headers[.contentType] = "application/geo+json" }
        return await service.respond(
            to: ServiceRequest(
                method, target, headers: headers, body: Array(body.utf8), id: "t",
                host: "localhost:8080"))
    }

    private func collection(_ count: Int) -> String {
        let features = (0..<count).map { index in
            """
            {"type":"Feature","id":"f\(index)","properties":{"이름":"곳 \(index)","n":\(index)},
             "geometry":{"type":"Point","coordinates":[\(127 + Double(index) / 100),36.5]}}
            """
        }
        return "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ","))]}"
    }

    @Test func `a table is written, read, replaced and removed`() async throws {
        guard let (service, store) = try await service() else { return }
        let made = await ask(service, .put, "/collections/my-places", collection(3))
        #expect(made.status == .created, "\(String(decoding: made.body, as: UTF8.self))")
        #expect(made.headers[.location] == "http://localhost:8080/collections/my-places")
        let items = try JSONValue.parse(
            await ask(service, .get, "/collections/my-places/items").body)
        #expect(items.ids == ["f0", "f1", "f2"])
        #expect(items.points == [[127, 36.5], [127.01, 36.5], [127.02, 36.5]])
        #expect(items["features"]?.array?[1]["properties"]?["이름"]?.string == "곳 1")
        let again = await ask(service, .put, "/collections/my-places", collection(5))
        #expect(again.status == .ok)
        #expect(try store.tables().map(\.name) == ["my-places"])
        let more = try JSONValue.parse(
            await ask(service, .get, "/collections/my-places/items?n=4").body)
        #expect(more.ids == ["f4"])
        #expect(await ask(service, .delete, "/collections/my-places").status == .ok)
        #expect(await ask(service, .get, "/collections/my-places").status == .notFound)
        #expect(await ask(service, .delete, "/collections/my-places").status == .notFound)
        #expect(try store.tables().isEmpty)
    }

    @Test func `what is wrong with a body leaves the table as it is`() async throws {
        guard let (service, _) = try await service() else { return }
        #expect(await ask(service, .put, "/collections/kept", collection(2)).status == .created)
        let broken = collection(2).replacingOccurrences(of: "127.01", with: "512")
        for body in [broken, "{}", String(collection(2).dropLast()), collection(0)] {
            #expect(await ask(service, .put, "/collections/kept", body).status == .badRequest)
        }
        let items = try JSONValue.parse(await ask(service, .get, "/collections/kept/items").body)
        #expect(items.ids == ["f0", "f1"])
        let taken = await ask(service, .put, "/collections/universities", collection(1))
        #expect(taken.status == .conflict)
        let named = await ask(service, .put, "/collections/a%20b", collection(1))
        #expect(named.status == .badRequest)
    }

    @Test func `what others change in the database is seen, and views are collections`()
        async throws
    {
        guard let (service, store) = try await service() else { return }
        let schema = store.address.schema
        _ = try store.run(
            """
            CREATE TABLE \(schema).points (id text PRIMARY KEY, geom geometry(Point, 5179));
            INSERT INTO \(schema).points VALUES ('a', ST_SetSRID(ST_MakePoint(953898, 1952032), 5179));
            CREATE VIEW \(schema).one AS SELECT * FROM \(schema).points
            """, as: [])
        try await service.readStore()
        func ids(_ name: String) async throws -> [String] {
            try JSONValue.parse(await ask(service, .get, "/collections/\(name)/items").body).ids
        }
        #expect(try await ids("points") == ["a"])
        #expect(try await ids("one") == ["a"])
        _ = try store.run(
            "UPDATE \(schema).points SET id = 'b'; DROP VIEW \(schema).one", as: [])
        try await service.readStore()
        #expect(try await ids("points") == ["b"])
        #expect(await ask(service, .get, "/collections/one").status == .notFound)
    }

    @Test func `a table that is no collection is never replaced, nor one that a view needs`()
        async throws
    {
        guard let (service, store) = try await service() else { return }
        let schema = store.address.schema
        _ = try store.run("CREATE TABLE \(schema).users (id text)", as: [])
        #expect(await ask(service, .put, "/collections/users", collection(1)).status == .conflict)
        #expect(try store.holds("users"))
        #expect(await ask(service, .put, "/collections/kept", collection(2)).status == .created)
        _ = try store.run("CREATE VIEW \(schema).shown AS SELECT * FROM \(schema).kept", as: [])
        #expect(await ask(service, .put, "/collections/kept", collection(1)).status == .conflict)
        #expect(await ask(service, .delete, "/collections/kept").status == .conflict)
        let items = try JSONValue.parse(await ask(service, .get, "/collections/kept/items").body)
        #expect(items.ids == ["f0", "f1"])
    }

    @Test func `a connection that broke is made anew`() async throws {
        guard let (service, store) = try await service() else { return }
        #expect(await ask(service, .put, "/collections/kept", collection(1)).status == .created)
        let other = try PostGISStore(store.address)
        _ = try other.run(
            """
            SELECT pg_terminate_backend(pid)::text AS t FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
            """, as: ["t"])
        #expect(try store.tables().map(\.name) == ["kept"])
    }

    @Test(.timeLimit(.minutes(2)))
    func `a table that others hold is told of in time, and read and written when they let go`()
        async throws
    {
        var limits = DatabaseLimits()
        limits.locks = .milliseconds(100)
        guard let (service, store) = try await service(limits) else { return }
        for name in ["held", "free"] {
            #expect(
                await ask(service, .put, "/collections/\(name)", collection(2)).status == .created)
        }
        let other = try PostGISStore(store.address)
        let table = "\(store.address.schema).held"
        _ = try other.run("BEGIN; LOCK TABLE \(table) IN ACCESS EXCLUSIVE MODE", as: [])
        for method in [HTTPRequest.Method.put, .delete] {
            let body = method == .put ? collection(3) : ""
            let answer = await ask(service, method, "/collections/held", body)
            #expect(answer.status == .serviceUnavailable)
            #expect(answer.headers[.retryAfter] == "5")
            #expect(
                try JSONValue.parse(answer.body)["type"]?.string
                    == "urn:clusteratlas:problem:database-busy")
        }
        // What was read before is served, and other tables are written.
        func ids(_ name: String) async throws -> [String] {
            try JSONValue.parse(await ask(service, .get, "/collections/\(name)/items").body).ids
        }
        try await service.readStore()
        #expect(try await ids("held") == ["f0", "f1"])
        #expect(await ask(service, .put, "/collections/free", collection(3)).status == .ok)
        #expect(try await ids("free") == ["f0", "f1", "f2"])
        _ = try other.run("COMMIT", as: [])
        #expect(await ask(service, .put, "/collections/held", collection(1)).status == .ok)
        #expect(try await ids("held") == ["f0"])
    }

    @Test(.timeLimit(.minutes(2)))
    func `a statement that takes longer than may be is ended, and the next one runs`() throws {
        guard let address = TestDatabase.address else { return }
        var limits = DatabaseLimits()
        limits.statements = .milliseconds(100)
        let store = try PostGISStore(PostGISAddress(address), limits: limits)
        #expect(throws: FormatError.self) { try store.run("SELECT pg_sleep(600)", as: []) }
        #expect(try store.run("SELECT 1 AS n", as: ["n"]) == [["1"]])
        let told = try store.run(
            "SELECT current_setting('lock_timeout') AS l, current_setting('statement_timeout') AS s",
            as: ["l", "s"])
        #expect(told == [["2s", "100ms"]])
    }

    @Test func `a service without a database writes no collections`() async throws {
        let service = try ServiceFixture.service()
        let answer = await ask(service, .put, "/collections/my-places", collection(1))
        #expect(answer.status == .methodNotAllowed)
    }
}
