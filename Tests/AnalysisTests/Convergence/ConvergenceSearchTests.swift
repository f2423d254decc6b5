import Analysis
import Geometry
import TestSupport
import Testing

/// Hubs near each other, some of them in a metropolitan city, areas of all sizes.
private func someHubs(_ count: Int, seed: UInt64, provinces: Int = 1) -> [Hub] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { i in
        let province = Int.random(in: 0..<provinces, using: &random)
        return Hub(
            id: "h\(i)", position: random.position(127...127.5, 36...36.4),
            accuracy: .random(in: 0...2000, using: &random),
            areaKM2: i % 7 == 6 ? nil : .random(in: 0.5...9, using: &random),
            province: "p\(province)", isMetropolitan: province == 1)
    }
}

/// All subsets are tried: those that keep the rule and could not be joined by another hub.
private func allSets(_ hubs: [Hub], _ search: ConvergenceSearch) -> Set<Set<Int>> {
    let rule = search.rule
    func keeps(_ set: [Int]) -> Bool {
        let chosen = set.map { hubs[$0] }
        let areas = chosen.map { $0.areaKM2 ?? search.assumedAreaKM2 }
        guard areas.allSatisfy({ $0 != nil }) else { return false }
        if !search.acrossProvinces, Set(chosen.map(\.province)).count > 1 { return false }
        let limit = chosen.contains(where: \.isMetropolitan) ? rule.metropolitanRadius : rule.radius
        guard let circle = EnclosingCircle(around: chosen.map(\.position)) else { return false }
        return circle.radius <= limit.metres
            && areas.reduce(0) { $0 + ($1 ?? 0) } <= rule.areaKM2
    }
    var kept: Set<Set<Int>> = []
    for bits in 1..<(1 << hubs.count) {
        let set = hubs.indices.filter { bits >> $0 & 1 == 1 }
        if keeps(set) { kept.insert(Set(set)) }
    }
    return kept.filter { set in
        set.count >= search.least
            && search.required.allSatisfy { id in set.contains { hubs[$0].id == id } }
            && !hubs.indices.contains { !set.contains($0) && kept.contains(set.union([$0])) }
    }
}

struct ConvergenceSearchTests {
    @Test(arguments: [1, 2, 3], [false, true])
    func `the sets are those of trying all`(provinces: Int, across: Bool) throws {
        for seed in UInt64(1)...2 {
            let hubs = someHubs(9, seed: seed, provinces: provinces)
            for (radius, area) in [(20.0, 15.0), (12, 8), (6, 30)] {
                let rule = ConvergenceRule(
                    radius: .kilometres(radius), metropolitanRadius: .kilometres(radius / 2),
                    areaKM2: area)
                let search = ConvergenceSearch(rule: rule, acrossProvinces: across)
                let found = try search.find(hubs)
                #expect(!found.isCut)
                #expect(Set(found.candidates.map { Set($0.members) }) == allSets(hubs, search))
                #expect(Set(found.candidates.map(\.members)).count == found.candidates.count)
            }
        }
    }

    @Test func `sets hold what they must, and unknown areas count what is said`() throws {
        let hubs = someHubs(9, seed: 9)
        var search = ConvergenceSearch(assumedAreaKM2: 0.5, least: 1, required: ["h3"])
        let found = try search.find(hubs)
        #expect(Set(found.candidates.map { Set($0.members) }) == allSets(hubs, search))
        #expect(!found.candidates.isEmpty)
        #expect(found.unknownArea.isEmpty)
        search.required = ["h3", "nobody"]
        #expect(throws: AnalysisError.self) { try search.find(hubs) }
    }

    @Test func `a turn of the globe leaves the sets as they were`() throws {
        let hubs = someHubs(40, seed: 31, provinces: 2)
        let turned = hubs.map { hub in
            Hub(
                id: hub.id, position: Position(hub.position.x + 52.7, hub.position.y),
                accuracy: hub.accuracy, areaKM2: hub.areaKM2, province: hub.province,
                isMetropolitan: hub.isMetropolitan)
        }
        // 127.3 and 52.7 make 180: the hubs lie across the antimeridian.
        let there = turned.map { hub in
            hub.position.x <= 180
                ? hub
                : Hub(
                    id: hub.id, position: Position(hub.position.x - 360, hub.position.y),
                    accuracy: hub.accuracy, areaKM2: hub.areaKM2, province: hub.province,
                    isMetropolitan: hub.isMetropolitan)
        }
        let rule = ConvergenceRule(
            radius: .kilometres(9), metropolitanRadius: .kilometres(5), areaKM2: 15)
        let search = ConvergenceSearch(rule: rule)
        let (here, elsewhere) = (try search.find(hubs), try search.find(there))
        #expect(here.candidates.count > 10)
        #expect(here.candidates.map(\.members) == elsewhere.candidates.map(\.members))
        for (a, b) in zip(here.candidates, elsewhere.candidates) {
            #expect(abs(a.circle.radius - b.circle.radius) < 1e-5)
        }
    }

    @Test func `more sets than are sought are said to be there`() throws {
        var random = SeededGenerator(seed: 4)
        let hubs = (0..<30).map { i in
            Hub(
                id: "\(i)", position: random.position(127...127.1, 36...36.1),
                areaKM2: .random(in: 1...3, using: &random))
        }
        let found = try ConvergenceSearch(limit: 50).find(hubs)
        #expect(found.isCut)
        #expect(found.candidates.count == 50)
        for candidate in found.candidates {
            #expect(candidate.areaKM2 <= 15)
            let least =
                hubs.indices.filter { !candidate.members.contains($0) }
                .compactMap { hubs[$0].areaKM2 }.min() ?? 0
            #expect(candidate.areaKM2 + least > 15)
        }
    }

