import Analysis
import Features
import Geometry
import TestSupport
import Testing

@testable import Siting

@Suite struct ServedAreaTests {
    private static func batch(_ positions: [Position]) -> FeatureBatch {
        FeatureBatch(geometry: GeometryColumn(positions.map { .point($0) }))
    }

    /// Two sites; the demand in the middle is nearer to the first, which is full.
    private static let ends = [Position(127.0, 36), Position(127.4, 36)]
    private static let starts = [
        Position(127.0, 36.01), Position(127.15, 36), Position(127.4, 36.01),
    ]

    private func solved(
        isSplit: Bool, capacities: [Double]
    ) throws -> (problem: SitingProblem, solution: SitingSolution) {
        let table: [[Double?]] = Self.starts.map { start in
            Self.ends.map { Geodesic.wgs84.distance(from: start, to: $0) }
        }
        var asked = SitingRequirements()
        asked.capacities = capacities
        asked.isSplit = isSplit
        let problem = try SitingProblem(
            demandIDs: ["a", "b", "c"], candidateIDs: ["x", "y"], costs: NeighbourRows(table)
        ).with(asked)
        return (problem, try problem.solve(.pMedian(p: 2)))
    }

    @Test func `areas are those of who is served, not of who is nearest`() throws {
        guard hasSolver() else { return }
        let (problem, solution) = try solved(isSplit: false, capacities: [1, 2])
        #expect(solution.assignment == [0, 1, 1])
        let areas = try solution.servedAreas(
            of: Self.batch(Self.starts), from: Self.batch(Self.ends), in: problem)
        #expect(areas.count == 2)
        let second = try #require(areas.geometry[1])
        #expect(try second.contains(.point(Self.starts[1])))
        #expect(try second.contains(.point(Position(127.2, 36.02))))
        let first = try #require(areas.geometry[0])
        #expect(try !first.intersects(.point(Self.starts[1])))
        // Together they are all of the surroundings, without overlap.
        #expect(try first.intersection(second).geodesicArea < 1)
        // Within a distance they are cut.
        let near = try solution.servedAreas(
            of: Self.batch(Self.starts), from: Self.batch(Self.ends), in: problem,
            within: .kilometres(24))
        let cut = try #require(near.geometry[1])
        #expect(try !cut.intersects(.point(Position(127.1, 36.0))))
        #expect(cut.geodesicArea < second.geodesicArea)
    }

    @Test func `what serves a part has the area too`() throws {
        guard hasSolver() else { return }
        let (problem, solution) = try solved(isSplit: true, capacities: [1.5, 1.5])
        let areas = try solution.servedAreas(
            of: Self.batch(Self.starts), from: Self.batch(Self.ends), in: problem)
        for row in 0..<2 {
            #expect(try #require(areas.geometry[row]).contains(.point(Self.starts[1])))
        }
    }

    @Test func `demand that is an area counts as itself`() throws {
        guard hasSolver() else { return }
        let (problem, solution) = try solved(isSplit: false, capacities: [1, 2])
        let squares = Self.starts.map { start -> Shape? in
            let (x, y) = (start.x, start.y)
            return .polygon([
                [
                    Position(x, y), Position(x + 0.05, y), Position(x + 0.05, y + 0.05),
                    Position(x, y + 0.05), Position(x, y),
                ]
            ])
        }
        let areas = try solution.servedAreas(
            of: FeatureBatch(geometry: GeometryColumn(squares)), from: Self.batch(Self.ends),
            in: problem)
        let whole = try #require(areas.geometry[1]).geodesicArea
        let sum = squares[1...].reduce(0) { $0 + ($1?.geodesicArea ?? 0) }
        #expect((whole - sum).magnitude < 1e-6 * sum)
    }
}
