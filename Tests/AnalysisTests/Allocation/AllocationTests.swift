import Analysis
import Features
import Foundation
import Geometry
import TestSupport
import Testing

struct AllocationTests {
    private static func places(_ count: Int, seed: UInt64) -> [Position] {
        var random = SeededGenerator(seed: seed)
        return random.korea(count)
    }

    private func solve(
        _ demand: [Position?], _ weights: [Double?]?, _ facilities: [Position?],
        _ capacities: [Double?], within limit: Double? = nil, cut: Int = 1000
    ) throws -> AllocationSolution {
        let layer = try FacilityLayer(
            name: "schools",
            FeatureBatch(points: facilities).with("seats", .double(capacities)))
        let allocation = try Allocation(
            to: layer, capacityField: "seats", within: limit.map { .metres($0) },
            weightField: weights.map { _ in "n" })
        var batch = FeatureBatch(points: demand)
        if let weights { batch.set("n", .double(weights)) }
        return try allocation.solve(
            batch.cut(into: cut).map { try allocation.part(of: $0, layer: "homes") })
    }

    /// Nobody is served beyond the capacity, the weight or the limit, and the figures add up.
    private func check(
        _ solution: AllocationSolution, _ demand: [Position?], _ weights: [Double],
        _ facilities: [Position?], _ capacities: [Double], within limit: Double = .infinity
    ) throws {
        let table = solution.flowTable
        var (loads, served) = (capacities.map { _ in 0.0 }, weights.map { _ in 0.0 })
        var travel = 0.0
        for row in 0..<table.count {
            let i = try #require(table.texts("from_id")[row].flatMap(Int.init)) - 1
            let j = try #require(table.texts("to_id")[row].flatMap(Int.init)) - 1
            let flow = try #require(table.numbers("flow")[row])
            let metres = try #require(table.numbers("distance_m")[row])
            let (a, b) = (try #require(demand[i]), try #require(facilities[j]))
            #expect(abs(metres - karney(a, b)) <= micrometre && metres <= limit)
            #expect(flow > 0)
            loads[j] += flow
            served[i] += flow
            travel += flow * metres
        }
        for (load, capacity) in zip(loads, capacities) { #expect(load <= capacity + 1e-9) }
        for (weight, part) in zip(weights, served) { #expect(part <= weight + 1e-9) }
        #expect(abs(solution.servedWeight - served.reduce(0, +)) < 1e-9)
        #expect(abs(solution.travel - travel) <= 1e-9 * max(1, travel))
        let found = solution.facilities
        for (load, number) in zip(loads, found.numbers("load")) {
            #expect(abs(load - (number ?? -1)) < 1e-9)
        }
        let demandServed = solution.demand.flatMap { $0.numbers("served_weight") }
        let unserved = solution.demand.flatMap { $0.numbers("unserved_weight") }
        for (i, weight) in weights.enumerated() where demand[i] != nil {
            #expect(abs((demandServed[i] ?? -1) - served[i]) < 1e-9)
            #expect(abs((unserved[i] ?? -1) - (weight - served[i])) < 1e-9)
        }
    }

    /// Whole units of demand and places at facilities, one to one, are another way to the optimum.
    @Test(arguments: [nil, 120_000.0])
    func `the optimum is that of units assigned one to one`(limit: Double?) throws {
        for seed in 0..<8 as Range<UInt64> {
            let demand = Self.places(12, seed: 520 + seed)
            let facilities = Self.places(5, seed: 540 + seed)
            var random = SeededGenerator(seed: 560 + seed)
            let weights = demand.map { _ in Double(Int.random(in: 0...4, using: &random)) }
            // Sometimes enough for all, sometimes not.
            let capacities = facilities.map { _ in
                Double(Int.random(in: 0...(seed % 2 == 0 ? 3 : 9), using: &random))
            }
            let solution = try solve(demand, weights, facilities, capacities, within: limit)
            try check(
                solution, demand, weights, facilities, capacities, within: limit ?? .infinity)
            let units = zip(demand, weights).flatMap { Array(repeating: $0, count: Int($1)) }
            let seats = zip(facilities, capacities).flatMap { Array(repeating: $0, count: Int($1)) }
            let pairs = try ExclusiveProximity(
                targets: [FacilityLayer("seats", seats)], within: limit.map { .metres($0) }
            ).measure(FeatureBatch(points: units), layer: "units").batch
            let ways = pairs.numbers("seats_1_m").compactMap { $0 }
            #expect(solution.servedWeight == Double(ways.count))
            #expect(abs(solution.travel - ways.reduce(0, +)) < 1e-3)
        }
    }

    @Test func `the optimum of weights that are no whole numbers is SciPy's`() throws {
        guard let python = SharedData.tool("python3"),
            try SharedData.run(python, ["-c", "import scipy"]).code == 0
        else {
            print("skipped: no SciPy")
            return
        }
        let (demand, facilities) = (Self.places(40, seed: 571), Self.places(7, seed: 572))
        var random = SeededGenerator(seed: 573)
        let weights = demand.map { _ in Double.random(in: 0.1...3, using: &random) }
        let capacities = facilities.map { _ in Double.random(in: 8...12, using: &random) }
        let costs = demand.map { a in facilities.map { karney(a, $0) } }
        let script = """
            import numpy as np
            from scipy.optimize import linprog
            c, w, q = np.array(\(costs)), np.array(\(weights)), np.array(\(capacities))
            n, m = c.shape
            rows, cols = np.kron(np.eye(n), np.ones(m)), np.kron(np.ones(n), np.eye(m))
            r = linprog(c.ravel(), A_ub=cols, b_ub=q, A_eq=rows, b_eq=w, method="highs")
            print(repr(float(r.fun)))
            """
        let outcome = try SharedData.run(python, ["-c", script])
        let expected = try #require(
            Double(
                String(decoding: outcome.output, as: UTF8.self)
                    .trimmingCharacters(in: .whitespacesAndNewlines)))
        let solution = try solve(demand, weights, facilities, capacities)
        try check(solution, demand, weights, facilities, capacities)
        #expect(weights.reduce(0, +) < capacities.reduce(0, +) && solution.unservedCount == 0)
        #expect(abs(solution.travel / expected - 1) < 1e-9)
        #expect(solution.splitCount > 0 && solution.travel > solution.nearestTravel)
    }

    @Test func `with room for all everybody goes to the nearest`() throws {
        let (demand, facilities) = (Self.places(100, seed: 574), Self.places(6, seed: 575))
        let solution = try solve(
            demand, nil, facilities, facilities.map { _ in 100 }, cut: 17)
        #expect(solution.travel == solution.nearestTravel && solution.overfullCount == 0)
        let ids = solution.demand.flatMap { $0.texts("facility_id") }
        #expect(ids == demand.map { String(scan(facilities, from: $0)[0].index + 1) })
        #expect(solution.splitCount == 0)
    }

    @Test func `capacities that do not add up leave the rest, and as little as can be`() throws {
        let (demand, facilities) = (Self.places(30, seed: 576), Self.places(4, seed: 577))
        let solution = try solve(demand, nil, facilities, [3, 0, 5.5, nil])
        #expect(solution.servedWeight == 8.5 && solution.demandWeight == 30)
        #expect(solution.overfullCount > 0 && solution.overfullWeight > 0)
        try check(solution, demand, demand.map { _ in 1 }, facilities, [3, 0, 5.5, 0])
        let nobody = try solve(demand, nil, facilities, [0, 0, 0, 0])
        #expect(nobody.servedWeight == 0 && nobody.meanDistance == nil)
        #expect(nobody.unservedCount == 30)
    }

    @Test func `more room never makes the way longer or serves fewer`() throws {
        let (demand, facilities) = (Self.places(40, seed: 578), Self.places(5, seed: 579))
        var last = (served: 0.0, travel: Double.infinity)
        for room in [4.0, 6, 8, 9, 12, 40] {
            let solution = try solve(demand, nil, facilities, facilities.map { _ in room })
            #expect(solution.servedWeight >= last.served)
            if solution.servedWeight == last.served {
                #expect(solution.travel <= last.travel + 1e-6)
            }
            last = (solution.servedWeight, solution.travel)
        }
        #expect(
            abs(
                last.travel
                    - (try solve(demand, nil, facilities, [40, 40, 40, 40, 40]).nearestTravel))
                < 1e-6)
    }

    @Test func `no place, no weight and nothing in reach`() throws {
        let place = Position(127, 36)
        let solution = try solve(
            [nil, place, place, Position(129, 36)], [5, 0, nil, 2], [place, nil], [1, 9],
            within: 5000)
        #expect(solution.unlocated == 1 && solution.unweighted == 1)
        #expect(solution.servedWeight == 0 && solution.demandWeight == 2)
        let batch = try #require(solution.demand.first)
        #expect(batch.texts("facility_id") == [nil, nil, nil, nil])
        #expect(batch.numbers("served_weight") == [nil, 0, 0, 0])
        #expect(batch.numbers("unserved_weight") == [nil, 0, 0, 2])
        #expect(batch.texts("nearest_id") == [nil, "1", "1", nil])
        #expect(try solve([], [], [place], [1]).demandWeight == 0)
    }

    @Test func `all at one place are served as far as there is room`() throws {
        let place = Position(127, 36)
        let solution = try solve(
            Array(repeating: place, count: 5), nil, [place, place, place], [2, 1, 1])
        #expect(solution.servedWeight == 4 && solution.travel == 0)
    }

    @Test func `turning the globe and cutting the flow change nothing`() throws {
        let (demand, facilities) = (Self.places(50, seed: 580), Self.places(5, seed: 581))
        let straight = try solve(demand, nil, facilities, [7, 8, 9, 10, 11])
        let cut = try solve(demand, nil, facilities, [7, 8, 9, 10, 11], cut: 7)
        #expect(cut.flowTable == straight.flowTable && cut.travel == straight.travel)
        let turned = try solve(
            demand.map { Position(east($0.x, 100), $0.y) }, nil,
            facilities.map { Position(east($0.x, 100), $0.y) }, [7, 8, 9, 10, 11])
        #expect(abs(turned.travel - straight.travel) < 1e-3)
        #expect(turned.flowTable.texts("to_id") == straight.flowTable.texts("to_id"))
    }

    @Test(arguments: [-1.0, .nan, .infinity])
    func `a capacity that is no number of at least 0 is an error`(capacity: Double) {
        let error = #expect(throws: AnalysisError.self) {
            try solve([Position(127, 36)], nil, [Position(127, 36)], [capacity])
        }
        #expect(error?.code == .badField)
    }
}
