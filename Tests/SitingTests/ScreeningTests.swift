import Analysis
import Features
import Geometry
import TestSupport
import Testing

@testable import Siting

@Suite struct ScreeningTests {
    /// Candidates with a slope, which some lack, and a zone.
    static func candidates(_ count: Int, _ generator: inout SeededGenerator) -> FeatureBatch {
        let places = (0..<count).map { _ in generator.position(127...128, 36...37) }
        var batch = FeatureBatch(
            geometry: GeometryColumn(
                places.enumerated().map { $0 % 41 == 40 ? nil : .point($1) }))
        batch.set(
            "slope",
            .double(
                (0..<count).map { _ in
                    Bool.random(using: &generator)
                        ? nil : (Double.random(in: 0...30, using: &generator) * 8).rounded() / 8
                }))
        batch.set(
            "zone",
            .string((0..<count).map { _ in ["a", "b", "c"].randomElement(using: &generator) }))
        return batch
    }

    static func layer(
        _ name: String, _ count: Int, _ generator: inout SeededGenerator
    ) throws -> FacilityLayer {
        var batch = FeatureBatch(
            geometry: GeometryColumn(
                (0..<count).map { _ in .point(generator.position(127...128, 36...37)) }))
        batch.set(
            "people", .int((0..<count).map { _ in Int.random(in: 0...500, using: &generator) }))
        return try FacilityLayer(name: name, batch)
    }

    /// Polygons with many corners, which may overlap; one has a hole.
    static func areas(_ count: Int, _ generator: inout SeededGenerator) throws -> FeatureBatch {
        let shapes = (0..<count).map { area -> Shape in
            let centre = generator.position(127.1...127.9, 36.1...36.9)
            let radius = Double.random(in: 0.05...0.2, using: &generator)
            func ring(_ share: Double) -> [Position] {
                let turns = [
                    (1.0, 0.0), (0.8, 0.5), (0.1, 1.1), (-0.7, 0.6), (-1.1, -0.2), (-0.4, -0.9),
                    (0.6, -0.7), (1.0, 0.0),
                ]
                return turns.map {
                    Position(centre.x + $0.0 * radius * share, centre.y + $0.1 * radius * share)
                }
            }
            return .polygon(area == 0 ? [ring(1), ring(0.4).reversed()] : [ring(1)])
        }
        return FeatureBatch(geometry: GeometryColumn(shapes))
    }

    static func lines(_ count: Int, _ generator: inout SeededGenerator) throws -> FacilityLayer {
        try FacilityLayer(
            name: "roads",
            FeatureBatch(
                geometry: GeometryColumn(
                    (0..<count).map { _ in
                        .lineString((0..<5).map { _ in generator.position(127...128, 36...37) })
                    })))
    }

    /// What a rule is asked, and what scanning everything answers: the measure, or 1 and 0.
    struct Case {
        let rule: ScreeningRule
        let judge: (FeatureBatch, Int) throws -> Double
        func isMet(_ batch: FeatureBatch, _ row: Int) throws -> Bool {
            let value = try judge(batch, row)
            return rule.bounds?.hold(value) ?? (value == 1)
        }
    }

