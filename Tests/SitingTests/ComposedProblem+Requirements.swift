import Geometry
import TestSupport

@testable import Siting

extension ComposedProblem {
    /// Draws what is asked besides.
    static func draw(
        _ asked: inout SitingRequirements, _ candidates: Int, _ p: Int, _ table: [[Double?]],
        _ generator: inout SeededGenerator
    ) {
        func happens(_ chance: Int = 3) -> Bool {
            Int.random(in: 0..<chance, using: &generator) == 0
        }
        if happens() {
            asked.groups = (0..<candidates).map { _ in
                ["a", "b", nil].randomElement(using: &generator) ?? nil
            }
            asked.groups[0] = "a"
            if happens(2) { asked.atMost = Int.random(in: 1...2, using: &generator) }
            if asked.atMost == nil || happens(2) {
                asked.atLeast = Int.random(in: 0...1, using: &generator)
            }
        }
        if happens() {
            asked.siteCosts = (0..<candidates).map { _ in
                Double(Int.random(in: 1...9, using: &generator))
            }
            asked.budget = Double(Int.random(in: 4...(6 * p + 6), using: &generator))
        }
        for a in 0..<candidates {
            for b in a + 1..<max(a + 1, candidates) where happens(9) {
                asked.incompatible.append(.init(a, b))
            }
        }
        if happens() {
            asked.spacing = 5
            for a in 0..<candidates {
                for b in a + 1..<max(a + 1, candidates) where happens(6) {
                    asked.near.append(.init(a, b, distance: Double(a + b) / 5))
                }
            }
        }
        if happens() {
            asked.existing = (0..<candidates).filter { _ in Bool.random(using: &generator) }
            asked.mayClose = Int.random(in: 0...2, using: &generator)
            if happens(2) { asked.new = Int.random(in: 0...2, using: &generator) }
        }
        if happens(4) {
            asked.closeness = 12
            asked.close = NeighbourRows(
                table.map { row in row.map { cost in cost.flatMap { $0 <= 12 ? $0 : nil } } })
        }
    }
}
