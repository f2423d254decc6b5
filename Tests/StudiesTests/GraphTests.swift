import TestSupport
import Testing

@testable import Studies

@Suite("Graphs of steps") struct GraphTests {
    @Test func `each step comes after those it needs, and else in the order of the file`() {
        var random = SeededGenerator(seed: 8)
        for _ in 0..<200 {
            let count = Int.random(in: 1...12, using: &random)
            // A hidden order makes sure that there is no circle.
            let hidden = Array(0..<count).shuffled(using: &random)
            let needs = (0..<count).map { step in
                (0..<count).filter {
                    hidden[$0] < hidden[step] && Bool.random(using: &random)
                }
            }
            let (order, circle) = StepGraph(needs: needs).order()
            #expect(circle.isEmpty)
            #expect(order.sorted() == Array(0..<count))
            for (place, step) in order.enumerated() {
                #expect(needs[step].allSatisfy { order[..<place].contains($0) })
                // None that stands earlier in the file and was ready had to wait.
                for other in 0..<step where !order[..<place].contains(other) {
                    #expect(!needs[other].allSatisfy { order[..<place].contains($0) })
                }
            }
        }
    }

    @Test func `a circle is found, and nothing but the circle`() {
        let graph = StepGraph(needs: [[], [0, 3], [1], [2], [3]])
        let circle = graph.order().circle
        #expect(Set(circle) == [1, 2, 3])
        #expect(StepGraph(needs: [[0]]).order().circle == [0])
    }
}
