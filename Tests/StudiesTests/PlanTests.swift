import Studies
import Testing

@Suite("Plans") struct PlanTests {
    private func words(_ step: PlannedStep) -> String {
        step.words { value in
            switch value {
            case .word(let word): word
            case .layer(let name): "layer:\(name)"
            case .file(let path, _): "file:\(path)"
            case .output(let step, let file): "\(step):\(file)"
            }
        }.joined(separator: " ")
    }

    @Test func `parameters are put in, and settings take their place`() throws {
        let desk = try Desk()
        let text = """
            parameters: {radius: 5km, list: [1km, 2km], name: far, n: 007}
            steps:
              a:
                run: join
                with:
                  in: [cities, stations]
                  within: ["${radius}", "${list}"]
                  count: "${n}"
                  factor: -1.5
                  bare: true
                  output: ${name}-$${x}$.csv
            """
        #expect(
            words(try desk.plan(text).steps[0])
                == "join layer:cities layer:stations --factor=-1.5 -k 007 "
                + "--within 5km,1km,2km --bare --output far-${x}$.csv")
        let set = try desk.plan(
            text, settings: [("radius", "9km"), ("list", "[3km]"), ("radius", "8km")])
        #expect(words(set.steps[0]).contains("--within 8km,3km "))
    }

    @Test func `titles, the question and limits may stand in Korean and English`() throws {
        let plan = try Desk().plan(
            """
            title: {ko: 제목, en: Title}
            question: 무엇인가?
            limits: {ko: [하나, 둘], en: [one, two]}
            steps:
              a: {title: A step, run: tell one, with: {what: x}}
            """)
        #expect(plan.titles == StudyText(korean: "제목", english: "Title") && plan.title == "Title")
        #expect(plan.questions == StudyText(korean: "무엇인가?", english: nil))
        #expect(plan.limits == ["one", "two"] && plan.limitations[1].korean == "둘")
        #expect(plan.steps[0].title?.english == "A step")
    }

    @Test func `a sweep fans out into a step for each combination`() throws {
        let desk = try Desk()
        let plan = try desk.plan(
            """
            parameters: {radii: [5km, 10km]}
            steps:
              reach:
                for: {layer: [cities, stations], radius: "${radii}"}
                run: join
                with: {in: "${layer}", within: "${radius}"}
              same:
                for: {radius: "${radii}"}
                run: join
                with: {in: "${reach}"}
              one: {run: join, with: {in: "${reach-cities-5km}"}}
              report: {run: join, with: {in: "${one.report}"}}
            """)
        #expect(
            plan.steps.map(\.id) == [
                "reach-cities-5km", "reach-cities-10km", "reach-stations-5km",
                "reach-stations-10km", "same-5km", "same-10km", "one", "report",
            ])
        #expect(
            words(plan.steps[1])
                == "join layer:cities --within 10km --output reach-cities-10km.csv")
        // A variable of the same name picks the results of the same value.
        #expect(plan["same-10km"]?.needs == ["reach-cities-10km", "reach-stations-10km"])
        #expect(plan["one"]?.needs == ["reach-cities-5km"])
        #expect(words(try #require(plan["report"])).contains("one:one.txt"))
        #expect(plan.step(writing: "same-5km.csv")?.id == "same-5km")
    }

    @Test func `a variable may have the name of the parameter that it goes through`() throws {
        let desk = try Desk()
        let plan = try desk.plan(
            """
            parameters: {within: [1km, 2km]}
            steps:
              a:
                for: {within: "${within}"}
                run: join
                with: {in: cities, within: "${within}"}
            """)
        #expect(plan.steps.map(\.id) == ["a-1km", "a-2km"])
        #expect(words(plan.steps[1]) == "join layer:cities --within 2km --output a-2km.csv")
    }

    @Test func `steps come in the order in which they can run`() throws {
        let desk = try Desk()
        let plan = try desk.plan(
            """
            steps:
              c: {run: join, with: {in: ["${b}", "${a.extra}"]}}
              b: {run: join, with: {in: "${a}"}}
              z: {run: tell one, with: {what: x}}
              a: {run: join, with: {in: cities, extra: more.csv}}
            """)
        #expect(plan.steps.map(\.id) == ["z", "a", "b", "c"])
        #expect(plan["c"]?.needs == ["b", "a"])
        #expect(plan["z"]?.outputs.isEmpty == true)
    }

    @Test func `what the study says of the catalogue holds for all steps but those that differ`()
        throws
    {
        let desk = try Desk()
        try desk.write("", to: "own/x")
        let plan = try desk.plan(
            """
            catalogue: {data: own, as-of: 2019}
            steps:
              a: {run: join, with: {in: cities}}
              b: {run: join, with: {in: cities, as-of: 2020-06}}
            """)
        #expect(
            words(plan.steps[0]) == "join layer:cities --as-of 2019 --data file:own --output a.csv")
        #expect(words(plan.steps[1]).contains("--as-of 2020-06 "))
    }

    @Test func `an output can be left out`() throws {
        let desk = try Desk()
        let plan = try desk.plan("steps: {a: {run: join, with: {in: cities, output: ~}}}")
        #expect(plan.steps[0].outputs.isEmpty)
        #expect(plan.steps[0].report == "a.txt")
    }
}
