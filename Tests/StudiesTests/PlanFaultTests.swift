import Formats
import Foundation
import Studies
import Testing

/// A plan with one fault, and what is said of it.
struct FaultyPlan: CustomTestStringConvertible, Sendable {
    let text: String
    let place: String
    let words: String
    let remedy: String
    var testDescription: String { words }

    init(_ text: String, _ place: String, _ words: String, _ remedy: String = "") {
        self.text = text
        self.place = place
        self.words = words
        self.remedy = remedy
    }

    static let all = [
        FaultyPlan("- a\n", "line 1, column 1", "a study is a mapping", "begin with"),
        FaultyPlan("study: a\n", "line 1, column 1", "a study needs steps", "write \"steps:\""),
        FaultyPlan("steps: 3\n", "line 1, column 8", "here is 3", "write \"steps:\""),
        FaultyPlan(
            "stepz: {}\nsteps: {a: {run: tell one, with: {what: x}}}\n", "line 1, column 1",
            "no member of a study \"stepz\"", "\"steps\"?"),
        FaultyPlan(
            "study: a/b\nsteps: {a: {run: tell one, with: {what: x}}}\n", "line 1, column 8",
            "cannot name a study"),
        FaultyPlan(
            "date: 2026-13-01\nsteps: {a: {run: tell one, with: {what: x}}}\n",
            "line 1, column 7", "no date", "2026-11-21"),
        FaultyPlan(
            "title: {kr: 제목}\nsteps: {a: {run: tell one, with: {what: x}}}\n",
            "line 1, column 9", "no member of the title \"kr\"", "ko"),
        FaultyPlan(
            "limits: {ko: [a, b], en: [a]}\nsteps: {a: {run: tell one, with: {what: x}}}\n",
            "line 1, column 9", "2 in Korean, but 1 in English", "in the same order"),
        FaultyPlan(
            "catalogue: {data: nowhere}\nsteps: {a: {run: tell one, with: {what: x}}}\n",
            "line 1, column 19", "no folder \"nowhere\""),
        FaultyPlan(
            "catalogue: {asof: 2020}\nsteps: {a: {run: tell one, with: {what: x}}}\n",
            "line 1, column 13", "no member of catalogue \"asof\"", "as-of"),
        FaultyPlan("steps:\n  a: 3\n", "line 2, column 6", "must be a mapping", "run: OPER"),
        FaultyPlan(
            "steps:\n  a b: {run: tell one, with: {what: x}}\n", "line 2, column 3",
            "cannot name a step"),
        FaultyPlan("steps:\n  a: {with: {}}\n", "line 2, column 3", "does not say what to run"),
        FaultyPlan(
            "steps:\n  a: {run: jion, with: {in: cities}}\n", "line 2, column 12",
            "no operation \"jion\"", "\"join\"?"),
        FaultyPlan(
            "steps:\n  a:\n    run: join\n    wiht: {in: cities}\n    with: {in: cities}\n",
            "line 4, column 5", "no member of a step \"wiht\"", "\"with\"?"),
        FaultyPlan("steps:\n  a: {run: join}\n", "line 2, column 3", "lacks \"in\""),
        FaultyPlan(
            "steps:\n  a: {run: join, with: {in: cities, factr: 1}}\n", "line 2, column 37",
            "no parameter of join \"factr\"", "\"factor\"?"),
        FaultyPlan(
            "steps:\n  a: {run: join, with: {in: citis}}\n", "line 2, column 29",
            "no layer, file or step \"citis\"", "\"cities\"?"),
        FaultyPlan(
            "steps:\n  a: {run: join, with: {in: twons.csv}}\n", "line 2, column 29",
            "no file \"twons.csv\"", "\"towns.csv\"?"),
        FaultyPlan(
            "steps:\n  a: {run: join, with: {in: \"-\"}}\n", "line 2, column 29",
            "standard input", "convert it"),
        FaultyPlan(
            "steps:\n  a: {run: join, with: {in: PG:host=x}}\n", "line 2, column 29",
            "PG:host=x changed", "convert it"),
        FaultyPlan(
            "steps:\n  a: {run: join, with: {in: cities, factor: much}}\n", "line 2, column 45",
            "takes a number", "1.5"),
        FaultyPlan(
            "steps:\n  a: {run: join, with: {in: cities, count: 1.5}}\n", "line 2, column 44",
            "takes a whole number", "3"),
        FaultyPlan(
            "steps:\n  a: {run: join, with: {in: cities, within: [5km, 5mi]}}\n",
            "line 2, column 51", "takes a distance", "5km"),
        FaultyPlan(
            "steps:\n  a: {run: join, with: {in: cities, within: 0}}\n", "line 2, column 45",
            "takes a distance"),
        FaultyPlan(
            "steps:\n  a: {run: join, with: {in: cities, bare: yes}}\n", "line 2, column 43",
            "takes true or false", "true"),
        FaultyPlan(
            "steps:\n  a: {run: join, with: {in: cities, mode: men}}\n", "line 2, column 43",
            "no mode \"men\"", "\"mean\"?"),
        FaultyPlan(
            "steps:\n  a: {run: join, with: {in: cities, factor: [1, 2]}}\n", "line 2, column 46",
            "takes one value, but here are 2", "for"),
        FaultyPlan(
            "steps:\n  a: {run: join, with: {in: cities, factor: {x: 1}}}\n",
            "line 2, column 45", "must be a text, but here is a mapping"),
        FaultyPlan(
            "steps:\n  a: {run: join, with: {in: ~}}\n", "line 2, column 29", "needs a value"),
        FaultyPlan(
            "steps:\n  a: {run: join, with: {in: cities, data: gone}}\n", "line 2, column 43",
            "no folder \"gone\""),
        FaultyPlan(
            "steps:\n  a: {run: join, with: {in: cities, output: b/a.csv}}\n",
            "line 2, column 45", "cannot name an output", "without folders"),
        FaultyPlan(
            "steps:\n  a: {run: join, with: {in: cities, output: a.docx}}\n",
            "line 2, column 45", "no format is known", ".geojson"),
        FaultyPlan(
            "steps:\n  a: {run: join, with: {in: cities}}\n"
                + "  b: {run: join, with: {in: cities, output: a.csv}}\n",
            "line 3, column 45", "\"a\" and \"b\" both write a.csv", "another name"),
        FaultyPlan(
            "steps:\n  a:\n    for: {n: [1, 2]}\n    run: join\n"
                + "    with: {in: cities, count: \"${n}\", output: x.csv}\n",
            "line 5, column 47", "both write x.csv", "put ${n} into the name"),
        FaultyPlan(
            "steps:\n  a: {run: join, with: {in: \"${b}\"}}\n"
                + "  b: {run: join, with: {in: \"${c}\"}}\n"
                + "  c: {run: join, with: {in: [cities, \"${a}\"]}}\n",
            "line 2, column 3", "steps wait for each other: a needs b needs c needs a"),
        FaultyPlan(
            "steps:\n  a: {run: join, with: {in: \"${a}\"}}\n", "line 2, column 3",
            "a needs a"),
        FaultyPlan(
            "parameters: {near: 5km}\nsteps:\n  a: {run: join, with: {in: \"${naer}\"}}\n",
            "line 3, column 29", "no parameter, variable or step \"naer\"", "\"near\"?"),
        FaultyPlan(
            "parameters: {near: 5km}\nsteps:\n  a: {run: join, with: {in: \"x${naer}.csv\"}}\n",
            "line 3, column 29", "no parameter or variable \"naer\"", "\"near\"?"),
        FaultyPlan(
            "steps:\n  a: {run: join, with: {in: \"${a.csv\"}}\n", "line 2, column 29",
            "a ${ without its }"),
        FaultyPlan(
            "parameters: {list: [a, b]}\nsteps:\n"
                + "  a: {run: join, with: {in: \"x${list}.csv\"}}\n",
            "line 3, column 29", "\"list\" is a list"),
        FaultyPlan(
            "steps:\n  a: {run: join, with: {in: cities}}\n"
                + "  b: {run: join, with: {in: \"${a.extra}\"}}\n",
            "line 3, column 29", "no output of the step a \"extra\"", "output"),
        FaultyPlan(
            "steps:\n  a: {run: join, with: {in: cities}}\n"
                + "  b: {run: join, with: {in: cities, factor: \"${a}\"}}\n",
            "line 3, column 45", "\"factor\" reads no file"),
        FaultyPlan(
            "parameters: {a: 1}\nsteps:\n  a: {run: join, with: {in: cities}}\n",
            "line 3, column 3", "\"a\" is a parameter already"),
        FaultyPlan(
            "steps:\n  a:\n    for: {n: []}\n    run: join\n    with: {in: cities}\n",
            "line 3, column 14", "no values to go through"),
        FaultyPlan(
            "steps:\n  a:\n    for: {n: [1, 1]}\n    run: tell one\n    with: {what: x}\n",
            "line 3, column 14", "a value twice"),
        FaultyPlan(
            "steps:\n  a:\n    for: {n: [1, 2]}\n    run: join\n    with: {in: cities}\n",
            "line 3, column 11", "goes through \"n\", but none of its values holds ${n}",
            "leave it out"),
        FaultyPlan(
            "catalogue: {as-of: soon}\nsteps: {a: {run: tell one, with: {what: x}}}\n",
            "line 1, column 20", "\"soon\" is no date", "2019-06"),
        FaultyPlan(
            "steps:\n  a: {run: join, with: {in: cities, count: -3}}\n", "line 2, column 44",
            "takes a whole number, none below 0", "3"),
        FaultyPlan(
            "steps:\n  a: {run: join, with: {in: cities, within: ${x}}}\n", "line 2, column 46",
            "expected", "quotation marks go around"),
        FaultyPlan(
            "steps:\n  a: {run: join, with: {in: cities, count: 99}}\n", "line 2, column 37",
            "step \"a\": The value '99' is invalid"),
        FaultyPlan("steps: {a: {run: x}\n", "line 2, column 1", "expected"),
        FaultyPlan("steps: {}\nsteps: {}\n", "line 1, column 1", "stands twice"),
    ]
}

