import TestSupport
import Testing

@testable import Siting

@Suite struct RowTableTests {
    @Test func `rows of the same sites are found as a dictionary finds them`() {
        var generator = SeededGenerator(seed: 111)
        var repeated = 0
        for rows in [1, 2, 3, 40, 300] {
            var core = LocationCore(opening: Array(repeating: 0, count: 5), least: 0, most: 5)
            var table = RowTable(rows: rows)
            var known: [[Int32]: Int] = [:]
            for _ in 0..<rows {
                let sites = (0..<5).filter { _ in Bool.random(using: &generator) }.map { Int32($0) }
                let start = core.sites.count
                core.sites += sites
                let same = table.same(in: core)
                #expect(same == known[sites])
                if same == nil {
                    known[sites] = core.starts.count - 1
                    core.starts.append(core.sites.count)
                } else {
                    repeated += 1
                    core.sites.removeSubrange(start...)
                }
            }
        }
        #expect(repeated > 200)
    }
}
