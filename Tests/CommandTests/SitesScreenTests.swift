import Foundation
import TestSupport
import Testing

struct SitesScreenTests {
    /// Rules that cannot be meant, each with what the error must say.
    @Test(arguments: [
        ("- distanc: labs.geojson", "line 1, column 3: there is no \"distanc\"", "distance"),
        ("- distance: labs.geojson\n  mx: 5km", "line 2, column 3: there is no \"mx\"", "max"),
        ("- distance: labs.geojson\n  max: 5 miles", "line 2, column 8: max is \"5 miles\"", "5km"),
        ("- distance: labs.geojson", "line 1, column 3: there is neither a min nor a max", "give"),
        ("- distance: lbas.geojson\n  max: 1km", "line 1, column 13: ", "lbas.geojson"),
        ("- distance: universites\n  max: 1km", "line 1, column 13: ", "universities"),
        (
            "- count: labs.geojson\n  max: 2", "line 1, column 3: a rule of count needs radius",
            "10km"
        ),
        (
            "- count: labs.geojson\n  radius: -2\n  max: 2",
            "line 2, column 11: \"-2\" is no distance", "5km"
        ),
        (
            "- count: labs.geojson\n  radius: 2km\n  max: 2.5",
            "line 3, column 8: max is \"2.5\"", "3"
        ),
        (
            "- sum: towns.geojson\n  of: peple\n  radius: 2km\n  min: 1",
            "line 2, column 7: towns has no field \"peple\"", "people"
        ),
        ("- within: labs.geojson", "line 1, column 11: labs holds no polygon", "provinces"),
        ("- where: price <", "line 1, column 10: expected a value", "write"),
        (
            "- distance: towns.geojson\n  only: nam = 'Hill'\n  max: 1km",
            "line 2, column 9: there is no attribute \"nam\"", "name"
        ),
        (
            "- distance: towns.geojson\n  only: name = 'Hull'\n  max: 1km",
            "line 2, column 9: no feature of towns", "only"
        ),
        ("- attribute: slope\n  min: 5\n  max: 1", "line 3, column 8: min 5", "exchange"),
        ("- area: 3ha", "line 1, column 9: area is that of the candidate", "min: 2ha"),
        ("- area:\n  min: 3 acres", "line 2, column 8: min is \"3 acres\"", "2ha"),
        ("- quota: none", "line 1, column 10: a quota keeps a number", "quota: 3"),
        ("- quota: 1\n- where: price < 5", "line 2, column 3: a rule stands after a quota", "end"),
        ("- quota: 1\n  order: up", "line 2, column 10: \"up\" is no order", "best"),
        (
            "- where: price < 5\n  quota: 1", "line 2, column 3: one rule asks for where and quota",
            "two rules"
        ),
        (
            "- name: a\n  where: price < 5\n- name: a\n  where: price < 6",
            "line 3, column 9: two rules are called \"a\"", "name"
        ),
        ("rule:\n  - where: price < 5", "line 1, column 1: there is no \"rule\"", "rules"),
        ("rules: 5", "line 1, column 8: expected a list of rules, found 5", "dash"),
        ("- 5", "line 1, column 3: expected a rule, found 5", "colon"),
        ("- name: a", "line 1, column 3: the rule asks for nothing", "distance"),
        ("", "line 1, column 1: expected a list of rules", "dash"),
        ("- where: [a", "line ", "close what was opened"),
    ])
    func `a rule that cannot be read is named by line and column`(
        rules: String, place: String, help: String
    ) throws {
        let runner = try CommandRunner()
        try runner.write(rules, to: "bad.yaml")
        let outcome = try runner.run(
            "sites", "screen", "plots.csv", "--rules", "bad.yaml", "-o", "out.csv")
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains("bad.yaml, \(place)"), "\(outcome.errors)")
        #expect(outcome.errors.contains(help), "\(outcome.errors)")
        #expect(!runner.files.contains("out.csv"))
    }

    @Test func `standard input is screened as a file is, also twice where there is a quota`() throws
    {
        let runner = try CommandRunner()
        for rules in ["rules.yaml", "quota.yaml"] {
            var results = Set<String>()
            for threads in ["1", "2", "8"] {
                let outcome = try runner.run(
                    "sites", "screen", "plots.csv", "--rules", rules, "--explain", "--threads",
                    threads, "-o", "out.csv", "--json")
                #expect(outcome.code == 0, "\(outcome.errors)")
                results.insert(outcome.output + (try runner.text(of: "out.csv")))
            }
            #expect(results.count == 1)
            let text = try runner.text(of: "plots.csv")
            let piped = try runner.run(
                ["sites", "screen", "-", "--rules", rules, "--explain", "-o", "in.csv", "--json"],
                input: Data(text.utf8))
            #expect(piped.code == 0, "\(piped.errors)")
            let written = try runner.text(of: "in.csv")
            #expect(results.first?.hasSuffix(written) == true)
        }
    }
}
