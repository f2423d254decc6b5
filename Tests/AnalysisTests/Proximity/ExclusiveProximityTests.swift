import Analysis
import Features
import Foundation
import Geometry
import TestSupport
import Testing

struct ExclusiveProximityTests {
    private static func layer(_ count: Int, seed: UInt64) -> [Position] {
        var random = SeededGenerator(seed: seed)
        return random.korea(count)
    }

    /// How many pairs there are, and their total distance.
    private func figures(
        _ from: [Position?], _ to: [Position?], _ method: ExclusiveProximity.Method = .optimal,
        within limit: Double? = nil
    ) throws -> (pairs: [Int?], total: Double) {
        let operation = ExclusiveProximity(
            targets: [try FacilityLayer("labs", to)], method: method,
            within: limit.map { .metres($0) })
        let result = try operation.measure(FeatureBatch(points: from), layer: "homes").batch
        let pairs = result.texts("labs_1_id").map { $0.flatMap(Int.init).map { $0 - 1 } }
        let given = pairs.compactMap { $0 }
        #expect(Set(given).count == given.count, "a facility was given twice")
        for (row, facility) in pairs.enumerated() {
            let metres = result.numbers("labs_1_m")[row]
            #expect((metres == nil) == (facility == nil))
            guard let facility, let a = from[row], let b = to[facility], let metres else {
                continue
            }
            #expect(abs(metres - karney(a, b)) <= micrometre)
            #expect(metres <= limit ?? .infinity)
        }
        return (pairs, result.numbers("labs_1_m").reduce(0) { $0 + ($1 ?? 0) })
    }

    /// The most pairs within a limit, and of those ways the least total, by trying all of them.
    private func best(_ costs: [[Double?]]) -> (count: Int, total: Double) {
        var best = (count: 0, total: 0.0)
        func go(_ row: Int, _ taken: Set<Int>, _ count: Int, _ total: Double) {
            if row == costs.count {
                if count > best.count || count == best.count && total < best.total {
                    best = (count, total)
                }
                return
            }
            go(row + 1, taken, count, total)
            for (column, cost) in costs[row].enumerated() where !taken.contains(column) {
                guard let cost else { continue }
                go(row + 1, taken.union([column]), count + 1, total + cost)
            }
        }
        go(0, [], 0, 0)
        return best
    }

    @Test(arguments: [(4, 6), (6, 4), (5, 5), (1, 7), (7, 1)], [nil, 90_000.0, 160_000])
    func `as many pairs as can be have the least total of all ways`(
        sizes: (Int, Int), limit: Double?
    ) throws {
        for seed in 0..<6 {
            let from = Self.layer(sizes.0, seed: UInt64(400 + seed))
            let to = Self.layer(sizes.1, seed: UInt64(450 + seed))
            let costs = from.map { a in
                to.map { b in
                    let d = karney(a, b)
                    return d <= limit ?? .infinity ? d : nil
                }
            }
            let expected = best(costs)
            let found = try figures(from, to, within: limit)
            #expect(found.pairs.count { $0 != nil } == expected.count)
            #expect(abs(found.total - expected.total) < 1e-4)
        }
    }

    @Test func `greedy takes the nearest pair of what is left`() throws {
        let (from, to) = (Self.layer(40, seed: 461), Self.layer(30, seed: 462))
        var expected = [Int?](repeating: nil, count: from.count)
        for _ in to.indices {
            var nearest: (row: Int, facility: Int, metres: Double)?
            for (row, a) in from.enumerated() where expected[row] == nil {
                for (facility, b) in to.enumerated() where !expected.contains(facility) {
                    let metres = karney(a, b)
                    if metres < nearest?.metres ?? 70_000 { nearest = (row, facility, metres) }
                }
            }
            if let nearest { expected[nearest.row] = nearest.facility }
        }
        let greedy = try figures(from, to, .greedy, within: 70_000)
        #expect(greedy.pairs == expected)
        let optimal = try figures(from, to, within: 70_000)
        #expect(optimal.pairs.count { $0 != nil } >= greedy.pairs.count { $0 != nil })
        // Without a limit both give out as many.
        #expect(try figures(from, to).total < figures(from, to, .greedy).total)
    }

    @Test func `the total is SciPy's`() throws {
        guard let python = SharedData.tool("python3"),
            try SharedData.run(python, ["-c", "import scipy"]).code == 0
        else {
            print("skipped: no SciPy")
            return
        }
        let (from, to) = (Self.layer(120, seed: 463), Self.layer(140, seed: 464))
        let costs = from.map { a in to.map { karney(a, $0).description }.joined(separator: " ") }
            .joined(separator: "\n")
        let script = """
            import sys, numpy
            from scipy.optimize import linear_sum_assignment
            c = numpy.loadtxt(sys.stdin)
            i, j = linear_sum_assignment(c)
            print(repr(float(c[i, j].sum())))
            """
        let outcome = try SharedData.run(python, ["-c", script], input: Data(costs.utf8))
        let total = try #require(
            Double(
                String(decoding: outcome.output, as: UTF8.self)
                    .trimmingCharacters(in: .whitespacesAndNewlines)))
        #expect(abs(try figures(from, to).total - total) < 1e-3)
    }

    @Test func `more is given the farther one may go and the more there is`() throws {
        let from = Self.layer(50, seed: 465)
        let to = Self.layer(60, seed: 466)
        let counts = try [20_000.0, 40_000, 80_000].map { limit in
            try figures(from, to, within: limit).pairs.count { $0 != nil }
        }
        #expect(counts == counts.sorted() && counts[0] < counts[2])
        let fewer = try figures(from, Array(to[..<50])).total
        #expect(try figures(from, to).total <= fewer)
    }

    @Test func `all at one place are given out at no distance`() throws {
        let place = Position(127, 36)
        let found = try figures(
            Array(repeating: place, count: 4), Array(repeating: place, count: 3))
        #expect(found.pairs.compactMap { $0 }.sorted() == [0, 1, 2] && found.total == 0)
    }

    @Test func `nothing in reach and no place give nothing`() throws {
        let far = try figures([Position(127, 36)], [Position(129, 36)], within: 1000)
        #expect(far.pairs == [nil])
        let unlocated = try figures([nil, Position(127, 36)], [nil, Position(129, 36)])
        #expect(unlocated.pairs == [nil, 1])
        #expect(try figures([], [Position(129, 36)]).pairs.isEmpty)
    }
}
