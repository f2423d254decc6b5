import Features
import Geometry
import Testing

@testable import Siting

@Suite struct InputTests {
    @Test func `competitors and what they draw with are numbers, or it is said which is none`()
        throws
    {
        let problem = try SitingProblem(
            demandIDs: ["a", "b"], candidateIDs: ["x", "y"],
            costs: NeighbourRows([[1, 2], [3, 0]]))
        let rivals = NeighbourRows([[2.0], [nil]])
        for (attraction, rival, exponent, floor) in [
            (Double.nan, 1.0, 2.0, 1.0), (1, -1, 2, 1), (1, .infinity, 2, 1), (1, 1, .nan, 1),
            (1, 1, .infinity, 1), (1, 1, 2, 0), (1, 1, 2, -1), (1, 1, 2, .nan),
            (1, 1, 2, .infinity),
        ] {
            #expect(throws: (any Error).self) {
                try problem.with(
                    attractions: [1, attraction], rivals: rivals, [rival], exponent: exponent,
                    floor: floor)
            }
        }
        #expect(throws: SitingError.self) {
            try problem.with(attractions: [1, 1], rivals: NeighbourRows([[.nan], [nil]]), [1])
        }
        // Pulls that are too large for a number draw all, and any does where no competitor draws.
        let steep = try problem.with(
            attractions: [1, 1], rivals: rivals, [1], exponent: 3000, floor: 1e-3)
        let market = try #require(steep.market)
        #expect(market.pulls[0] > 1e200 && market.pulls[1...] == [1, 1, 1])
        #expect(market.rivals == [1, 0])
    }

    @Test func `competitors in a matrix are no candidates`() throws {
        let problem = try SitingProblem(
            demandIDs: ["a", "b"], candidateIDs: ["x", "r", "y", "s"], weights: [2, 3],
            costs: NeighbourRows([[1, 2, 3, 4], [nil, 5, 6, nil]]))
        let (own, rivals) = try problem.dividing(competitors: ["s", "r"])
        #expect(own.candidateIDs == ["x", "y"] && own.weights == [2, 3])
        #expect(own.costs == NeighbourRows([[1, 3], [nil, 6]]))
        #expect(
            (0..<2).map { rivals.entries(of: $0).map { rivals.indices[$0] } } == [[1, 0], [1]])
        #expect(rivals.distances == [2, 4, 5])
        for ids in [["q"], ["r", "r"], ["x", "r", "y", "s"]] {
            #expect(throws: SitingError.self) { try problem.dividing(competitors: ids) }
        }
    }

    /// The code of the error that something throws.
    func code(_ work: () throws -> Void) -> String? {
        do {
            try work()
            return nil
        } catch let error as SitingError {
            #expect(error.remedy != nil)
            return error.code.name
        } catch {
            return "\(error)"
        }
    }

    static let table: [[Double?]] = [[1, 2], [3, 4]]

    func problem(
        _ table: [[Double?]] = table, demand: [String] = ["a", "b"],
        candidates: [String] = ["x", "y"], weights: [Double]? = nil
    ) throws -> SitingProblem {
        try SitingProblem(
            demandIDs: demand, candidateIDs: candidates, weights: weights,
            costs: NeighbourRows(table))
    }

    @Test func `bad problems are refused by name`() {
        #expect(code { _ = try problem() } == nil)
        #expect(code { _ = try problem(demand: ["a", "a"]) } == "duplicate-id")
        #expect(code { _ = try problem(candidates: ["x", "x"]) } == "duplicate-id")
        #expect(code { _ = try problem([], demand: []) } == "empty")
        #expect(code { _ = try problem([[], []], candidates: []) } == "empty")
        #expect(code { _ = try problem(weights: [0, 0]) } == "bad-weight")
        for weight in [-1, Double.nan, .infinity] {
            #expect(code { _ = try problem(weights: [1, weight]) } == "bad-weight")
            #expect(code { _ = try problem([[1, 2], [weight, 4]]) } == "bad-cost")
        }
    }

    @Test func `numbers of sites that cannot be chosen are refused by name`() throws {
        let problem = try problem()
        for p in [-1, 0, 3] {
            for name in ["p-median", "p-center", "mclp"] {
                #expect(
                    code { _ = try problem.solve(try SitingModel(name: name, p: p)) }
                        == "bad-number")
            }
        }
        let ruled = try problem.with(forced: ["x"], forbidden: ["y"])
        #expect(code { _ = try ruled.solve(.pMedian(p: 2)) } == "bad-number")
        let both = try problem.with(forced: ["x", "y"], forbidden: [])
        #expect(code { _ = try both.solve(.pMedian(p: 1)) } == "bad-number")
        #expect(code { _ = try problem.with(forced: ["z"], forbidden: []) } == "unknown-id")
        #expect(code { _ = try problem.with(forced: ["x"], forbidden: ["x"]) } == "bad-argument")
        for name in ["lscp", "uflp"] {
            #expect(code { _ = try SitingModel(name: name, p: 1) } == "bad-argument")
        }
        for cost in [-1, Double.nan, .infinity] {
            #expect(code { _ = try problem.with(openingCosts: [1, cost]) } == "bad-cost")
        }
        #expect(code { _ = try SitingModel(name: "mclp", p: nil) } == "bad-argument")
        #expect(code { _ = try SitingModel(name: "median", p: 1) } == "bad-argument")
    }

    /// A table of lines of demand, candidate, cost and weight.
    func lines(
        _ lines: [(String?, String?, Double?, Double)], weightField: String? = nil
    ) throws -> CostTable {
        var batch = FeatureBatch(geometry: GeometryColumn(lines.map { _ in Shape?.none }))
        batch.set("demand", .string(lines.map(\.0)))
        batch.set("candidate", .string(lines.map(\.1)))
        batch.set("cost", .double(lines.map(\.2)))
        batch.set("people", .double(lines.map(\.3)))
        var table = CostTable(name: "costs.csv", weightField: weightField)
        try table.append(batch)
        return table
    }

    @Test func `a table of costs becomes a problem, in any order of its lines`() throws {
        let table = try lines(
            [("b", "y", 4, 2), ("a", "y", 2, 5), ("a", "x", 1, 5), ("b", "x", 3, 2)],
            weightField: "people")
        let problem = try table.problem()
        #expect(problem.demandIDs == ["b", "a"])
        #expect(problem.candidateIDs == ["y", "x"])
        #expect(problem.weights == [2, 5])
        #expect(problem.costs.distances == [4, 3, 2, 1])
        #expect(try table.problem(within: 3).costs.distances == [3, 2, 1])
    }

    @Test func `bad tables are refused by name`() throws {
        let good: [(String?, String?, Double?, Double)] = [
            ("a", "x", 1, 1), ("a", "y", 2, 1), ("b", "x", 3, 1), ("b", "y", 4, 1),
        ]
        func refusal(
            _ table: [(String?, String?, Double?, Double)], weightField: String? = nil
        ) -> String? {
            code { _ = try lines(table, weightField: weightField).problem() }
        }
        #expect(refusal(good, weightField: "people") == nil)
        for place in good.indices {
            var lacking = good
            lacking.remove(at: place)
            #expect(refusal(lacking) == "bad-pair")
            #expect(code { _ = try lines(lacking).problem(isSparse: true) } == nil)
            var bad = good
            bad[place].2 = -1
            #expect(refusal(bad) == "bad-cost")
            bad[place].2 = nil
            #expect(refusal(bad) == "bad-cost")
            bad = good
            bad[place].0 = nil
            #expect(refusal(bad) == "unknown-id")
            bad = good
            bad[place].3 = 7
            #expect(refusal(bad, weightField: "people") == "bad-weight")
            bad[place].3 = -1
            #expect(refusal(bad, weightField: "people") == "bad-weight")
        }
        #expect(refusal(good + [good[2]]) == "bad-pair")
        #expect(refusal(good, weightField: "inhabitants") == "bad-argument")
    }
}