    static func cases(_ generator: inout SeededGenerator) throws -> [Case] {
        let stations = try layer("stations", 60, &generator)
        let schools = try layer("schools", 200, &generator)
        let roads = try lines(12, &generator)
        let inside = try areas(6, &generator)
        let flooded = try areas(3, &generator)
        let people = try ScreeningSum(schools.batch, name: "schools", field: "people")
        let roadTargets = try roads.shapes.compactMap { $0 }.map { try DistanceTarget($0) }
        func place(_ batch: FeatureBatch, _ row: Int) -> Position? {
            if case .point(let place)? = batch.geometry[row] { place } else { nil }
        }
        func distances(_ layer: FacilityLayer, _ from: Position) -> [Double] {
            layer.shapes.map { shape in
                guard case .point(let other)? = shape else { return .infinity }
                return Geodesic.wgs84.distance(from: from, to: other)
            }
        }
        func covered(_ areas: FeatureBatch, _ at: Position) throws -> Bool {
            try areas.geometry.shapes.contains { try $0?.covers(.point(at)) == true }
        }
        return [
            Case(
                rule: ScreeningRule(
                    "near stations",
                    .distance(try ScreeningDistance(to: stations), try ScreeningBounds(most: 9000)))
            ) { batch, row in
                place(batch, row).map { distances(stations, $0).min() ?? .nan } ?? .nan
            },
            Case(
                rule: ScreeningRule("in the areas", .within(try ScreeningAreas(inside, name: "in")))
            ) { batch, row in try place(batch, row).map { try covered(inside, $0) } == true ? 1 : 0
            },
            Case(
                rule: ScreeningRule("dry", .outside(try ScreeningAreas(flooded, name: "flooded")))
            ) { batch, row in
                try place(batch, row).map { try covered(flooded, $0) } == false ? 1 : 0
            },
            Case(
                rule: ScreeningRule("not zone b", .condition(try Filter("zone in ('a', 'c')")))
            ) { batch, row in batch["zone"]?[row].text == "b" ? 0 : 1 },
            Case(
                rule: ScreeningRule(
                    "gentle", .attribute("slope", try ScreeningBounds(least: 2, most: 20)))
            ) { batch, row in batch["slope"]?.number(row) ?? .nan },
            Case(
                rule: ScreeningRule(
                    "schools enough",
                    .count(
                        of: schools, within: .kilometres(12),
                        try ScreeningBounds(least: 4, most: 14)))
            ) { batch, row in
                place(batch, row).map { at in
                    Double(distances(schools, at).count { $0 <= 12_000 })
                } ?? .nan
            },
            Case(
                rule: ScreeningRule(
                    "pupils",
                    .sum(of: people, within: .kilometres(15), try ScreeningBounds(least: 1500)))
            ) { batch, row in
                place(batch, row).map { at in
                    zip(distances(schools, at), 0...).reduce(0.0) {
                        $1.0 <= 15_000 ? $0 + (schools.batch["people"]?.number($1.1) ?? 0) : $0
                    }
                } ?? .nan
            },
            Case(
                rule: ScreeningRule(
                    "away from roads",
                    .distance(try ScreeningDistance(to: roads), try ScreeningBounds(least: 2500)))
            ) { batch, row in
                try place(batch, row).map { at in
                    try roadTargets.map { try $0.distance(from: at) ?? .infinity }.min() ?? .nan
                } ?? .nan
            },
        ]
    }

