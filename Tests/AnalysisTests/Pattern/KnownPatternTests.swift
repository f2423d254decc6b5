import Analysis
import Features
import Foundation
import Geometry
import TestSupport
import Testing

/// What PySAL finds, kept in `Tests/Fixtures/pattern`.
struct KnownPatternTests {
    private static func rows(_ name: String) throws -> [[String]] {
        let file = CommandRunner.fixtures.appending(path: "pattern/\(name).csv")
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
            .map { $0.split(separator: ",").map(String.init) }
    }

    private static func expected() throws -> [String: Double] {
        try Dictionary(
            uniqueKeysWithValues: rows("expected").map { ($0[0], Double($0[1]) ?? .nan) })
    }

    @Test func `as many pairs lie within a distance as pointpats counts`() async throws {
        let places = try Self.rows("places").map {
            Position(try #require(Double($0[0])), try #require(Double($0[1])))
        }
        let expected = try Self.expected()
        let region = try StudyRegion(.polygon([box(127.2, 36.2, 127.6, 36.5)]))
        let found = try await PointPattern(places, in: region).judge(
            within: [1000, 2500, 5000, 9000].map { .metres($0) }, correction: .none,
            simulations: 1, seed: 1, tasks: 1)
        let n = Double(places.count)
        let area = Shape.polygon([box(127.2, 36.2, 127.6, 36.5)]).geodesicArea
        #expect(found.rows.count == 4)
        for row in found.rows {
            let pairs = try #require(expected["pairs_\(Int(row.distance.metres))"])
            #expect(abs(row.k * n * (n - 1) / area / 2 - pairs) < 1e-6)
        }
    }

    @Test func `Gini and Theil, between and within groups, are those of inequality`() throws {
        let rows = try Self.rows("places")
        let batch = FeatureBatch(points: rows.map { _ in nil })
            .with("value", .double(rows.map { Double($0[2]) }))
            .with("group", .string(rows.map { $0[3] }))
        var tally = EquityTally()
        tally.add(try Equity(of: "value", groupField: "group").measure(batch, layer: "places"))
        let expected = try Self.expected()
        let all = tally.distribution()
        let parts = try #require(EquityTally.decomposition(of: tally.groups()))
        for (found, name) in [
            (all.gini, "gini"), (all.theil, "theil"), (parts.between, "theil_between"),
            (parts.within, "theil_within"),
        ] {
            let kept = try #require(expected[name])
            #expect(abs(try #require(found) / kept - 1) < 1e-12, "\(name)")
        }
    }
}
