import Foundation
import Geometry
import TestSupport
import Testing

@testable import Siting

/// A p-median problem of Beasley's OR-Library.
///
/// http://people.brunel.ac.uk/~mastjjb/jeb/orlib/pmedinfo.html.
struct LibraryGraph {
    let problem: SitingProblem
    let p: Int

    /// Reads a graph, and measures all shortest paths (Floyd and Warshall).
    ///
    /// Of an edge that is there twice the last one counts.
    init?(_ number: Int) throws {
        guard let file = SharedData.file("known-answers/orlib/pmed\(number).txt") else {
            return nil
        }
        let lines = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline)
            .map { line in line.split(separator: ";").compactMap { Int($0) } }
        let count = lines[0][0]
        p = lines[0][2]
        var costs = [Double](repeating: .infinity, count: count * count)
        for i in 0..<count { costs[i * count + i] = 0 }
        for line in lines.dropFirst() where line.count == 3 {
            let (i, j) = (line[0] - 1, line[1] - 1)
            costs[i * count + j] = Double(line[2])
            costs[j * count + i] = Double(line[2])
        }
        costs.withUnsafeMutableBufferPointer { costs in
            for k in 0..<count {
                for i in 0..<count where costs[i * count + k] < .infinity {
                    for j in 0..<count {
                        let way = costs[i * count + k] + costs[k * count + j]
                        if way < costs[i * count + j] { costs[i * count + j] = way }
                    }
                }
            }
        }
        var rows = NeighbourRows()
        for i in 0..<count {
            for j in 0..<count { rows.append(Int32(j), costs[i * count + j]) }
            rows.endRow()
        }
        let ids = (1...count).map(String.init)
        problem = try SitingProblem(demandIDs: ids, candidateIDs: ids, costs: rows)
    }
}

@Suite struct KnownAnswerTests {
    /// The optima of pmed1 to pmed5, of the p-median and of the p-center.
    static let small: [(number: Int, median: Double, center: Double)] = [
        (1, 5819, 127), (2, 4093, 98), (3, 4250, 93), (4, 3034, 74), (5, 1355, 48),
    ]

    @Test(arguments: small)
    func `the optima of the OR-Library are found and proven`(
        number: Int, median: Double, center: Double
    ) throws {
        guard let graph = try LibraryGraph(number) else { return }
        for (model, optimum) in [
            (SitingModel.pMedian(p: graph.p), median), (.pCenter(p: graph.p), center),
        ] {
            let solution = try graph.problem.solve(model)
            #expect(solution.objective == optimum)
            #expect(solution.bound == optimum)
            #expect(solution.status == .optimal)
            let verification = try SitingVerification(of: .init(solution), model, graph.problem)
            #expect(verification.holds, "\(verification.checks)")
        }
    }

    /// San Francisco, 205 census tracts and 16 shops: the distances over the roads that come with spopt's
    /// tests, and the answers that stand there.
    @Test func `the answers of the San Francisco example are found and proven`() throws {
        let name = "SF_network_distance_candidateStore_16_censusTract_205_new.csv"
        guard let file = SharedData.file("known-answers/spopt/\(name)") else { return }
        let lines = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline)
            .dropFirst().map { $0.split(separator: ",").map(String.init) }
        let shops = Array(Set(lines.map { $0[1] })).sorted()
        let tracts = Array(Set(lines.map { $0[2] })).sorted()
        var table = tracts.map { _ in [Double?](repeating: nil, count: shops.count) }
        var weights = [Double](repeating: 0, count: tracts.count)
        for line in lines {
            guard let tract = tracts.firstIndex(of: line[2]),
                let shop = shops.firstIndex(of: line[1])
            else { continue }
            table[tract][shop] = Double(line[0])
            weights[tract] = try #require(Double(line[3]))
        }
        let problem = try SitingProblem(
            demandIDs: tracts, candidateIDs: shops, weights: weights, costs: NeighbourRows(table))
        let near = try problem.within(5000)
        for (problem, model, expected) in [
            (problem, SitingModel.pMedian(p: 4), 2848268129.7145104),
            (problem, .pCenter(p: 4), 7403.063810849859), (near, .setCovering, 8),
            (near, .maximalCovering(p: 4), 875247),
        ] {
            let solution = try problem.solve(model)
            #expect(isSame(solution.objective, expected))
            #expect(solution.status == .optimal)
            #expect(try SitingVerification(of: .init(solution), model, problem).holds)
        }
    }

    /// The points of a space of three coordinates of 0, 1 and 2, each three on a line to be met.
    ///
    /// 18 points are the fewest, as 9 are the most without a line among them: R. C. Bose, 1947.
    @Test func `the covering of Fulkerson, Nemhauser and Trotter has 18 sites`() throws {
        func point(_ number: Int) -> [Int] { [number / 9, number / 3 % 3, number % 3] }
        var lines = Set<[Int]>()
        for a in 0..<27 {
            for b in a + 1..<27 {
                // What adds up to 0 with two points of a line is its third.
                let third = zip(point(a), point(b)).reduce(0) { $0 * 3 + (6 - $1.0 - $1.1) % 3 }
                lines.insert([a, b, third].sorted())
            }
        }
        #expect(lines.count == 117)
        let table = lines.sorted { $0.lexicographicallyPrecedes($1) }.map { line in
            (0..<27).map { line.contains($0) ? 1.0 : nil }
        }
        let problem = try SitingProblem(
            demandIDs: table.indices.map { "d\($0)" }, candidateIDs: (0..<27).map { "c\($0)" },
            costs: NeighbourRows(table), limit: 1)
        let solution = try problem.solve(.setCovering)
        #expect(solution.objective == 18 && solution.status == .optimal)
        let verification = try SitingVerification(of: .init(solution), .setCovering, problem)
        #expect(verification.holds, "\(verification.checks)")
        // The own search leaves what takes long to the general solver, and says so.
        let isByEngine = solution.method.contains("CBC")
        #expect(verification.checks.contains { $0.finding.contains("CBC's word") } == isByEngine)
    }
}