    @Test func `each rule agrees with a scan of everything`() throws {
        var generator = SeededGenerator(seed: 71)
        for test in try Self.cases(&generator) {
            let batch = Self.candidates(600, &generator)
            let screening = try Screening([test.rule])
            let judged = try screening.judge(batch, layer: "sites")
            var met = 0
            for row in 0..<batch.count {
                let isMet = try test.isMet(batch, row)
                met += isMet ? 1 : 0
                #expect((judged.firstFailed[row] == 1) == isMet, "\(test.rule.name), row \(row)")
                guard !isMet, test.rule.bounds != nil else { continue }
                let value = try test.judge(batch, row)
                #expect(
                    judged.measured[row].isNaN == value.isNaN
                        && (value.isNaN || (judged.measured[row] - value).magnitude < 3e-6))
            }
            #expect(met > 20 && met < 580, "\(test.rule.name): \(met)")
        }
    }

    @Test func `the funnel counts as a recount of every rule for every candidate does`() throws {
        var generator = SeededGenerator(seed: 72)
        for round in 0..<12 {
            let cases = try Self.cases(&generator).shuffled(using: &generator)
                .prefix(round % 3 == 0 ? 8 : 3)
            let percent = [5, 10, 40][round % 3]
            let screening = try Screening(cases.map(\.rule), relaxation: percent)
            let whole = Self.candidates(500, &generator)
            let met = try (0..<whole.count).map { row in
                try cases.map { try $0.isMet(whole, row) }
            }
            var funnel = ScreeningFunnel(of: screening)
            var first = 0
            while first < whole.count {
                let last = min(whole.count, first + Int.random(in: 1...200, using: &generator))
                var batch = whole.taking(Array(first..<last))
                batch.firstIndex = first
                funnel.add(try screening.judge(batch, layer: "sites"))
                first = last
            }
            var entered = whole.count
            for (rule, step) in funnel.steps.enumerated() {
                let rejected = met.count { row in !row[rule] && row[..<rule].allSatisfy { $0 } }
                let alone = met.indices.filter { row in
                    !met[row][rule] && met[row].indices.allSatisfy { $0 == rule || met[row][$0] }
                }
                #expect(step.entered == entered)
                #expect(step.rejected == rejected)
                #expect(step.alone == alone.count)
                entered -= rejected
                let relaxed = screening.relaxedBounds[rule]
                #expect((relaxed == nil) == (cases[rule].rule.bounds == nil))
                guard let relaxed else { continue }
                let back = try alone.count { relaxed.hold(try cases[rule].judge(whole, $0)) }
                #expect(step.broughtBack == back)
            }
            #expect(funnel.passed == met.count { $0.allSatisfy { $0 } })
            #expect(funnel.candidates == whole.count)
        }
    }

    @Test func `relaxed bounds are a share wider, and whole numbers move by one at least`() throws {
        let distance = try ScreeningBounds(least: 450, most: 5000).relaxed(byPercent: 10)
        #expect(distance?.least == 405)
        #expect(distance?.most == 5500)
        let count = try ScreeningBounds(least: 3, most: 25).relaxed(byPercent: 10, isWhole: true)
        #expect(count?.least == 2)
        #expect(count?.most == 28)
        #expect(try ScreeningBounds(least: 0).relaxed(byPercent: 10) == nil)
        #expect(try ScreeningBounds(least: 0).relaxed(byPercent: 10, isWhole: true) == nil)
        #expect(try ScreeningBounds(most: 0).relaxed(byPercent: 10, isWhole: true)?.most == 1)
        let below = try ScreeningBounds(least: -20, most: -10).relaxed(byPercent: 10)
        #expect(below?.least == -22)
        #expect(below?.most == -9)
    }

    @Test func `a value exactly at a bound is within it`() throws {
        let bounds = try ScreeningBounds(least: 2, most: 3)
        #expect(bounds.hold(2) && bounds.hold(3))
        #expect(!bounds.hold(2.0.nextDown) && !bounds.hold(3.0.nextUp) && !bounds.hold(.nan))
    }

    @Test func `whether areas together cover a polygon does not hang on the polygons before it`()
        throws
    {
        var generator = SeededGenerator(seed: 63)
        func box(_ x: Double, _ y: Double, _ wide: Double, _ high: Double) -> Shape {
            let (east, north) = (x + wide, y + high)
            let corners = [(x, y), (east, y), (east, north), (x, north), (x, y)]
            return .polygon([corners.map { Position($0.0, $0.1) }])
        }
        // A sheet of fields, of which one is missing.
        let areas = (0..<36).filter { $0 != 14 }.map { (field: Int) -> Shape in
            let (column, row) = (Double(field % 6), Double(field / 6))
            return box(127 + column / 10, 36 + row / 10, 0.1, 0.1)
        }
        func steps(_ range: ClosedRange<Int>) -> Double {
            Double(Int.random(in: range, using: &generator)) / 200
        }
        let asked = (0..<400).map { _ in
            box(127 + steps(0...120), 36 + steps(0...120), steps(1...40), steps(1...40))
        }
        let screening = try Screening([
            ScreeningRule(
                "w",
                .within(
                    try ScreeningAreas(
                        FeatureBatch(geometry: GeometryColumn(areas)), name: "fields")))
        ])
        let found = try screening.judge(
            FeatureBatch(geometry: GeometryColumn(asked)), layer: "s"
        ).passing
        let whole = try Shape.unionAll(areas)
        let expected = try asked.indices.filter { try whole.covers(asked[$0]) }
        #expect(found == expected)
        #expect(found.count > 40 && found.count < 360)
    }

    @Test func `polygons are within areas together, and outside only without a common border`()
        throws
    {
        func square(_ x: Double, _ y: Double, _ side: Double) -> Shape {
            .polygon([
                [
                    Position(x, y), Position(x + side, y), Position(x + side, y + side),
                    Position(x, y + side), Position(x, y),
                ]
            ])
        }
        let areas = try ScreeningAreas(
            FeatureBatch(geometry: GeometryColumn([square(127, 36, 1), square(128, 36, 1)])),
            name: "halves")
        let batch = FeatureBatch(
            geometry: GeometryColumn([
                square(127.2, 36.2, 0.1), square(127.9, 36.2, 0.2), square(126.9, 36.2, 0.2),
                square(129, 36.2, 0.1), square(130, 36, 0.1),
            ]))
        let within = try Screening([ScreeningRule("w", .within(areas))])
        let outside = try Screening([ScreeningRule("o", .outside(areas))])
        #expect(try within.judge(batch, layer: "s").passing == [0, 1])
        #expect(try outside.judge(batch, layer: "s").passing == [4])
        let own = try #require(batch.geometry[0]?.geodesicArea)
        let large = try Screening([
            ScreeningRule("a", .area(try ScreeningBounds(least: own * 1.5)))
        ])
        #expect(try large.judge(batch, layer: "s").passing == [1, 2])
    }

    @Test func `quotas keep the best of each group, as sorting all of them does`() throws {
        var generator = SeededGenerator(seed: 73)
        for round in 0..<10 {
            var whole = Self.candidates(400, &generator)
            whole.set(
                "kind",
                .string(
                    (0..<400).map { _ in ["x", "y", nil].randomElement(using: &generator) ?? nil }))
            let rule = ScreeningRule("not zone b", .condition(try Filter("zone <> 'b'")))
            let goal: Criterion.Goal = round % 2 == 0 ? .max : .min
            let count = 1 + round * 3
            let screening = try Screening(
                [rule],
                quotas: [
                    ScreeningQuota(
                        "of zones", keep: count, of: .attribute("zone"), best: "slope", goal: goal),
                    ScreeningQuota("of kinds", keep: 5, of: .attribute("kind")),
                ])
            var funnel = ScreeningFunnel(of: screening)
            let judged = try screening.judge(whole, layer: "sites")
            funnel.add(judged)
            func best(_ rows: [Int], _ field: String, _ count: Int, _ cost: (Int) -> Double)
                -> [Int]
            {
                Dictionary(grouping: rows) { whole[field]?[$0].text }.values.flatMap { group in
                    group.sorted { (cost($0), $0) < (cost($1), $1) }.prefix(count)
                }.sorted()
            }
            let first = (0..<400).filter { whole["zone"]?[$0].text != "b" }
            let second = best(first, "zone", count) { row in
                whole["slope"]?.number(row).map { goal == .max ? -$0 : $0 } ?? .infinity
            }
            let third = best(second, "kind", 5) { _ in 0 }
            let decision = try #require(funnel.decision)
            #expect(screening.passing(judged, decision) == whole.taking(third))
            #expect(funnel.passed == third.count)
            #expect(funnel.steps.map(\.entered) == [400, first.count, second.count])
            let explained = try screening.explained(judged, decision)
            for row in 0..<400 {
                let name: String? =
                    third.contains(row)
                    ? nil
                    : second.contains(row)
                        ? "of kinds" : first.contains(row) ? "of zones" : "not zone b"
                #expect(explained["failed_rule"]?[row].text == name)
            }
        }
    }

    @Test func `a greater quota brings back what it would keep`() throws {
        var generator = SeededGenerator(seed: 74)
        let whole = Self.candidates(50, &generator)
        func passed(_ count: Int) throws -> ScreeningFunnel {
            let screening = try Screening(
                [], quotas: [ScreeningQuota("q", keep: count, of: .attribute("zone"))],
                relaxation: 50)
            var funnel = ScreeningFunnel(of: screening)
            funnel.add(try screening.judge(whole, layer: "sites"))
            return funnel
        }
        let funnel = try passed(14)
        #expect(funnel.steps[0].relaxed?.most == 21)
        #expect(funnel.steps[0].broughtBack == (try passed(21)).passed - funnel.passed)
        #expect(try passed(21).passed > funnel.passed)
    }

    @Test func `bad rules and candidates are refused by name`() throws {
        func code(_ work: () throws -> Void) -> String? {
            do {
                try work()
                return nil
            } catch let error as SitingError { return error.code.name } catch { return "\(error)" }
        }
        var generator = SeededGenerator(seed: 75)
        let batch = Self.candidates(5, &generator)
        let bounds = try ScreeningBounds(most: 1)
        let rule = ScreeningRule("a", .attribute("slop", bounds))
        #expect(code { _ = try ScreeningBounds() } == "bad-argument")
        #expect(code { _ = try ScreeningBounds(least: 2, most: 1) } == "bad-argument")
        #expect(code { _ = try ScreeningBounds(least: .nan) } == "bad-argument")
        #expect(code { _ = try Screening([]) } == "empty")
        #expect(code { _ = try Screening([rule, rule]) } == "duplicate-id")
        #expect(code { _ = try Screening([rule], relaxation: 0) } == "bad-number")
        #expect(code { _ = try ScreeningQuota("q", keep: 0, of: .all) } == "bad-number")
        #expect(code { _ = try ScreeningAreas(batch, name: "points") } == "empty")
        #expect(code { _ = try Screening([rule]).judge(batch, layer: "s") } == "bad-argument")
        let text = ScreeningRule("t", .attribute("zone", bounds))
        #expect(code { _ = try Screening([text]).judge(batch, layer: "s") } == "bad-argument")
    }
}

