import Geometry
import TestSupport

@testable import Siting

/// A problem drawn at random, small enough to be solved by trying everything.
struct SmallProblem {
    let problem: SitingProblem
    let p: Int
    let table: [[Double?]]

    /// Draws a problem.
    ///
    /// - Parameters:
    ///   - generator: Where the numbers come from.
    ///   - density: What part of the pairs is within reach.
    ///   - isWhole: Whether all numbers are whole.
    ///   - hasRules: Whether some candidates are forced or forbidden.
    /// - Throws: Nothing, as problems are drawn right.
    init(
        _ generator: inout SeededGenerator, density: Double, isWhole: Bool, hasRules: Bool
    ) throws {
        let demand = Int.random(in: 1...9, using: &generator)
        let candidates = Int.random(in: 1...8, using: &generator)
        func number(_ range: ClosedRange<Double>) -> Double {
            let value = Double.random(in: range, using: &generator)
            return isWhole ? value.rounded() : value
        }
        table = (0..<demand).map { _ in
            (0..<candidates).map { _ in
                Double.random(in: 0..<1, using: &generator) < density ? number(0...20) : nil
            }
        }
        var weights = (0..<demand).map { _ in number(0...6) }
        weights[0] += 1
        let openings = (0..<candidates).map { _ in number(0...30) }
        var forced: [String] = []
        var forbidden: [String] = []
        if hasRules {
            for candidate in 0..<candidates {
                switch Int.random(in: 0..<6, using: &generator) {
                case 0: forced.append("c\(candidate)")
                case 1: forbidden.append("c\(candidate)")
                default: break
                }
            }
            if forbidden.count == candidates { forbidden.removeLast() }
        }
        problem = try SitingProblem(
            demandIDs: (0..<demand).map { "d\($0)" },
            candidateIDs: (0..<candidates).map { "c\($0)" }, weights: weights,
            costs: NeighbourRows(table)
        ).with(openingCosts: openings).with(forced: forced, forbidden: forbidden)
        p = Int.random(
            in: max(1, forced.count)...(candidates - forbidden.count), using: &generator)
    }

    /// What a model's best choice achieves, by trying all; `nil` where none is feasible.
    func best(_ model: SitingModel) -> Double? {
        var best: Double?
        let candidates = problem.candidateIDs.count
        for bits in 0..<(1 << candidates) {
            let chosen = (0..<candidates).filter { bits >> $0 & 1 == 1 }
            if let p = model.p, chosen.count != p { continue }
            let isAllowed = (0..<candidates).allSatisfy {
                switch problem.rules[$0] {
                case .free: true
                case .forced: chosen.contains($0)
                case .forbidden: !chosen.contains($0)
                }
            }
            guard isAllowed, let value = value(chosen, model) else { continue }
            if let old = best, model.isMaximal ? value <= old : value >= old { continue }
            best = value
        }
        return best
    }

    private func value(_ chosen: [Int], _ model: SitingModel) -> Double? {
        var (sum, greatest, covered) = (0.0, 0.0, 0.0)
        for demand in table.indices where problem.weights[demand] > 0 {
            let nearest = chosen.compactMap { table[demand][$0] }.min()
            if let nearest {
                sum += problem.weights[demand] * nearest
                greatest = max(greatest, nearest)
                covered += problem.weights[demand]
            } else if !model.isMaximal {
                return nil
            }
        }
        switch model {
        case .pMedian: return sum
        case .facilityLocation:
            return chosen.reduce(sum) { $0 + problem.openingCosts[$1] }
        case .pCenter: return greatest
        case .setCovering: return Double(chosen.count)
        case .maximalCovering: return covered
        default: return nil
        }
    }
}

extension NeighbourRows {
    /// A matrix drawn as a table, `nil` for pairs out of reach.
    init(_ table: [[Double?]]) {
        self.init()
        for row in table {
            for (column, cost) in row.enumerated() {
                if let cost { append(Int32(column), cost) }
            }
            endRow()
        }
    }
}

/// How far a sum in another order may lie off, and what counts as proven: a part of it.
let precision = 2e-9

func isSame(_ a: Double?, _ b: Double?) -> Bool {
    guard let a, let b else { return a == nil && b == nil }
    return (a - b).magnitude <= precision * max(1, a.magnitude, b.magnitude)
}
