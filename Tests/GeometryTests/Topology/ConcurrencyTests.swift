import Geometry
import Testing

@Suite struct `Concurrency` {
    @Test func `eight tasks unite at once and agree`() async throws {
        let results = try await withThrowingTaskGroup(of: Shape.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    var random = RandomShapes(seed: 10)
                    let shapes = (0..<100).map { _ in random.polygon(hole: true) }
                    // Errors and messages of other tasks must not show up here.
                    for _ in 0..<50 { _ = try? `Validity`.bowTie.intersection(shapes[0]) }
                    return try Shape.unionAll(shapes).normalized()
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results.count == 8)
        #expect(Set(results).count == 1)
    }
}
