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

    @Test func `competitors of a matrix draw by its costs`() throws {
        let runner = try CommandRunner()
        // By Huff's model with distances squared: b takes 1/25 of 1/25 + 1/9, and 1 of 1 + 1/4.
        try runner.write(
            """
            demand,candidate,cost
            x,a,2\nx,b,5\nx,r,3\ny,a,4\ny,b,1\ny,r,2

            """, to: "costs.csv")
        try runner.write("id,lon,lat\nr,127,36\n", to: "rivals.csv")
        guard
            let asked = try plan(
                runner, "--model", "huff", "-p", "1", "--competitors", "rivals.csv")
        else { return }
        let members = try ParsedJSON(asked.output)
        #expect(members["chosen"][0].string == "b")
        let drawn = try #require(members["objective"].number)
        #expect((drawn - (0.36 / 1.36 + 0.8)).magnitude < 1e-9)
        #expect(try runner.run("sites", "verify", "plan.json").code == 0)
        try runner.write("id,lon,lat\nr,127,36\nq,127,36\n", to: "rivals.csv")
        let words = [
            "sites", "select", "--matrix", "costs.csv", "--model", "huff", "-p", "1",
            "--competitors", "rivals.csv",
        ]
        #expect(try runner.run(words).errors.contains("competitor \"q\""))
        try runner.write("id,lon,lat\nr,127,36\n", to: "rivals.csv")
        try runner.write("demand,candidate,cost\nx,a,0\nx,r,3\n", to: "costs.csv")
        #expect(try runner.run(words).errors.contains("--floor"))
    }

    @Test func `demand that may be divided is, where no site can serve all of it`() throws {
        let runner = try CommandRunner()
        try runner.write(
            "id,lon,lat,room\nwest,127.0,36,3\neast,127.2,36,3\n", to: "sites.csv")
        try runner.write(
            "id,lon,lat,load\na,127.01,36,2\nb,127.09,36,2\nc,127.19,36,2\n", to: "demand.csv")
        let words = [
            "sites", "select", "--model", "p-median", "-p", "2", "--candidates", "sites.csv",
            "--demand", "demand.csv", "--capacity", "room", "--load", "load", "-o", "out.csv",
        ]
        let whole = try runner.run(words)
        if whole.code != 0, whole.errors.contains("coinor-cbc") {
            print("skipped: there is no program cbc (apt-get install coinor-cbc)")
            return
        }
        #expect(whole.errors.contains("infeasible") || whole.output.contains("infeasible"))
        let split = try runner.run(
            words + ["--split", "--allocations", "lines.csv", "--result", "plan.json"])
        #expect(split.code == 0, "\(split.errors)")
        let assignment = try ParsedJSON(runner.text(of: "plan.json"))["assignment"]
        #expect(assignment["a"].string == "west" && assignment["c"].string == "east")
        #expect(assignment["b"]["west"].number == 0.5 && assignment["b"]["east"].number == 0.5)
        #expect(try runner.text(of: "lines.csv").split(separator: "\n").count == 5)
        let held = try runner.run("sites", "verify", "plan.json")
        #expect(held.code == 0, "\(held.output)")
        let plan = try runner.text(of: "plan.json")
        try runner.write(
            plan.replacing("\"west\": 0.5", with: "\"west\": 0.6"), to: "changed.json")
        let changed = try runner.run("sites", "verify", "changed.json")
        #expect(changed.code == 1 && changed.output.contains("NOT service"))
    }

    @Test func `a proof with triples of demand is read again, and refused where it was changed`()
        throws
    {
        let runner = try CommandRunner()
        let loads = (0..<24).map { 1 + ($0 * 7 + $0 * $0 * 3) % 20 }
        let room = loads.reduce(0, +) * 11 / 60
        var points = "id,lon,lat,load,room\n"
        for (place, load) in loads.enumerated() {
            let (x, y) = (
                Double(place * place) * 0.618034, Double(place * place * place) * 0.7548777
            )
            points += "n\(place),\(127 + x - x.rounded(.down)),"
            points += "\(36 + y - y.rounded(.down)),\(load),\(room)\n"
        }
        try runner.write(points, to: "points.csv")
        let asked = try runner.run(
            "sites", "select", "--model", "p-median", "-p", "6", "--candidates", "points.csv",
            "--demand", "points.csv", "--capacity", "room", "--load", "load", "--gap", "0.012",
            "--result", "plan.json", "-o", "out.csv")
        if asked.code != 0, asked.errors.contains("coinor-cbc") {
            print("skipped: there is no program cbc (apt-get install coinor-cbc)")
            return
        }
        #expect(asked.code == 0, "\(asked.errors)")
        let whole = try runner.text(of: "plan.json")
        let start = try #require(whole.range(of: "\"triples\": [["))
        let end = try #require(whole.range(of: "]", range: start.upperBound..<whole.endIndex))
        let first = start.upperBound..<end.lowerBound
        #expect(whole[first].split(separator: ",").count == 3)
        #expect(try runner.run("sites", "verify", "plan.json").code == 0)
        // One demand twice, and one that is not there.
        for (words, text) in [
            ("\"n1\",\"n1\",\"n2\"", "the tree is not one of this question"),
            ("\"n1\",\"n2\",\"n24\"", "which is not in the inputs"),
        ] {
            var changed = whole
            changed.replaceSubrange(first, with: words)
            try runner.write(changed, to: "changed.json")
            let outcome = try runner.run("sites", "verify", "changed.json")
            #expect(outcome.code != 0 && (outcome.output + outcome.errors).contains(text))
        }
    }

    @Test func `a solver that does not end is ended when the time is up`() throws {
        let runner = try CommandRunner()
        try runner.write(Self.pairs, to: "pairs.csv")
        try runner.write("#!/bin/sh\nexec sleep 1000\n", to: "cbc")
        let solver = runner.folder.appending(path: "cbc").path(percentEncoded: false)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: solver)
        let outcome = try runner.run(
            [
                "sites", "select", "--matrix", "costs.csv", "--model", "p-median", "-p", "2",
                "--incompatible", "pairs.csv", "--time-limit", "0.3", "--json",
            ], environment: ["CLUSTERATLAS_CBC": solver])
        #expect(try ParsedJSON(outcome.output)["status"].string == "interrupted")
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
