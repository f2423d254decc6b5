import Foundation
import TestSupport
import Testing

struct SitesComposedTests {
    private static let pairs = "first,second\nnorth,south\n"

    /// Runs a choice that the general solver makes; `nil`, and said, where it is not there.
    private func plan(_ runner: CommandRunner, _ words: String...) throws -> CommandRunner.Outcome?
    {
        try runner.write(Self.pairs, to: "pairs.csv")
        let outcome = try runner.run(
            ["sites", "select", "--matrix", "costs.csv", "--result", "plan.json", "--json"] + words)
        if outcome.code != 0, outcome.errors.contains("coinor-cbc") {
            print("skipped: there is no program cbc (apt-get install coinor-cbc)")
            return nil
        }
        #expect(outcome.code == 0, "\(outcome.errors)")
        return outcome
    }

    @Test func `a choice with requirements holds, and one that was changed does not`() throws {
        let runner = try CommandRunner()
        guard
            let asked = try plan(
                runner, "--model", "p-median", "-p", "2", "--incompatible", "pairs.csv",
                "--existing", "north,south", "--may-close", "1")
        else { return }
        let members = try ParsedJSON(asked.output)
        #expect(
            members.names == [
                "status", "objective", "bound", "gap", "chosen", "assignment", "unserved",
            ])
        #expect(members["status"].string == "optimal")
        let held = try runner.run("sites", "verify", "plan.json")
        #expect(held.code == 0, "\(held.output)")
        let whole = try runner.text(of: "plan.json")
        // Another choice of the same size breaks what is asked.
        let both = "\"chosen\": [\"north\",\"south\"]"
        let start = try #require(whole.range(of: "\"chosen\": ["))
        let end = try #require(whole.range(of: "]", range: start.upperBound..<whole.endIndex))
        var changed = whole
        changed.replaceSubrange(start.lowerBound..<end.upperBound, with: both)
        try runner.write(changed, to: "changed.json")
        #expect(try runner.run("sites", "verify", "changed.json", "--quiet").code == 1)
        // A dual that claims more than it proves.
        let value = try #require(whole.range(of: "\"value\": "))
        changed = whole
        changed.insert("9", at: value.upperBound)
        try runner.write(changed, to: "changed.json")
        let outcome = try runner.run("sites", "verify", "changed.json")
        #expect(outcome.code == 1)
        #expect(outcome.output.contains("NOT bound"))
    }

    @Test func `a conflict of requirements is told with the change that is enough`() throws {
        let runner = try CommandRunner()
        guard
            let asked = try plan(
                runner, "--model", "mexclp", "--busy", "0.3", "-p", "3", "--within", "9",
                "--incompatible", "pairs.csv")
        else { return }
        #expect(asked.output.contains("\"infeasible\""))
        #expect(asked.errors.contains("p, incompatible"))
        #expect(asked.errors.contains("Enough would be: p = 2"))
    }

    @Test func `without the solver it is said what to install`() throws {
        let runner = try CommandRunner()
        try runner.write(Self.pairs, to: "pairs.csv")
        let outcome = try runner.run(
            [
                "sites", "select", "--matrix", "costs.csv", "--model", "p-median", "-p", "2",
                "--incompatible", "pairs.csv",
            ], environment: ["CLUSTERATLAS_CBC": "/nowhere/cbc"])
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains("apt-get install coinor-cbc"))
    }
}