    @Test func `no hubs, one hub, coincident hubs, hubs exactly on the circle`() throws {
        #expect(try ConvergenceSearch().find([]).candidates.isEmpty)
        let place = Position(127.3, 36.4)
        let one = [Hub(id: "a", position: place, areaKM2: 2)]
        #expect(try ConvergenceSearch().find(one).candidates.isEmpty)
        #expect(try ConvergenceSearch(least: 1).find(one).candidates.map(\.members) == [[0]])
        let same = (0..<3).map { Hub(id: "\($0)", position: place, areaKM2: 5) }
        let found = try ConvergenceSearch().find(same).candidates
        #expect(found.map(\.members) == [[0, 1, 2]])
        #expect(found[0].circle.radius == 0)
        #expect(found[0].areaKM2 == 15)
        let across = Geodesic.wgs84.direct(from: place, azimuth: 30, distance: 40_000).position
        let pair = [one[0], Hub(id: "b", position: across, areaKM2: 13)]
        #expect(try ConvergenceSearch().find(pair).candidates.map(\.members) == [[0, 1]])
        let beyond = Geodesic.wgs84.direct(from: place, azimuth: 30, distance: 40_000.001).position
        let apart = [one[0], Hub(id: "b", position: beyond, areaKM2: 13)]
        #expect(try ConvergenceSearch().find(apart).candidates.isEmpty)
    }
}

struct ConvergenceVerdictTests {
    private let rule = ConvergenceRule.nationalInnovationCluster

    @Test func `a circle is stable where no error can take it over the limit`() throws {
        let place = Position(127.3, 36.4)
        func hubs(_ distance: Double, _ accuracy: Double?) -> [Hub] {
            let other = Geodesic.wgs84.direct(from: place, azimuth: 80, distance: distance)
            return [
                Hub(id: "a", position: place, accuracy: accuracy, areaKM2: 1),
                Hub(id: "b", position: other.position, accuracy: accuracy, areaKM2: 1),
            ]
        }
        func judge(_ distance: Double, _ accuracy: Double?) -> ConvergenceVerdict {
            ConvergenceVerdict(hubs: hubs(distance, accuracy), rule: rule)
        }
        #expect(judge(37_000, 1000).stability == .stable)
        #expect(judge(39_000, 1000).stability == .fragile)
        #expect(judge(41_000, 1000).stability == .fragile)
        #expect(judge(41_000, 1000).radius == .breaks)
        #expect(judge(43_000, 1000).stability == .stable)
        #expect(judge(43_000, nil).stability == nil)
        let circle = try #require(judge(39_000, 1000).circle)
        #expect(abs(circle.radius - 19_500) < 1e-6)
        #expect(abs(try #require(circle.leastRadius) - 18_500) < 1e-6)
        #expect(abs(try #require(circle.greatestRadius) - 20_500) < 1e-6)
    }

    @Test func `true positions within the accuracies stay between the radii`() throws {
        var random = SeededGenerator(seed: 12)
        let hubs = someHubs(6, seed: 5)
        let circle = try #require(HubCircle(around: hubs))
        let (least, greatest) = (
            try #require(circle.leastRadius), try #require(circle.greatestRadius)
        )
        for _ in 0..<200 {
            let moved = hubs.map { hub in
                Geodesic.wgs84.direct(
                    from: hub.position, azimuth: .random(in: 0...360, using: &random),
                    distance: .random(in: 0...(hub.accuracy ?? 0), using: &random)
                ).position
            }
            let radius = try #require(EnclosingCircle(around: moved)).radius
            #expect(radius >= least - 1e-6)
            #expect(radius <= greatest + 1e-6)
        }
    }

    @Test func `an area is known, or said to be unknown`() {
        let place = Position(127.3, 36.4)
        func area(_ areas: [Double?], recorded: Double? = nil) -> ConvergenceVerdict {
            ConvergenceVerdict(
                hubs: areas.enumerated().map {
                    Hub(id: "\($0)", position: place, areaKM2: $1)
                }, rule: rule, recordedAreaKM2: recorded)
        }
        #expect(area([4, 5]).area == .keeps)
        #expect(area([4, nil]).area == .unknown)
        #expect(area([40, nil]).area == .breaks)
        #expect(area([nil]).area == .unknown)
        #expect(area([]).area == .unknown)
        #expect(area([]).radius == .unknown)
        #expect(area([40], recorded: 14).area == .keeps)
        #expect(area([40], recorded: 15.46).area == .breaks)
        #expect(area([40], recorded: 15.46).areaBasis == .recorded)
        #expect(area([40], recorded: 14).radius == .keeps)
        #expect(area([4], recorded: 14).radius == .keepsSoFar)
    }

    @Test func `what could join keeps the rule with the rest`() {
        let hubs = someHubs(3, seed: 21)
        let candidates = someHubs(40, seed: 22)
        let verdict = ConvergenceVerdict(hubs: hubs, rule: rule, recordedAreaKM2: 9)
        let found = ConvergenceAddition.all(
            among: candidates, to: hubs, verdict, rule: rule)
        let expected = candidates.indices.filter { i in
            let all = (hubs + [candidates[i]]).map(\.position)
            guard let circle = EnclosingCircle(around: all) else { return false }
            return !hubs.map(\.id).contains(candidates[i].id) && circle.radius <= 20_000
                && 9 + (candidates[i].areaKM2 ?? 0) <= 15
        }
        #expect(Set(found.map(\.hub)) == Set(expected))
        #expect(!found.isEmpty)
        let broken = ConvergenceVerdict(hubs: hubs, rule: rule, recordedAreaKM2: 16)
        #expect(
            ConvergenceAddition.all(among: candidates, to: hubs, broken, rule: rule).isEmpty)
    }
}
