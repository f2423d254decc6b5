import Analysis
import Features
import Geometry
import TestSupport
import Testing

struct RationalAgentTests {
    private func solve(
        _ places: [Position?], _ people: [Int?], _ sites: [Position], _ beds: [Double],
        within limit: Distance = .kilometres(20)
    ) async throws -> RationalAgentModel.Solution {
        let supply = try FacilityLayer(
            name: "clinics", FeatureBatch(points: sites).with("beds", .double(beds)))
        let model = try RationalAgentModel(
            to: supply, within: limit, weightField: "people", capacityField: "beds")
        let batch = FeatureBatch(points: places).with("people", .int(people))
        return try await model.solve(
            batch.cut(into: 3).map { try model.part(of: $0, layer: "homes") })
    }

    @Test func `everybody is served once`() async throws {
        var random = SeededGenerator(seed: 411)
        let places = (0..<80).map { _ in random.position(127...127.3, 36...36.3) }
        let people = places.indices.map { 40 + $0 % 13 }
        let sites = (0..<9).map { _ in random.position(127...127.3, 36...36.3) }
        let found = try await solve(places, people, sites, sites.indices.map { Double($0 + 1) })
        #expect(found.loads.reduce(0, +) == Double(people.reduce(0, +)))
        // No facility is so crowded that the way to an empty one would be worth it.
        let costs = found.batches.flatMap { $0.numbers("access_cost") }
        #expect(costs.allSatisfy { $0 ?? 0 > 0 && $0 ?? 0 < 4 })
    }

    @Test func `two like facilities side by side share the crowd`() async throws {
        let site = Position(127, 36)
        let found = try await solve([site], [1000], [site, site], [5, 5])
        // In steps of whole persons, the last of which are five.
        #expect(abs(found.loads[0] - found.loads[1]) <= 10)
        #expect(isClose(found.batches[0].numbers("access_cost")[0], 1, 0.01))
    }

    @Test func `who has no place crowds nobody`() async throws {
        let site = Position(127, 36)
        let found = try await solve([site, nil], [1000, 500], [site], [4])
        #expect(found.batches.flatMap { $0.numbers("access_cost") } == [1, nil])
    }

    @Test func `a place without a cost says why`() async throws {
        let site = Position(127, 36)
        let found = try await solve(
            [site, site, nil, Position(129, 36), Position(128, 36)], [50, nil, 7, 7, 7],
            [site, Position(128, 36)], [3, 0])
        let batches = found.batches
        #expect(
            batches.flatMap { $0.numbers("access_cost") }.map { $0 == nil } == [
                false, true, true, true, true,
            ])
        #expect(
            batches.flatMap { $0.texts("access_reason") } == [
                nil, "nobody is here", "has no place", "no supply within reach",
                "the supply within reach is zero",
            ])
        #expect(found.loads == [50, 0] && found.counts == [2, 1])
    }
}
