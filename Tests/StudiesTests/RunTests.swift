import Formats
import Foundation
import Studies
import Synchronization
import TestSupport
import Testing

@Suite("Runs of studies") struct RunTests {
    static let study = """
        parameters: {radius: 5km}
        steps:
          a: {run: join, with: {in: towns.csv}}
          b: {run: join, with: {in: other.csv, within: "${radius}"}}
          c: {run: join, with: {in: ["${a}", cities], extra: c-extra.csv}}
          d: {run: join, with: {in: ["${b}", "${c.extra}"]}}
          e: {run: join, with: {in: "${b}"}}
        """

    private func desk() throws -> Desk {
        let desk = try Desk()
        try desk.write("towns\n", to: "towns.csv")
        try desk.write("other\n", to: "other.csv")
        return desk
    }

    private func run(
        _ desk: Desk, _ runner: PaperRunner, in folder: String = "out", text: String = study,
        operations: PaperOperations = PaperOperations(), jobs: Int = 1,
        settings: [(name: String, text: String)] = []
    ) async throws -> StudySummary {
        let plan = try desk.plan(text, settings: settings, operations: operations)
        var run = StudyRun(
            plan, in: StudyFolder(desk.folder.appending(path: folder).path),
            operations: operations, runner: runner)
        run.jobs = jobs
        return try await run.run { _ in }
    }

    @Test func `an unchanged step is not run again`() async throws {
        let desk = try desk()
        let runner = PaperRunner()
        #expect(try await run(desk, runner).run == 5)
        #expect(runner.ran() == ["a", "b", "c", "d", "e"])
        let again = try await run(desk, runner)
        #expect(again.upToDate == 5)
        #expect(runner.ran() == [])
    }

    @Test(arguments: [
        ("towns.csv", ["a", "c", "d"]), ("other.csv", ["b", "d", "e"]),
    ])
    func `other bytes of an input run exactly what lies downstream`(
        file: String, steps: [String]
    ) async throws {
        let desk = try desk()
        let runner = PaperRunner()
        _ = try await run(desk, runner)
        _ = runner.ran()
        // The same bytes at another time are the same input.
        try desk.write(try desk.text(of: file), to: file)
        _ = try await run(desk, runner)
        #expect(runner.ran() == [])
        try desk.write("changed\n", to: file)
        _ = try await run(desk, runner)
        #expect(runner.ran() == steps)
    }

    @Test func `a parameter, a version and the catalogue run what rests on them`() async throws {
        let desk = try desk()
        let runner = PaperRunner()
        _ = try await run(desk, runner)
        _ = runner.ran()
        _ = try await run(desk, runner, settings: [("radius", "6km")])
        #expect(runner.ran() == ["b", "d", "e"])
        _ = try await run(desk, runner, operations: PaperOperations(version: "2"))
        #expect(runner.ran() == ["a", "b", "c", "d", "e"])
        _ = try await run(
            desk, runner, operations: PaperOperations(version: "2", catalogue: "b"))
        #expect(runner.ran() == ["a", "b", "c", "d", "e"])
    }

