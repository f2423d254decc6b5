import TestSupport
import Testing

@testable import Service

/// The service at a port of its own.
struct SocketTests {
    @Test func `requests come and answers go by a connection`() async throws {
        try await Listening.serving { port in
            let one = await Listening.ask(
                port, "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(one?.hasPrefix("HTTP/1.1 200 OK\r\n") == true)
            #expect(one?.hasSuffix("{\"status\":\"ok\"}\n") == true)
            let head = await Listening.ask(
                port, "HEAD /collections HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(head?.hasSuffix("\r\n\r\n") == true)
            // Several by one connection, one after another, sent at once.
            let two = await Listening.ask(
                port,
                "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\nGET /nope HTTP/1.1\r\nHost: a\r\n"
                    + "X-Request-Id: my-word\r\nConnection: close\r\n\r\n")
            #expect(two?.contains("HTTP/1.1 404 Not Found") == true)
            #expect(two?.contains("X-Request-Id: my-word\r\n") == true)
            #expect(two?.contains("\"request\":\"my-word\"") == true)
        }
    }

    @Test func `a request that takes too much is refused`() async throws {
        var limits = ServerLimits()
        limits.body = 1000
        try await Listening.serving(limits) { port in
            let long = String(repeating: "a", count: 9000)
            let target = await Listening.ask(
                port, "GET /\(long) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(target?.hasPrefix("HTTP/1.1 414") == true)
            let header = await Listening.ask(
                port, "GET / HTTP/1.1\r\nHost: a\r\nX-A: \(long)\(long)\r\n\r\n")
            #expect(header?.hasPrefix("HTTP/1.1 431 ") == true)
            #expect(header?.contains("problem:header-too-large") == true)
            let many = (0..<200).map { "X-\($0): a\r\n" }.joined()
            let fields = await Listening.ask(port, "GET / HTTP/1.1\r\nHost: a\r\n\(many)\r\n")
            #expect(fields?.hasPrefix("HTTP/1.1 431 ") == true)
            let none = await Listening.ask(port, "GARBAGE\r\n\r\n")
            #expect(none?.hasPrefix("HTTP/1.1 400 ") == true)
            #expect(none?.contains("problem:bad-http") == true)
            let body = await Listening.ask(
                port,
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\nConnection: close\r\n\r\n"
                    + String(repeating: "b", count: 100_000))
            #expect(body?.hasPrefix("HTTP/1.1 200") == false)
        }
    }

    @Test func `a request that comes too slowly is given up`() async throws {
        var limits = ServerLimits()
        limits.headerTime = .milliseconds(200)
        limits.bodyTime = .milliseconds(200)
        try await Listening.serving(limits) { port in
            let beginning = await Listening.ask(port, "GET / HTTP/1.1\r\nHost: a\r\nX-")
            #expect(beginning == "")
            let silent = await Listening.ask(port, "")
            #expect(silent == "")
            let body = await Listening.ask(
                port, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf")
            #expect(body?.hasPrefix("HTTP/1.1 200") == false)
        }
    }

    /// Sends broken requests.
    ///
    /// - Returns: How many were met with silence, or with a fault of the service; a connection that
    ///   is closed is an answer.
    private static func askBadly(_ port: Int, times: Int, _ seed: UInt64) async -> Int {
        await Listening.waiting {
            var random = SeededGenerator(seed: seed)
            var bad = 0
            for _ in 0..<times {
                guard let client = SocketClient(port: port) else { return times }
                client.send(Malformed.request(&random))
                client.finish()
                let answer = client.readAll()
                if answer == nil || answer?.hasPrefix("HTTP/1.1 5") == true { bad += 1 }
            }
            return bad
        }
    }

    @Test func `a thousand malformed requests neither end the service nor stop it`() async throws {
        var limits = ServerLimits()
        limits.headerTime = .seconds(2)
        limits.bodyTime = .seconds(2)
        try await Listening.serving(limits) { port in
            var unanswered = 0
            await withTaskGroup(of: Int.self) { group in
                for worker in 0..<4 {
                    group.addTask { await Self.askBadly(port, times: 250, UInt64(1000 + worker)) }
                }
                for await count in group { unanswered += count }
            }
            #expect(unanswered == 0)
            let still = await Listening.ask(
                port, "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(still?.hasPrefix("HTTP/1.1 200") == true)
        }
    }
}

/// Requests that somebody broke.
enum Malformed {
    private static let whole = [
        "GET /collections/universities/items?limit=5&bbox=126,33,128,38 HTTP/1.1\r\nHost: a\r\nAccept: application/json\r\nConnection: close\r\n\r\n",
        "GET /collections/research-zones/items?datetime=2010-01-01/2012-12-31&f=html HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n",
        "GET /collections/innovation-cities/items/ic-bitgaram?crs=EPSG:5179 HTTP/1.1\r\nHost: a\r\nIf-None-Match: W/\"a\"\r\nConnection: close\r\n\r\n",
        "POST /search?q=a&limit=3 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello",
        "OPTIONS /map HTTP/1.1\r\nHost: a\r\nOrigin: http://b\r\nConnection: close\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    ].map { Array($0.utf8) }

    static func request(_ random: inout SeededGenerator) -> [UInt8] {
        var bytes = whole.randomElement(using: &random) ?? []
        for _ in 0..<Int.random(in: 1...6, using: &random) where !bytes.isEmpty {
            let at = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: at)
            case 2: bytes.insert(UInt8.random(in: 0...255, using: &random), at: at)
            case 3: bytes.removeSubrange(at..<min(at + 20, bytes.count))
            case 4:
                let part = Array(bytes[at..<min(at + 30, bytes.count)])
                bytes.insert(contentsOf: part, at: Int.random(in: 0...bytes.count, using: &random))
            default:
                let words = [
                    "%", "%00", "%ff%fe", "..%2f", "\r\n", "1e999", "-", "//", "\u{0}", "&&", "?",
                    "가",
                ]
                bytes.insert(
                    contentsOf: Array((words.randomElement(using: &random) ?? "").utf8), at: at)
            }
        }
        return bytes
    }
}
