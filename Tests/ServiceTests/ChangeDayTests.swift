import Catalogue
import HTTPTypes
import TestSupport
import Testing

@testable import Service

/// Layers as they stood on other days, made once for all days between two changes.
struct ChangeDayTests {
    private static func day(_ random: inout SeededGenerator) -> String {
        let year = Int.random(in: 1940...2026, using: &random)
        func two(_ range: ClosedRange<Int>) -> String {
            let number = Int.random(in: range, using: &random)
            return number < 10 ? "0\(number)" : "\(number)"
        }
        return "\(year)-\(two(1...12))-\(two(1...28))"
    }

    @Test(arguments: ["research-zones", "innovation-cities", "universities", "municipalities"])
    func `every day sees what it would see alone`(id: String) async throws {
        let catalogue = try ServiceFixture.catalogue.get()
        let collection = try ServiceFixture.service().shelf.collection(id)
        var random = SeededGenerator(seed: 11)
        var made = Set<ObjectIdentifier>()
        var kept: [CollectionContent] = []
        for turn in 0..<30 {
            let days = [Self.day(&random), Self.day(&random)].sorted()
            let text = turn % 3 == 0 ? days.joined(separator: "/") : days[0]
            let interval = try #require(TimeInterval(text))
            let content = try await collection.content(during: interval)
            made.insert(ObjectIdentifier(content))
            kept.append(content)
            var view = PlaceView()
            view.span = PlaceView.Span(from: interval.start, to: interval.end)
            let alone = try CollectionContent(catalogue.features(of: id, view))
            #expect(content.tag == alone.tag, "\(id) on \(text)")
        }
        #expect(made.count > 1)
    }

    @Test func `days between two changes are one state, read once`() async throws {
        let collection = try ServiceFixture.service().shelf.collection("innovation-cities")
        func content(_ day: String) async throws -> CollectionContent {
            try await collection.content(during: TimeInterval(day))
        }
        // Nothing of innovation cities is known before the first was designated.
        let first = try await content("1950-01-01")
        for day in ["1950-01-02", "1951", "1955-05"] {
            #expect(try await content(day) === first)
        }
        #expect(try await content("2026-01-01") !== first)
    }

    @Test func `no more is made at once than may, and no more waits`() async throws {
        let gate = BuildGate(atOnce: 1, room: 1)
        let (begun, teller) = AsyncStream<Void>.makeStream()
        let (opened, opener) = AsyncStream<Void>.makeStream()
        let first = Task {
            try await gate.pass {
                teller.yield()
                for await _ in opened { break }
            }
        }
        for await _ in begun { break }
        let others = (0..<3).map { _ in
            Task {
                do {
                    return try await gate.pass { "done" }
                } catch let problem as Problem {
                    teller.yield()
                    return problem.kind
                }
            }
        }
        // Two of three find no room.
        var refused = 0
        for await _ in begun {
            refused += 1
            if refused == 2 { break }
        }
        opener.yield()
        try await first.value
        var ends: [String] = []
        for other in others { ends.append(try await other.value) }
        #expect(ends.sorted() == ["busy", "busy", "done"])
    }
}
