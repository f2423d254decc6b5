import Catalogue
import Features
import Formats
import Foundation
import HTTPTypes
import Jobs
import TestSupport
import Testing

@testable import Service
@testable import clusteratlas

@Suite("Routes of processes") struct ProcessRouteTests {
    let command: CommandRunner
    let service: AtlasService

    init() async throws {
        command = try CommandRunner()
        service = try await Self.service(command)
    }

    static func service(
        _ command: CommandRunner, keys: KeyRing? = nil, limits: JobLimits = JobLimits(),
        program: String = CommandRunner.program.path
    ) async throws -> AtlasService {
        let runner = try JobRunner(
            folder: command.folder.appending(path: "jobs \(UUID().uuidString)").path,
            program: program, limits: limits)
        try await runner.start()
        var setup = AtlasService.Setup(keys: keys)
        setup.processes = ServedProcesses(try ProcessCatalogue(DeclaredOperations()), on: runner)
        return AtlasService(try ServiceFixture.catalogue.get(), setup)
    }

    /// A script that stands for the program.
    static func script(
        _ name: String, _ text: String, in command: CommandRunner
    ) throws -> String {
        let file = command.folder.appending(path: name)
        try ("#!/bin/bash\n" + text).write(to: file, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
        return file.path
    }

    func ask(
        _ method: HTTPRequest.Method, _ target: String, body: String = "",
        _ headers: HTTPFields = [:], of other: AtlasService? = nil, host: String = "localhost:8080"
    ) async throws -> ServiceResponse {
        var fields = headers
        if !body.isEmpty, fields[.contentType] == nil { fields[.contentType] = "application/json" }
        return await (other ?? service).respond(
            to: ServiceRequest(
                method, target, headers: fields, body: Array(body.utf8), id: "t", host: host))
    }

    func json(_ response: ServiceResponse) throws -> JSONValue {
        try JSONValue.parse(response.body)
    }

    let prefer: HTTPFields = {
        var fields = HTTPFields()
        if let name = HTTPField.Name("Prefer") { fields[name] = "respond-async" }
        return fields
    }()

    private struct Answer: Equatable {
        let status: Int
        let type: String

        init(_ status: Int, _ type: String) {
            self.status = status
            self.type = type
        }
    }

    func body(_ inputs: String, _ more: String = "") -> String {
        "{\"inputs\": {\(inputs)}\(more)}"
    }

    @Test func `processes are listed and described`() async throws {
        let list = try json(try await ask(.get, "/processes"))
        #expect(list["processes"]?.array?.count == 8)
        let one = try json(try await ask(.get, "/processes/site-selection"))
        #expect(one["inputs"]?["model"]?["minOccurs"]?.int == 1)
        let none = try await ask(.get, "/processes/convert")
        #expect(none.status == .notFound)
        #expect(
            try json(none)["type"]?.string
                == "http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/no-such-process")
        let landing = try json(try await ask(.get, "/"))
        #expect(
            landing.link("http://www.opengis.net/def/rel/ogc/1.0/processes")
                == "http://localhost:8080/processes")
    }

    @Test func `a process answers at once with the bytes of its command`() async throws {
        let labs = try command.text(of: "labs.geojson")
            .trimmingCharacters(in: .whitespacesAndNewlines)
        let answer = try await ask(
            .post, "/processes/proximity/execution",
            body: body("\"from\": \(labs), \"self\": true"))
        #expect(answer.status == .ok, "\(String(decoding: answer.body, as: UTF8.self))")
        #expect(answer.headers[.contentType] == "application/geo+json")
        try command.write(labs, to: "from.geojson")
        _ = try command.run("proximity", "from.geojson", "--self", "-o", "result.geojson")
        #expect(
            String(decoding: answer.body, as: UTF8.self)
                == (try command.text(of: "result.geojson")))
    }

    @Test func `what a job has made is drawn in tiles`() async throws {
        let ran = try await ask(
            .post, "/processes/proximity/execution",
            body: body("\"from\": \"innovation-cities\", \"to\": \"universities\""))
        let field = try #require(HTTPField.Name("Link"))
        let link = try #require(ran.headers[field])
        let place = try #require(link.split(separator: ">").first?.split(separator: "/").last)
        let tiles = "/jobs/\(place)/results/result/tiles"
        let told = try json(try await ask(.get, tiles + "/WebMercatorQuad?f=tilejson"))
        #expect(told["vector_layers"]?.array?.first?["id"]?.string == "result")
        let template = try #require(told["tiles"]?.array?.first?.string)
        #expect(template == "http://localhost:8080\(tiles)/WebMercatorQuad/{z}/{y}/{x}")
        // Naju and Gwangju lie in this tile, the sea west of Africa in the other.
        let tile = try await ask(.get, tiles + "/WebMercatorQuad/6/25/54")
        #expect(tile.status == .ok)
        #expect(tile.headers[.contentType] == "application/vnd.mapbox-vector-tile")
        #expect(Array(tile.body).firstRange(of: Array("universities_1_m".utf8)) != nil)
        #expect(try await ask(.get, tiles + "/WebMercatorQuad/6/31/31").status == .noContent)
        let none = try await ask(.get, "/jobs/\(place)/results/other/tiles/WebMercatorQuad/6/25/54")
        #expect(none.status == .notFound)
        let unknown = try await ask(.get, "/jobs/x/results/result/tiles/WebMercatorQuad/6/25/54")
        #expect(unknown.status == .notFound)
    }

    @Test func `a process takes the collections of files by reference`() async throws {
        let layers = command.folder.appending(path: "layers")
        try FileManager.default.createDirectory(at: layers, withIntermediateDirectories: true)
        try command.write(try command.text(of: "labs.geojson"), to: "layers/my-labs.geojson")
        let runner = try #require(service.processes).runner
        var setup = AtlasService.Setup(folder: layers.path)
        setup.processes = ServedProcesses(try ProcessCatalogue(DeclaredOperations()), on: runner)
        let own = AtlasService(try ServiceFixture.catalogue.get(), setup)
        let answer = try await ask(
            .post, "/processes/proximity/execution",
            body: body("\"from\": {\"href\": \"/collections/my-labs/items\"}, \"self\": true"),
            of: own)
        #expect(answer.status == .ok, "\(String(decoding: answer.body, as: UTF8.self))")
        let sent = try await ask(
            .post, "/processes/proximity/execution",
            body: body("\"from\": \(try command.text(of: "labs.geojson")), \"self\": true"))
        #expect(try json(answer).ids == (try json(sent).ids))
        let none = try await ask(
            .post, "/processes/proximity/execution",
            body: body("\"from\": {\"href\": \"/collections/no-labs\"}, \"self\": true"), of: own)
        #expect(none.status == .badRequest)
    }

    @Test func `a job is accepted, told of, and has results`() async throws {
        let accepted = try await ask(
            .post, "/processes/convergence/execution",
            body: body("\"layer\": \"innovation-cities\"", ", \"response\": \"document\""), prefer)
        #expect(accepted.status == .created)
        let applied = try #require(HTTPField.Name("Preference-Applied"))
        #expect(accepted.headers[applied] == "respond-async")
        let place = try #require(accepted.headers[.location])
        let path = String(place.dropFirst("http://localhost:8080".count))
        #expect(try json(accepted)["status"]?.string == "accepted")
        let early = try await ask(.get, path + "/results")
        #expect([.notFound, .ok].contains(early.status))
        var status = ""
        while status != "successful" {
            try await Task.sleep(for: .milliseconds(20))
            let told = try json(try await ask(.get, path))
            status = told["status"]?.string ?? ""
            try #require(["accepted", "running", "successful"].contains(status), "\(told.text)")
        }
        let results = try json(try await ask(.get, path + "/results"))
        #expect(results["report"]?["mediaType"]?.string == "application/json")
        let one = try await ask(.get, path + "/results/report")
        #expect(try json(one) == results["report"]?["value"])
        for name in ["nothing", "..%2F..%2Fjournal.sqlite", "%2E%2E", "printed"] {
            #expect(try await ask(.get, path + "/results/" + name).status == .notFound)
        }
        let list = try json(try await ask(.get, "/jobs?status=successful&processID=convergence"))
        #expect(list["jobs"]?.array?.count == 1)
        #expect(try json(try await ask(.delete, path))["status"]?.string == "dismissed")
        #expect(try await ask(.get, path + "/results").status == .gone)
    }

    @Test(arguments: [
        ("{", "bad-request", ""), ("{\"inputs\": {\"k\": 1}}", "missing-input", "/inputs/from"),
        ("{\"inputs\": {\"from\": \"/etc/passwd\"}}", "bad-input", "/inputs/from"),
        (
            "{\"inputs\": {\"from\": {\"href\": \"http://127.0.0.1:1/\"}}}", "foreign-reference",
            "/inputs/from/href"
        ),
    ])
    func `what is wrong is told with its place`(
        text: String, kind: String, pointer: String
    ) async throws {
        let answer = try await ask(.post, "/processes/proximity/execution", body: text)
        #expect(answer.status == .badRequest)
        let problem = try json(answer)
        #expect(problem["type"]?.string == "urn:clusteratlas:problem:\(kind)")
        #expect(problem["parameter"]?.string ?? "" == pointer)
    }

    @Test func `every limit has a problem of its own`() async throws {
        let point =
            "{\"type\":\"Feature\",\"properties\":{},\"geometry\":"
            + "{\"type\":\"LineString\",\"coordinates\":[[127,36],[128,36]]}}"
        let from =
            "\"from\": {\"type\":\"FeatureCollection\",\"features\":[\(point)]}, \"to\": \"ports\""
        func status(
            _ change: (inout JobLimits) -> Void, program: String? = nil
        ) async throws -> Answer {
            var limits = JobLimits()
            change(&limits)
            let other = try await Self.service(
                command, limits: limits, program: program ?? CommandRunner.program.path)
            let answer = try await ask(
                .post, "/processes/proximity/execution", body: body(from), of: other)
            return Answer(answer.status.code, try json(answer)["type"]?.string ?? "")
        }
        let slow = try Self.script("slow", "exec sleep 60", in: command)
        let heavy = try Self.script(
            "heavy", "x=$(head -c 200000000 /dev/zero | tr '\\0' a); sleep 9", in: command)
        let kind = "urn:clusteratlas:problem:"
        #expect(try await status { $0.bodyBytes = 10 } == Answer(413, kind + "body-too-large"))
        #expect(try await status { $0.features = 0 } == Answer(413, kind + "too-many-features"))
        #expect(try await status { $0.vertices = 1 } == Answer(413, kind + "too-many-vertices"))
        #expect(try await status { $0.queued = 0 } == Answer(429, kind + "too-many-jobs"))
        #expect(
            try await status({ $0.seconds = 0.1 }, program: slow)
                == Answer(422, kind + "job-too-long"))
        #expect(
            try await status({ $0.memory = 64 << 20 }, program: heavy)
                == Answer(422, kind + "job-too-large"))
        #expect(
            try await status({ _ in }, program: "/bin/false") == Answer(422, kind + "job-failed"))
    }

    @Test func `other pages in a browser get no jobs`() async throws {
        var foreign = HTTPFields()
        foreign[.origin] = "http://evil.example"
        let text = body("\"text\": \"daedeok\"")
        #expect(
            try await ask(.post, "/processes/locate/execution", body: text, foreign).status
                == .forbidden)
        #expect(try await ask(.get, "/jobs", foreign).status == .forbidden)
        // A name of another that was made to lead to this machine.
        #expect(try await ask(.get, "/jobs", host: "evil.example:8080").status == .forbidden)
        var own = HTTPFields()
        own[.origin] = "http://localhost:8080"
        #expect(try await ask(.get, "/jobs", own).status == .ok)
        // A form of a page needs nobody's leave to be sent as text.
        var plain = HTTPFields()
        plain[.contentType] = "text/plain"
        #expect(
            try await ask(.post, "/processes/locate/execution", body: text, plain).status
                == .unsupportedMediaType)
    }

    @Test func `with keys, jobs are for those whose they are`() async throws {
        func digest(_ key: String) -> String { InputRecord.sha256(of: key) }
        try command.write(
            "office \(digest("secret one"))\nother \(digest("secret two"))\n", to: "keys")
        let ring = try KeyRing(file: command.folder.appending(path: "keys").path)
        let guarded = try await Self.service(command, keys: ring)
        func key(_ text: String) throws -> HTTPFields {
            var fields = prefer
            fields[try #require(HTTPField.Name("X-Api-Key"))] = text
            return fields
        }
        let text = body("\"text\": \"daedeok\"")
        let path = "/processes/locate/execution"
        #expect(try await ask(.post, path, body: text, of: guarded).status == .unauthorized)
        #expect(
            try await ask(.post, path, body: text, key("wrong"), of: guarded).status == .forbidden)
        #expect(try await ask(.get, "/processes", of: guarded).status == .ok)
        let made = try await ask(.post, path, body: text, key("secret one"), of: guarded)
        #expect(made.status == .created)
        let job = "/jobs/" + (try json(made)["jobID"]?.string ?? "")
        #expect(try await ask(.get, job, key("secret one"), of: guarded).status == .ok)
        for target in [job, job + "/results", job + "/results/report"] {
            #expect(try await ask(.get, target, key("secret two"), of: guarded).status == .notFound)
            #expect(try await ask(.get, target, of: guarded).status == .unauthorized)
        }
        #expect(try await ask(.delete, job, key("secret two"), of: guarded).status == .notFound)
        let list = try json(try await ask(.get, "/jobs", key("secret two"), of: guarded))
        #expect(list["jobs"]?.array?.isEmpty == true)
        // Nor does a reference lead to another's results.
        let link = "\"from\": {\"href\": \"\(job)/results/report\"}, \"to\": \"ports\""
        #expect(
            try await ask(
                .post, "/processes/proximity/execution", body: body(link), key("secret two"),
                of: guarded
            ).status == .badRequest)
    }

    @Test func `the interface's description holds the routes of processes`() async throws {
        let document = try json(try await ask(.get, "/openapi.json"))
        let execute = document["paths"]?["/processes/{processId}/execution"]?["post"]
        #expect(execute?["responses"]?["201"] != nil)
        #expect(
            execute?["requestBody"]?["content"]?["application/json"]?["schema"]?["$ref"]?.string
                == "#/components/schemas/execute")
        #expect(document["components"]?["schemas"]?["statusInfo"] != nil)
        #expect(document["paths"]?["/jobs/{jobId}"]?["delete"] != nil)
    }
}
