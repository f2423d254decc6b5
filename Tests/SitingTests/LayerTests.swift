import Analysis
import Features
import Geometry
import TestSupport
import Testing

@testable import Siting

@Suite struct LayerTests {
    @Test func `layers become a problem in metres, the same on any number of tasks`() async throws {
        var generator = SeededGenerator(seed: 31)
        let (starts, ends) = (generator.korea(90), generator.korea(25))
        var batch = FeatureBatch(
            geometry: GeometryColumn(
                starts.enumerated().map { $0 == 4 ? nil : Shape.point($1) }))
        batch.set("people", .int((0..<90).map { $0 == 7 ? nil : $0 + 1 }))
        let demand = try SitingProblem.DemandLayer(batch, layer: "towns", weightField: "people")
        let candidates = try FacilityLayer(
            name: "sites", FeatureBatch(geometry: GeometryColumn(ends.map { Shape.point($0) })))
        #expect(demand.uncounted == 2)
        #expect(demand.weights[4] == 0)
        #expect(demand.weights[7] == 0)
        let one = try await SitingProblem.measuring(
            demand, to: candidates, within: .kilometres(250), tasks: 1)
        let four = try await SitingProblem.measuring(
            demand, to: candidates, within: .kilometres(250), tasks: 4)
        #expect(one.costs == four.costs)
        #expect(try one.solve(.pMedian(p: 6)).chosen == four.solve(.pMedian(p: 6)).chosen)
        for row in 0..<one.costs.rows {
            for entry in one.costs.entries(of: row) {
                let distance = Geodesic.wgs84.distance(
                    from: starts[row], to: ends[Int(one.costs.indices[entry])])
                // What the point index promises.
                #expect((one.costs.distances[entry] - distance).magnitude < 1e-6)
                #expect(distance <= 250_000 + 1e-6)
            }
        }
    }

    @Test func `sites carry what they serve, and lines lead to them`() throws {
        let problem = try SitingProblem(
            demandIDs: ["a", "b", "c"], candidateIDs: ["x", "y"], weights: [2, 1, 0],
            costs: NeighbourRows([[3, 9], [4, 8], [1, 1]]))
        let solution = try problem.solve(.pMedian(p: 1))
        let sites = FeatureBatch(
            geometry: GeometryColumn([Position(127, 36), Position(128, 36)].map { .point($0) }))
        let chosen = solution.sites(of: sites, in: problem)
        #expect(chosen.count == 1)
        #expect(chosen["demand_count"]?.number(0) == 2)
        #expect(chosen["demand_weight"]?.number(0) == 3)
        #expect(chosen["mean_cost"]?.number(0) == 3.333333)
        #expect(chosen["max_cost"]?.number(0) == 4)
        let places = try Places(
            of: FeatureBatch(
                geometry: GeometryColumn([
                    .point(Position(127, 37)), nil, .point(Position(126, 37)),
                ])), layer: "towns")
        let lines = try solution.allocations(from: places, to: sites, in: problem)
        #expect(lines.count == 2)
        #expect(lines.geometry[0] == .lineString([Position(127, 37), Position(127, 36)]))
        #expect(lines.geometry[1] == nil)
        #expect(lines["cost"]?.number(1) == 4)
    }
}
