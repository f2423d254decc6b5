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
}