@Suite("Faults of plans") struct PlanFaultTests {
    @Test(arguments: FaultyPlan.all)
    func `a fault is told with line, column and what to do`(faulty: FaultyPlan) throws {
        let desk = try Desk()
        try desk.write("a\n", to: "towns.csv")
        var message = ""
        do {
            _ = try desk.plan(faulty.text)
            Issue.record("no fault was found")
        } catch {
            message = "\(error)"
        }
        let first = message.components(separatedBy: "\n")[0]
        #expect(first.contains("s.yaml, \(faulty.place): "), "\(message)")
        #expect(first.contains(faulty.words), "\(message)")
        #expect(faulty.remedy.isEmpty || message.contains(faulty.remedy), "\(message)")
    }

    @Test func `all faults are told, in the order of the file`() throws {
        let desk = try Desk()
        let error = try #require(throws: StudyPlanError.self) {
            try desk.plan(
                """
                titel: x
                steps:
                  a: {run: jion}
                  b: {run: join, with: {in: citis, factor: x, mdoe: sum}}
                  c: {run: join, with: {in: "${a}"}}
                """)
        }
        let lines = error.faults.map { "\($0.mark.line):\($0.mark.column)" }
        #expect(lines == ["1:1", "3:12", "4:29", "4:44", "4:47"])
        #expect(error.description.split(separator: "\n").count == 10)
    }

    @Test(arguments: [
        ("rdaius=1km", "no parameter \"rdaius\""), ("radius=[1km, 2km]", "give one value"),
        ("list=1", "write a list"), ("radius=[", "--set radius"),
    ])
    func `a setting that does not fit is told`(setting: String, words: String) throws {
        let desk = try Desk()
        let sign = try #require(setting.firstIndex(of: "="))
        let error = try #require(throws: StudyPlanError.self) {
            try desk.plan(
                "parameters: {radius: 5km, list: [1, 2]}\n"
                    + "steps: {a: {run: join, with: {in: cities, within: \"${radius}\"}}}\n",
                settings: [
                    (String(setting[..<sign]), String(setting[setting.index(after: sign)...]))
                ])
        }
        #expect(error.description.contains(words), "\(error)")
    }
}
