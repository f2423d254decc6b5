import Features
import Formats
import Foundation
import HTTPTypes
import Jobs
import TestSupport
import Testing

@testable import Service

/// What a connection may take, and when it ends.
struct ConnectionTests {
    private static let huge =
        "Host: localhost\r\nContent-Type: application/json\r\nContent-Length: 100000000\r\n\r\n{"

    /// Limits under which nothing ends by itself while a test waits for it.
    private static var patient: ServerLimits {
        var limits = ServerLimits()
        limits.headerTime = .seconds(300)
        limits.bodyTime = .seconds(300)
        limits.sendTime = .seconds(300)
        limits.lingerTime = .milliseconds(200)
        return limits
    }

    @Test func `a body is not waited for where nobody may send it`() async throws {
        let command = try CommandRunner()
        try command.write("office \(InputRecord.sha256(of: "secret"))\n", to: "keys")
        let ring = try KeyRing(file: command.folder.appending(path: "keys").path)
        let service = try await ProcessRouteTests.service(command, keys: ring)
        try await Listening.serving(Self.patient, service) { port in
            let path = "POST /processes/locate/execution HTTP/1.1\r\n"
            let unknown = await Listening.ask(port, path + Self.huge)
            #expect(unknown?.hasPrefix("HTTP/1.1 401 ") == true)
            #expect(unknown?.contains("Connection: close\r\n") == true)
            let wrong = await Listening.ask(port, path + "X-Api-Key: guess\r\n" + Self.huge)
            #expect(wrong?.hasPrefix("HTTP/1.1 403 ") == true)
            let large = await Listening.ask(port, path + "X-Api-Key: secret\r\n" + Self.huge)
            #expect(large?.hasPrefix("HTTP/1.1 413 ") == true)
            let nowhere = await Listening.ask(port, "POST /nope HTTP/1.1\r\n" + Self.huge)
            #expect(nowhere?.hasPrefix("HTTP/1.1 404 ") == true)
            let unasked = await Listening.ask(port, "POST /collections HTTP/1.1\r\n" + Self.huge)
            #expect(unasked?.hasPrefix("HTTP/1.1 405 ") == true)
            let idle = await Listening.ask(port, "GET /healthz HTTP/1.1\r\n" + Self.huge)
            #expect(idle?.hasPrefix("HTTP/1.1 200 ") == true)
        }
    }

    @Test func `who waits to be asked for a body is asked, or told that it is of no use`()
        async throws
    {
        let command = try CommandRunner()
        try command.write("office \(InputRecord.sha256(of: "secret"))\n", to: "keys")
        let ring = try KeyRing(file: command.folder.appending(path: "keys").path)
        let service = try await ProcessRouteTests.service(command, keys: ring)
        try await Listening.serving(Self.patient, service) { port in
            func heads(_ fields: String, _ body: String) async -> (first: String, rest: String?)? {
                await Listening.waiting {
                    guard let client = SocketClient(port: port) else { return nil }
                    client.send(
                        "POST /processes/locate/execution HTTP/1.1\r\nHost: localhost\r\n"
                            + "Connection: close\r\nContent-Type: application/json\r\n"
                            + "Expect: 100-continue\r\n\(fields)\r\n")
                    let first = client.readHead()
                    guard first.hasPrefix("HTTP/1.1 100 ") else { return (first, nil) }
                    client.send(body)
                    return (first, client.readAll())
                }
            }
            let body = #"{"inputs": {"text": "daedok"}}"#
            let size = "Content-Length: \(body.utf8.count)\r\n"
            let asked = await heads("X-Api-Key: secret\r\n" + size, body)
            #expect(asked?.first == "HTTP/1.1 100 Continue\r\n\r\n")
            #expect(asked?.rest?.hasPrefix("HTTP/1.1 200 ") == true, "\(asked?.rest ?? "")")
            #expect(asked?.rest?.contains("rz-daedeok") == true)
            let stranger = await heads(size, body)
            #expect(stranger?.first.hasPrefix("HTTP/1.1 401 ") == true)
            let large = await heads("X-Api-Key: secret\r\nContent-Length: 100000000\r\n", body)
            #expect(large?.first.hasPrefix("HTTP/1.1 413 ") == true)
        }
    }

    @Test func `a connection ends with an answer that says so`() async throws {
        try await Listening.serving(Self.patient) { port in
            let long = String(repeating: "a", count: 9000)
            let answer = await Listening.ask(port, "GET /\(long) HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(answer?.hasPrefix("HTTP/1.1 414 ") == true)
        }
    }

    @Test func `an answer that nobody takes is given up`() async throws {
        var limits = Self.patient
        limits.sendTime = .milliseconds(300)
        let service = try ServiceFixture.service()
        try await Listening.serving(limits, service) { port in
            let client = try #require(SocketClient(port: port))
            let request = "GET /collections/municipalities-outlines/items?limit=10000 HTTP/1.1\r\n"
            client.send(String(repeating: request + "Host: a\r\n\r\n", count: 60))
            while service.metrics.openConnections == 0 {
                try await Task.sleep(for: .milliseconds(5))
            }
            var waits = 0
            while service.metrics.openConnections > 0, waits < 6000 {
                try await Task.sleep(for: .milliseconds(10))
                waits += 1
            }
            #expect(service.metrics.openConnections == 0)
            client.finish()
        }
    }

    @Test func `a connection that was answered and stays silent is closed`() async throws {
        var limits = Self.patient
        limits.headerTime = .milliseconds(200)
        try await Listening.serving(limits) { port in
            let answer = await Listening.ask(port, "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(answer?.hasSuffix("{\"status\":\"ok\"}\n") == true)
        }
    }

    @Test func `the time between requests does not count while one is answered`() async throws {
        let command = try CommandRunner()
        let program = try ProcessRouteTests.script("slow", "sleep 1", in: command)
        let service = try await ProcessRouteTests.service(command, program: program)
        var limits = Self.patient
        limits.headerTime = .milliseconds(200)
        try await Listening.serving(limits, service) { port in
            let body = "{\"inputs\":{\"text\":\"daedeok\"}}"
            let answers = await Listening.ask(
                port,
                "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    + "POST /processes/locate/execution HTTP/1.1\r\nHost: localhost\r\n"
                    + "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
                    + body)
            #expect(answers?.hasPrefix("HTTP/1.1 200 ") == true)
            #expect(answers?.contains("rel=\"monitor\"") == true)
        }
    }
}
