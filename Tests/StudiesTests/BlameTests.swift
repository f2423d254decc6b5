import Foundation
import Studies
import Testing

@Suite("What moved a result") struct BlameTests {
    private static let study = """
        parameters: {radius: 5km}
        steps:
          a: {run: join, with: {in: towns.csv, within: "${radius}"}}
        """

    /// Runs the study with versions, and an operation that writes a mark of them.
    private func run(
        _ desk: Desk, in folder: String, version: String, radius: String = "5km"
    ) async throws {
        let operations = PaperOperations(version: version)
        let settings = [(name: "radius", text: radius)]
        let plan = try desk.plan(Self.study, settings: settings, operations: operations)
        var run = StudyRun(
            plan, in: StudyFolder(desk.folder.appending(path: folder).path),
            operations: operations, runner: PaperRunner(mark: "made by \(version)\n"))
        run.settings = settings
        _ = try await run.run { _ in }
    }

    private func blame(_ desk: Desk, here version: String) async throws -> [StudyBlame.Cause] {
        let blame = try StudyBlame(
            old: desk.folder.appending(path: "old/a.csv").path,
            new: desk.folder.appending(path: "new/a.csv").path,
            operations: PaperOperations(version: version))
        return try await blame.run(runner: PaperRunner(mark: "made by \(version)\n")).causes
    }

    @Test(arguments: [
        // Made with what is here.
        ("1", "1", "1", ["parameter within: moves 1 of 5 lines"]),
        // The new result's versions are here.
        (
            "1", "2", "2",
            [
                "version of paper (1 → 2): moves 1 of 5 lines",
                "parameter within: moves 1 of 5 lines, on top of that",
            ]
        ),
        // The old one's are.
        (
            "1", "2", "1",
            [
                "version of paper (1 → 2): cannot be replayed here: "
                    + "version of paper 1 is what is at hand",
                "parameter within: moves 1 of 5 lines",
            ]
        ),
        // Neither's are, though they are the same.
        (
            "1", "1", "2",
            [
                "the old result made with what is at hand, version of paper 2: "
                    + "moves 1 of 5 lines",
                "parameter within: moves 1 of 5 lines, on top of that",
            ]
        ),
        (
            "1", "2", "3",
            [
                "version of paper (1 → 2): cannot be replayed here: "
                    + "version of paper 3 is what is at hand",
                "the old result made with what is at hand, version of paper 3: "
                    + "moves 1 of 5 lines",
                "parameter within: moves 1 of 5 lines, on top of that",
            ]
        ),
    ])
    func `other versions are told, and the rest is replayed with those at hand`(
        old: String, new: String, here: String, causes: [String]
    ) async throws {
        let desk = try Desk()
        try desk.write("towns\n", to: "towns.csv")
        try await run(desk, in: "old", version: old)
        try await run(desk, in: "new", version: new, radius: "6km")
        let told = try await blame(desk, here: here).map { "\($0.name): \($0.effect)" }
        #expect(told == causes)
    }
}
