import Foundation
import TestSupport
import Testing

@testable import Siting

@Suite struct SearchNotesTests {
    /// A core whose tree has some hundred nodes.
    private static func core(seed: UInt64, isCovering: Bool) -> LocationCore {
        var generator = SeededGenerator(seed: seed)
        var core = LocationCore(opening: Array(repeating: 0, count: 30), least: 5, most: 5)
        core.isCovering = isCovering
        for _ in 0..<(isCovering ? 150 : 45) {
            let entries = (0..<30).compactMap { site -> (site: Int32, cost: Double)? in
                if isCovering, Int.random(in: 0..<7, using: &generator) > 0 { return nil }
                let cost = isCovering ? 0 : Double.random(in: 1...100, using: &generator)
                return (Int32(site), cost)
            }
            core.append(entries, fallback: isCovering ? .random(in: 1...9, using: &generator) : 101)
        }
        return core
    }

    private static func folder() -> String {
        NSTemporaryDirectory() + "search-notes-\(UUID().uuidString)"
    }

    private static func same(_ one: LocationSearch.Outcome, _ other: LocationSearch.Outcome) -> Bool
    {
        one.chosen == other.chosen && one.cost == other.cost && one.bound == other.bound
            && one.ending == other.ending && one.certificate == other.certificate
            && one.nodes == other.nodes && one.multipliers == other.multipliers
    }

    @Test(arguments: [false, true])
    func `a search that goes on ends as one that nothing disturbed`(isCovering: Bool) throws {
        for seed in 1...3 as ClosedRange<UInt64> {
            let core = Self.core(seed: seed, isCovering: isCovering)
            var whole = LocationSearch(core)
            let undisturbed = whole.run()
            try #require(undisturbed.nodes > 3)
            let folder = Self.folder()
            defer { try? FileManager.default.removeItem(atPath: folder) }
            // Stopped again and again, each time some nodes later.
            var stops = 0
            for nodes in stride(from: 2, to: undisturbed.nodes, by: max(1, undisturbed.nodes / 4)) {
                let notes = SearchNotes(folder: folder, every: .zero)
                var part = LocationSearch(
                    core, limits: LocationSearch.Limits(nodes: nodes, notes: notes))
                #expect(part.run().ending == .interrupted)
                #expect(notes.restored == (stops == 0 ? 0 : 1))
                stops += 1
            }
            for _ in 1...2 {
                let notes = SearchNotes(folder: folder, every: .zero)
                var rest = LocationSearch(core, limits: LocationSearch.Limits(notes: notes))
                let isSame = Self.same(rest.run(), undisturbed)
                #expect(isSame)
                #expect(notes.restored == 1)
            }
        }
    }

    @Test func `notes of another question and damaged ones are passed over`() throws {
        let folder = Self.folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let core = Self.core(seed: 4, isCovering: false)
        var part = LocationSearch(
            core,
            limits: LocationSearch.Limits(
                nodes: 3, notes: SearchNotes(folder: folder, every: .zero)))
        _ = part.run()
        let file = folder + "/search-1"
        let bytes = try Data(contentsOf: URL(fileURLWithPath: file))

        let others = SearchNotes(folder: folder, every: .seconds(60))
        var other = LocationSearch(
            Self.core(seed: 5, isCovering: false), limits: LocationSearch.Limits(notes: others))
        var alone = LocationSearch(Self.core(seed: 5, isCovering: false))
        let isSame = Self.same(other.run(), alone.run())
        #expect(isSame)
        #expect(others.restored == 0)

        var generator = SeededGenerator(seed: 6)
        for round in 0..<60 {
            var damaged = bytes
            if round < 20 {
                damaged.removeLast(.random(in: 1...bytes.count, using: &generator))
            } else {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            }
            try damaged.write(to: URL(fileURLWithPath: file))
            let notes = SearchNotes(folder: folder, every: .seconds(60))
            var search = LocationSearch(
                core, limits: LocationSearch.Limits(nodes: 1, notes: notes))
            _ = search.run()
            #expect(notes.restored == 0)
        }
        try bytes.write(to: URL(fileURLWithPath: file))
        let notes = SearchNotes(folder: folder, every: .seconds(60))
        var search = LocationSearch(core, limits: LocationSearch.Limits(nodes: 4, notes: notes))
        _ = search.run()
        #expect(notes.restored == 1)
    }
}
