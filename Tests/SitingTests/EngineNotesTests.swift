import Foundation
import TestSupport
import Testing

@testable import Siting

/// What the general solver found, noted and taken up.
@Suite struct EngineNotesTests {
    /// Places with room for some of the demand each, which takes a tree.
    private static func program(seed: UInt64) -> LinearFormulation {
        var generator = SeededGenerator(seed: seed)
        var program = LinearFormulation()
        let open = (0..<6).map { _ in
            program.addColumn(cost: .random(in: 200...400, using: &generator), isWhole: true)
        }
        var loads = open.map { [($0, -60.0)] }
        for _ in 0..<14 {
            let size = Double(Int.random(in: 5...20, using: &generator))
            let row = open.indices.map { site -> (Int, Double) in
                let column = program.addColumn(
                    cost: .random(in: 10...100, using: &generator), isWhole: true)
                loads[site].append((column, size))
                return (column, 1)
            }
            program.addRow(row, .equal, 1)
        }
        for load in loads { program.addRow(load, .atMost, 0) }
        return program
    }

    private static func folder() -> String {
        NSTemporaryDirectory() + "engine-notes-\(UUID().uuidString)"
    }

    private static func same(_ one: MIPOutcome, _ other: MIPOutcome) -> Bool {
        one.ending == other.ending && one.values == other.values && one.bound == other.bound
            && one.multipliers == other.multipliers && one.nodes == other.nodes
    }

    @Test func `a solver that goes on from any part ends as one that nothing disturbed`() throws {
        guard let engine = try? CBCEngine() else { return print("skipped: there is no cbc") }
        let program = Self.program(seed: 1)
        let whole = try engine.solve(program, MIPLimits())
        try #require(whole.ending == .optimal && whole.nodes > 20)
        let inParts = try engine.solve(program, MIPLimits(firstNodes: 5))
        #expect(inParts.ending == .optimal)
        #expect(inParts.nodes > 5)
        let objectives = try [whole, inParts].map { outcome in
            try zip(program.costs, #require(outcome.values)).reduce(0) { $0 + $1.0 * $1.1 }
        }
        #expect(abs(objectives[0] - objectives[1]) < 1e-6)

        // What is noted changes nothing.
        let folder = Self.folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let notes = SearchNotes(folder: folder, every: .zero)
        var limits = MIPLimits(notes: notes, firstNodes: 5)
        let noted = try engine.solve(program, limits)
        #expect(Self.same(noted, inParts))
        #expect(notes.restored == 0)
        let name = try #require(FileManager.default.contentsOfDirectory(atPath: folder).first)

        // One that was solved is not solved again.
        let again = SearchNotes(folder: folder, every: .zero)
        limits.notes = again
        #expect(Self.same(try engine.solve(program, limits), inParts))
        #expect(again.restored == 1)

        // One that stopped after some parts goes on from there.
        for parts in 1...2 {
            try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
            limits.notes = SearchNotes(folder: folder, every: .zero)
            limits.mostParts = parts
            let part = try engine.solve(program, limits)
            try #require(part.isAtMostNodes)
            #expect(try #require(part.bound) <= objectives[0] + 1e-6)
            let rest = SearchNotes(folder: folder, every: .zero)
            (limits.notes, limits.mostParts) = (rest, nil)
            #expect(Self.same(try engine.solve(program, limits), inParts))
            #expect(rest.restored == 1)
        }

        // A note of another program or a damaged one is passed over.
        let other = SearchNotes(folder: folder, every: .zero)
        (limits.notes, limits.mostParts) = (other, 1)
        _ = try engine.solve(Self.program(seed: 4), limits)
        #expect(other.restored == 0)
        let path = URL(fileURLWithPath: "\(folder)/\(name)")
        var bytes = try Data(contentsOf: path)
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: path)
        #expect(try engine.solve(program, limits).isAtMostNodes)
        #expect(other.restored == 0)
    }
}
