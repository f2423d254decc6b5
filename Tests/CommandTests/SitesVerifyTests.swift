import Foundation
import TestSupport
import Testing

struct SitesVerifyTests {
    @Test(arguments: ["p-median", "p-center", "mclp"])
    func `an answer holds, and one that was changed does not`(model: String) throws {
        let runner = try CommandRunner()
        let asked = try runner.run(
            "sites", "select", "--model", model, "-p", "2", "--within", "9", "--matrix",
            "costs.csv", "--result", "plan.json", "--json")
        #expect(asked.code == 0, "\(asked.errors)")
        let members = try ParsedJSON(asked.output)
        #expect(
            members.names == [
                "status", "objective", "bound", "gap", "chosen", "assignment", "unserved",
            ])
        #expect(members["status"].string == "optimal")
        #expect(try runner.run("sites", "verify", "plan.json", "--quiet").code == 0)
        let plan = try runner.text(of: "plan.json")
        let objective = members["objective"].number ?? .nan
        let whole = "\(Int(objective))"
        for (name, changes) in [
            ("objective", ["\"objective\": \(whole)"]), ("bound", ["\"bound\": \(whole)"]),
            ("both", ["\"objective\": \(whole)", "\"bound\": \(whole)"]),
        ] {
            var changed = plan
            for old in changes {
                let better = model == "mclp" ? objective + 1 : objective - 1
                let new =
                    name == "bound"
                    ? old.replacing(
                        whole, with: "\(Int(model == "mclp" ? objective - 1 : objective + 1))")
                    : old.replacing(whole, with: "\(Int(better))")
                let range = try #require(changed.range(of: old))
                changed.replaceSubrange(range, with: new)
            }
            try runner.write(changed, to: "changed.json")
            let outcome = try runner.run("sites", "verify", "changed.json", "--json")
            #expect(outcome.code == 1, "\(name)")
            #expect(try ParsedJSON(outcome.output)["holds"].bool == false)
        }
    }

    @Test(arguments: ["1e19", "-1e300", "1e308"])
    func `numbers too large to be whole ones are refused`(number: String) throws {
        let runner = try CommandRunner()
        _ = try runner.run(
            "sites", "select", "--model", "p-median", "-p", "1", "--matrix", "costs.csv",
            "--result", "plan.json")
        let plan = try runner.text(of: "plan.json")
        let changed = plan.replacing(
            "\"matrix\":", with: "\"at_most\":\(number),\"matrix\":")
        #expect(changed != plan)
        try runner.write(changed, to: "changed.json")
        let outcome = try runner.run("sites", "verify", "changed.json")
        #expect((1..<128).contains(outcome.code))
        #expect(outcome.errors.contains("at-most"))
    }

    @Test func `other inputs than those of an answer are noticed`() throws {
        let runner = try CommandRunner()
        _ = try runner.run(
            "sites", "select", "--model", "p-median", "-p", "1", "--matrix", "costs.csv",
            "--result", "plan.json")
        let costs = try runner.text(of: "costs.csv")
        try runner.write(costs + "e,north,1\ne,south,1\ne,mill,1\n", to: "costs.csv")
        let outcome = try runner.run("sites", "verify", "plan.json")
        #expect(outcome.code == 1)
        #expect(outcome.output.contains("NOT inputs: costs.csv changed"))
    }

    @Test func `a file that is no result is refused`() throws {
        let runner = try CommandRunner()
        for text in ["", "{}", "[1]", "{\"clusteratlas\": {}}", "{\"clusteratlas\": 3"] {
            try runner.write(text, to: "plan.json")
            let outcome = try runner.run("sites", "verify", "plan.json")
            #expect(outcome.code == 1)
            #expect(outcome.errors.hasPrefix("Error: plan.json"))
        }
    }
}
