import Analysis
import Features
import Geometry
import TestSupport
import Testing

struct RationalAgentUncertaintyTests {
    private func solve(
        _ homes: PositionsInError, _ labs: PositionsInError, at truth: ([Position], [Position]),
        accuracy: PositionAccuracy? = nil, tasks: Int = 1
    ) async throws -> (RationalAgentModel.Solution, loads: FeatureBatch) {
        func batch(_ places: [Position], _ numbers: [Int], _ errors: [Double]) -> FeatureBatch {
            FeatureBatch(points: places).with("n", .int(numbers.map { $0 }))
                .with("off", .double(errors.map { $0 }))
        }
        let beds = labs.positions.indices.map { $0 % 4 + 2 }
        let people = homes.positions.indices.map { $0 * 31 % 400 + 40 }
        let model = try RationalAgentModel(
            to: FacilityLayer(name: "labs", batch(truth.1, beds, labs.errors)),
            within: .kilometres(60), weightField: "n", capacityField: "n", accuracy: accuracy)
        let parts = try batch(truth.0, people, homes.errors).cut(into: 3).map {
            try model.part(of: $0, layer: "homes")
        }
        let solution = try await model.solve(parts, tasks: tasks)
        return (solution, model.facilities(under: solution))
    }

    private func numbers(_ solution: RationalAgentModel.Solution, _ name: String) -> [Double?] {
        solution.batches.flatMap { $0.numbers(name) }
    }

    @Test func `ranges hold what costs and loads truly are in 95 of 100 cases`() async throws {
        let (homes, labs) = (PositionsInError(40, seed: 741), PositionsInError(6, seed: 742))
        let drawn = (homes.positions, labs.positions)
        let (judged, loads) = try await solve(homes, labs, at: drawn, accuracy: .field("off"))
        let low = numbers(judged, "access_cost_low")
        let high = numbers(judged, "access_cost_high")
        let mean = try #require(judged.tally.meanRange)
        var random = SeededGenerator(seed: 743)
        var (held, heldLoads, heldMeans) = (0, 0, 0)
        for _ in 0..<20 {
            let (truth, _) = try await solve(
                homes, labs, at: (homes.moved(&random), labs.moved(&random)))
            for (row, cost) in numbers(truth, "access_cost").enumerated() {
                let cost = try #require(cost)
                held += (low[row] ?? .nan) <= cost && cost <= (high[row] ?? .nan) ? 1 : 0
            }
            for (lab, load) in truth.loads.enumerated() {
                let least = loads.numbers("load_low")[lab] ?? .nan
                let most = loads.numbers("load_high")[lab] ?? .nan
                heldLoads += least <= load && load <= most ? 1 : 0
            }
            let own = try #require(truth.tally.summary()).mean
            heldMeans += mean.low <= own && own <= mean.high ? 1 : 0
        }
        // Of 800, 120 and 20; those of one truth hang together.
        #expect(held > 720 && heldLoads > 105 && heldMeans >= 17)
    }

    @Test func `errors of a metre leave narrow ranges around the cost`() async throws {
        let (homes, labs) = (PositionsInError(40, seed: 741), PositionsInError(6, seed: 742))
        let (found, _) = try await solve(
            homes, labs, at: (homes.positions, labs.positions), accuracy: .metres(1))
        for ((low, cost), high) in zip(
            zip(numbers(found, "access_cost_low"), numbers(found, "access_cost")),
            numbers(found, "access_cost_high"))
        {
            let (low, cost, high) = try (#require(low), #require(cost), #require(high))
            #expect(low <= cost && cost <= high && high - low < 0.05 * cost)
        }
    }

    @Test func `exact positions give the plain answer`() async throws {
        let (homes, labs) = (PositionsInError(20, seed: 751), PositionsInError(4, seed: 752))
        let (found, loads) = try await solve(
            homes, labs, at: (homes.positions, labs.positions), accuracy: .metres(0))
        let costs = numbers(found, "access_cost")
        #expect(costs.contains { $0 != nil })
        #expect(numbers(found, "access_cost_low") == costs)
        #expect(numbers(found, "access_cost_high") == costs)
        #expect(
            loads.numbers("load_low") == found.loads && loads.numbers("load_high") == found.loads)
    }

    @Test func `any number of tasks draws the same`() async throws {
        let (homes, labs) = (PositionsInError(20, seed: 761), PositionsInError(4, seed: 762))
        var answers: [[Double?]] = []
        for tasks in [1, 2, 8] {
            let (found, loads) = try await solve(
                homes, labs, at: (homes.positions, labs.positions), accuracy: .field("off"),
                tasks: tasks)
            answers.append(numbers(found, "access_cost_high") + loads.numbers("load_low"))
        }
        #expect(answers[0] == answers[1] && answers[0] == answers[2])
    }

    @Test func `who is not served in some draw has no greatest cost`() async throws {
        let lab = PositionsInError(1, seed: 771)
        let edge = Geodesic.wgs84.direct(from: lab.positions[0], azimuth: 0, distance: 60_000)
        let home = FeatureBatch(points: [edge.position]).with("n", .int([50]))
        let model = try RationalAgentModel(
            to: FacilityLayer(name: "labs", FeatureBatch(points: lab.positions)),
            within: .metres(60_000.01), weightField: "n", accuracy: .metres(100))
        let found = try await model.solve([model.part(of: home, layer: "homes")])
        #expect(numbers(found, "access_cost")[0] != nil)
        #expect(numbers(found, "access_cost_high") == [nil])
    }
}
