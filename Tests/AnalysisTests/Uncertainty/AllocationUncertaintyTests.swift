import Analysis
import Features
import Geometry
import TestSupport
import Testing

struct AllocationUncertaintyTests {
    private static let schools = PositionsInError(4, seed: 671)
    private static let homes = PositionsInError(30, seed: 672)

    private func solve(_ accuracy: PositionAccuracy?) throws -> AllocationSolution {
        let allocation = try Allocation(
            to: FacilityLayer(
                name: "schools",
                FeatureBatch(points: Self.schools.positions)
                    .with("seats", .double([12, 7, 15, 9]))
                    .with("off", .double(Self.schools.errors.map { $0 }))),
            capacityField: "seats", weightField: "n", accuracy: accuracy)
        let batch = FeatureBatch(points: Self.homes.positions)
            .with("n", .double(Self.homes.positions.indices.map { Double($0 % 4) }))
            .with("off", .double(Self.homes.errors.map { $0 }))
        return try allocation.solve(
            batch.cut(into: 11).map { try allocation.part(of: $0, layer: "homes") })
    }

    @Test func `wherever things truly lie, the distances of the plan lie within its range`() throws
    {
        let (judged, plain) = (try solve(.field("off")), try solve(nil))
        #expect(judged.flowTable == plain.flowTable)
        #expect(plain.travelRange == nil)
        let range = try #require(judged.travelRange)
        let mean = try #require(judged.meanRange)
        #expect(mean.low * judged.servedWeight <= judged.travel)
        var random = SeededGenerator(seed: 673)
        let table = judged.flowTable
        let drawn = judged.demand.flatMap { $0.numbers("distance_m") }
        let errors = judged.demand.flatMap { $0.numbers("plus_minus_m") }
        for _ in 0..<50 {
            let (schools, homes) = (Self.schools.moved(&random), Self.homes.moved(&random))
            var travel = 0.0
            var ways = homes.map { _ in (flow: 0.0, metres: 0.0) }
            for row in 0..<table.count {
                let from = try #require(table.texts("from_id")[row].flatMap(Int.init)) - 1
                let to = try #require(table.texts("to_id")[row].flatMap(Int.init)) - 1
                let flow = try #require(table.numbers("flow")[row])
                let way = flow * karney(homes[from], schools[to])
                travel += way
                ways[from].flow += flow
                ways[from].metres += way
            }
            #expect(range.low <= travel && travel <= range.high)
            for (row, way) in ways.enumerated() {
                guard way.flow > 0 else {
                    #expect(errors[row] == nil)
                    continue
                }
                let (drawn, error) = (try #require(drawn[row]), try #require(errors[row]))
                #expect(abs(way.metres / way.flow - drawn) <= error + 1e-5)
            }
        }
        #expect(range.high - range.low > 1000)
    }

    @Test func `exact positions have no range`() throws {
        let solution = try solve(.metres(0))
        let range = try #require(solution.travelRange)
        #expect(abs(range.low - solution.travel) < 1e-6 * solution.travel)
        #expect(abs(range.high - solution.travel) < 1e-6 * solution.travel)
        for error in solution.demand.flatMap({ $0.numbers("plus_minus_m") }) {
            #expect(error ?? 0 == 0)
        }
    }
}
