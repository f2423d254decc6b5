import Geometry
import TestSupport
import Testing

@testable import Siting

@Suite struct RelationTests {
    /// A medium problem: places in a square, costs the straight distances.
    static func plane(
        _ demand: Int, _ candidates: Int, seed: UInt64, order: [Int]? = nil
    ) throws -> SitingProblem {
        var generator = SeededGenerator(seed: seed)
        func places(_ count: Int) -> [(x: Double, y: Double)] {
            (0..<count).map { _ in
                (.random(in: 0..<100, using: &generator), .random(in: 0..<100, using: &generator))
            }
        }
        let (starts, ends) = (places(demand), places(candidates))
        let weights = (0..<demand).map { _ in Double(Int.random(in: 1...9, using: &generator)) }
        let order = order ?? Array(0..<demand)
        let table = order.map { i in
            ends.indices.map { j -> Double? in
                let (x, y) = (starts[i].x - ends[j].x, starts[i].y - ends[j].y)
                return (x * x + y * y).squareRoot()
            }
        }
        return try SitingProblem(
            demandIDs: order.map { "d\($0)" }, candidateIDs: (0..<candidates).map { "c\($0)" },
            weights: order.map { weights[$0] }, costs: NeighbourRows(table))
    }

    @Test func `more sites and a longer reach are never worse`() throws {
        let problem = try Self.plane(60, 25, seed: 3)
        for name in ["p-median", "p-center"] {
            var last = Double.infinity
            for p in 1...10 {
                let solution = try problem.solve(try SitingModel(name: name, p: p))
                #expect(solution.status == .optimal)
                #expect((solution.objective ?? .infinity) <= last)
                last = solution.objective ?? .infinity
            }
        }
        var (covered, fewest) = (0.0, Double.infinity)
        for reach in stride(from: 10.0, through: 60, by: 10) {
            let near = try problem.within(reach)
            let most = try near.solve(.maximalCovering(p: 4))
            #expect((most.objective ?? 0) >= covered)
            covered = most.objective ?? 0
            var options = SitingOptions()
            options.leavesUnreachable = near.unreachable.isEmpty
            guard near.unreachable.isEmpty else { continue }
            let all = try near.solve(.setCovering)
            #expect((all.objective ?? .infinity) <= fewest)
            fewest = all.objective ?? .infinity
            // So many sites reach all, and one less do not.
            let p = Int(fewest)
            let total = problem.weights.reduce(0, +)
            #expect(try near.solve(.maximalCovering(p: p)).objective == total)
            if p > 1 {
                #expect((try near.solve(.maximalCovering(p: p - 1)).objective ?? 0) < total)
                #expect(try near.solve(.pMedian(p: p - 1)).status == .infeasible)
            }
            #expect((try problem.solve(.pCenter(p: p)).objective ?? .infinity) <= reach)
        }
    }

    @Test(arguments: ["p-median", "p-center", "mclp"])
    func `the order of the demand changes nothing`(name: String) throws {
        var order = Array(0..<40)
        var generator = SeededGenerator(seed: 9)
        order.shuffle(using: &generator)
        let model = try SitingModel(name: name, p: 5)
        let limit = name == "mclp" ? 20.0 : 200
        let one = try Self.plane(40, 30, seed: 8).within(limit).solve(model)
        let other = try Self.plane(40, 30, seed: 8, order: order).within(limit).solve(model)
        #expect(isSame(one.objective, other.objective))
        #expect(one.status == .optimal)
        #expect(other.status == .optimal)
    }

    @Test(arguments: ["p-median", "p-center", "mclp"])
    func `when the time is up there is a choice with an honest bound`(name: String) throws {
        let problem = try Self.plane(120, 120, seed: 5).within(name == "mclp" ? 12 : 200)
        let model = try SitingModel(name: name, p: 11)
        let best = try problem.solve(model)
        #expect(best.status == .optimal)
        var options = SitingOptions()
        options.timeLimit = 1e-9
        let early = try problem.solve(model, options)
        let (objective, bound) = (early.objective ?? .nan, early.bound ?? .nan)
        let optimum = best.objective ?? .nan
        if model.isMaximal {
            #expect(objective <= optimum * (1 + precision))
            #expect(bound >= optimum * (1 - precision))
        } else {
            #expect(objective >= optimum * (1 - precision))
            #expect(bound <= optimum * (1 + precision))
        }
        #expect(early.status == .interrupted || isSame(objective, bound))
        let verification = try SitingVerification(of: .init(early), model, problem)
        #expect(verification.holds, "\(verification.checks)")
    }

    @Test func `a gap that is near enough ends the search`() throws {
        let problem = try Self.plane(80, 80, seed: 15)
        var options = SitingOptions()
        options.gap = 0.5
        let solution = try problem.solve(.pMedian(p: 7), options)
        #expect((solution.gap ?? 1) <= 0.5)
        #expect(solution.status == .gap || solution.status == .optimal)
        #expect(try SitingVerification(of: .init(solution), .pMedian(p: 7), problem).holds)
    }

    @Test(arguments: ["p-median", "p-center", "mclp"])
    func `a curve holds the answers of each number of sites`(name: String) throws {
        let problem = try Self.plane(30, 12, seed: 21).within(name == "mclp" ? 25 : 200)
        let curve = try SitingCurve(of: problem, numbers: 2...7, options: SitingOptions()) {
            try SitingModel(name: name, p: $0)
        }
        #expect(curve.gains.first == .some(nil))
        for (place, p) in (2...7).enumerated() {
            let alone = try problem.solve(try SitingModel(name: name, p: p))
            #expect(isSame(curve.solutions[place].objective, alone.objective))
            if let gain = curve.gains[place] { #expect(gain >= -1e-9) }
        }
    }

    @Test func `unreachable demand is left out where that is asked for, and said`() throws {
        let problem = try SitingProblem(
            demandIDs: ["a", "b", "c"], candidateIDs: ["x", "y"],
            costs: NeighbourRows([[1, 5], [nil, nil], [4, 2]]))
        #expect(try problem.solve(.pMedian(p: 1)).status == .infeasible)
        #expect(try problem.solve(.pMedian(p: 1)).unserved == [1])
        var options = SitingOptions()
        options.leavesUnreachable = true
        for (model, objective) in [
            (SitingModel.pMedian(p: 1), 5.0), (.pCenter(p: 1), 4), (.setCovering, 1),
        ] {
            let solution = try problem.solve(model, options)
            #expect(solution.objective == objective)
            #expect(solution.unserved == [1])
            #expect(solution.status == .optimal)
            let verification = try SitingVerification(
                of: .init(solution), model, problem, leavesUnreachable: true)
            #expect(verification.holds, "\(verification.checks)")
        }
    }
}