@Suite struct ScreeningFlowTests {
    @Test(arguments: [1, 2, 8])
    func `tasks change nothing of who passes, why others fail, and the funnel`(
        tasks: Int
    ) async throws {
        var generator = SeededGenerator(seed: 76)
        let cases = try ScreeningTests.cases(&generator)
        let screening = try Screening(
            cases.dropLast(2).map(\.rule),
            quotas: [ScreeningQuota("q", keep: 3, of: .attribute("zone"), best: "slope")])
        let whole = ScreeningTests.candidates(900, &generator)
        let batches = stride(from: 0, to: 900, by: 37).map { first in
            var batch = whole.taking(Array(first..<min(900, first + 37)))
            batch.firstIndex = first
            return batch
        }
        let judged = try screening.judge(whole, layer: "s")
        var expected = ScreeningFunnel(of: screening)
        expected.add(judged)
        var funnel = ScreeningFunnel(of: screening)
        var source: any FeatureSource = MemorySource(batches)
        var parts: [Screening.Judged] = []
        try await OrderedFlow.run(&source, tasks: tasks) { batch in
            try screening.judge(batch, layer: "s")
        } consume: { part in
            funnel.add(part)
            parts.append(part)
        }
        #expect(funnel.steps == expected.steps)
        // Three of zone a and three of zone c.
        #expect(funnel.passed == 6)
        let decision = funnel.decision
        let explained = try FeatureBatch.joining(
            parts.map { try screening.explained($0, decision) })
        #expect(explained == (try screening.explained(judged, expected.decision)))
    }
}