    @Test func `results tell the sources of what they and those before them rest on`()
        async throws
    {
        let desk = try desk()
        let text = """
            catalogue: {as-of: 2019}
            steps:
              a: {run: join, with: {in: towns.csv}}
              b: {run: join, with: {in: ["${a}", cities]}}
              c: {run: join, with: {in: [stations, "${b}"], as-of: 2005-03}}
              d: {run: join, with: {in: "${c}"}}
            """
        _ = try await run(desk, PaperRunner(), text: text)
        func catalogue(_ step: String) throws -> JSONValue? {
            try JSONValue.parse(Array(desk.text(of: "out/\(step).csv.provenance.json").utf8))[
                "clusteratlas"]?["catalogue"]
        }
        #expect(try catalogue("a") == nil)
        #expect(
            try catalogue("b")?.text
                == #"{"version":"1","as_of":"2019","sources":["cities@2019"]}"#)
        let both = #""as_of":["2005-03","2019"],"sources":["cities@2019","stations@2005-03"]"#
        #expect(try catalogue("c")?.text == "{\"version\":\"1\",\(both)}")
        // A step that is made again by itself knows of those before it.
        #expect(try catalogue("d") == catalogue("c"))
        let replay = try StudyReplay(
            of: desk.folder.appending(path: "out/d.csv").path, operations: PaperOperations())
        let outcome = try await replay.run(whole: false, runner: PaperRunner())
        #expect(!outcome.files.isEmpty && outcome.files.allSatisfy(\.isSame))
        #expect(outcome.difference == nil)
        #expect(throws: StudyError.self) {
            try StudyReplay(
                of: desk.folder.appending(path: "out").path, operations: PaperOperations())
        }
    }

    @Test func `a result that was lost or changed is made again`() async throws {
        let desk = try desk()
        let runner = PaperRunner()
        _ = try await run(desk, runner)
        let whole = try desk.results(in: "out")
        _ = runner.ran()
        try desk.write("spoilt", to: "out/c-extra.csv")
        _ = try await run(desk, runner)
        #expect(runner.ran() == ["c"])
        try FileManager.default.removeItem(at: desk.folder.appending(path: "out/e.csv"))
        _ = try await run(desk, runner)
        #expect(runner.ran() == ["e"])
        #expect(try desk.results(in: "out") == whole)
    }

    @Test(arguments: [1, 2, 4])
    func `any number at once gives the same bytes`(jobs: Int) async throws {
        let desk = try desk()
        let runner = PaperRunner()
        _ = try await run(desk, runner, in: "one")
        let single = runner.most
        _ = try await run(desk, runner, in: "many", jobs: jobs)
        #expect(try desk.results(in: "one") == desk.results(in: "many"))
        #expect(single == 1)
        #expect(runner.most <= jobs)
    }

    @Test func `after a failure the rest goes on from there`() async throws {
        let desk = try desk()
        let undisturbed = PaperRunner()
        _ = try await run(desk, undisturbed, in: "undisturbed")
        var random = SeededGenerator(seed: 88)
        for round in 0..<3 {
            let runner = PaperRunner()
            let folder = "round-\(round)"
            var left = 5
            while left > 0 {
                let all = ["a", "b", "c", "d", "e"]
                let failing = Set(all.filter { _ in Int.random(in: 0..<4, using: &random) == 0 })
                runner.fail(failing)
                let summary = try await run(
                    desk, runner, in: folder, jobs: Int.random(in: 1...3, using: &random))
                left = summary.left + summary.failures.count
                for failure in summary.failures {
                    // Nothing of a step that failed is to be seen.
                    #expect(failing.contains(failure.step))
                    #expect(failure.problem.contains("half of it"))
                    let file = desk.folder.appending(path: "\(folder)/\(failure.step).csv")
                    #expect(!FileManager.default.fileExists(atPath: file.path))
                }
            }
            #expect(try desk.results(in: folder) == desk.results(in: "undisturbed"))
        }
    }

    @Test func `a prospect says what would run, and why`() async throws {
        let desk = try desk()
        let runner = PaperRunner()
        _ = try await run(desk, runner)
        try desk.write("changed\n", to: "other.csv")
        try desk.write("spoilt", to: "out/a.csv")
        let operations = PaperOperations()
        let prospect = try StudyRun(
            desk.plan(Self.study), in: StudyFolder(desk.folder.appending(path: "out").path),
            operations: operations, runner: runner
        ).prospect()
        #expect(
            prospect.map { $0.reason ?? "" } == [
                "a.csv was changed", "input other.csv (in) changed", "after a", "after b, c",
                "after b",
            ])
    }

    /// Tries to run the same study in the same folder while a step is at work.
    private struct Intruder: StepRunner {
        let plan: StudyPlan
        let folder: StudyFolder
        let runner: PaperRunner

        func run(_ call: StepCall) async throws -> StepEnd {
            let second = StudyRun(
                plan, in: folder, operations: PaperOperations(), runner: runner)
            do {
                _ = try await second.run { _ in }
                Issue.record("the second run was let in")
            } catch {
                #expect("\(error)".contains("another run is at work"))
            }
            return try await runner.run(call)
        }
    }

    @Test func `a second run in the same folder stops at once`() async throws {
        let desk = try desk()
        let runner = PaperRunner()
        let plan = try desk.plan(Self.study)
        let folder = StudyFolder(desk.folder.appending(path: "out").path)
        let first = StudyRun(
            plan, in: folder, operations: PaperOperations(),
            runner: Intruder(plan: plan, folder: folder, runner: runner))
        #expect(try await first.run { _ in }.run == 5)
        #expect(runner.ran().count == 5)
    }

    @Test func `a step's inputs of one name keep apart`() async throws {
        let desk = try desk()
        try desk.write("x of one\n", to: "one/x.csv")
        try desk.write("x of two\n", to: "two/x.csv")
        let runner = PaperRunner()
        _ = try await run(
            desk, runner, text: "steps: {a: {run: join, with: {in: [one/x.csv, two/x.csv]}}}")
        let text = try desk.text(of: "out/a.csv")
        #expect(text == "--output\njoin x.csv 2/x.csv --output a.csv\nx of one\nx of two\n")
    }

    @Test func `an output never takes the place of an input`() async throws {
        let desk = try desk()
        try desk.write("mine\n", to: "out/a.csv")
        let error = await #expect(throws: StudyError.self) {
            try await self.run(
                desk, PaperRunner(), text: "steps: {a: {run: join, with: {in: out/a.csv}}}")
        }
        #expect(error?.problem.contains("would write over it") == true)
        #expect(try desk.text(of: "out/a.csv") == "mine\n")
    }
}
