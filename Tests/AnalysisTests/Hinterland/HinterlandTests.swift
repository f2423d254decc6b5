import Analysis
import Features
import Geometry
import TestSupport
import Testing

struct HinterlandTests {
    private func profile(
        _ facilities: [Position?], _ radii: [Double], _ batch: FeatureBatch, cut: Int = 1000
    ) throws -> (tally: HinterlandTally, rings: FeatureBatch) {
        let hinterland = try Hinterland(
            around: FacilityLayer("labs", facilities), rings: radii.map { .kilometres($0) },
            weightField: "n")
        var tally = HinterlandTally(of: hinterland)
        for part in batch.cut(into: cut) {
            tally.add(try hinterland.measure(part, layer: "homes"))
        }
        return (tally, try hinterland.rings(tally))
    }

    @Test func `rings hold what a full scan finds in them`() throws {
        var random = SeededGenerator(seed: 611)
        let facilities: [Position?] = random.korea(8) + [nil]
        let places = random.korea(300)
        let weights = places.indices.map { Double($0 % 9) * 0.1 }
        let batch = FeatureBatch(points: places).with("n", .double(weights.map { $0 }))
        let (tally, rings) = try profile(facilities, [60, 20, 40], batch)
        #expect(rings.count == 27)
        for (j, facility) in facilities.enumerated() {
            for (ring, (inner, outer)) in [(-1.0, 20.0), (20, 40), (40, 60)].enumerated() {
                let rows = places.indices.filter { row in
                    guard let facility else { return false }
                    let d = karney(places[row], facility) / 1000
                    return d > inner && d <= outer
                }
                let weight = rows.reduce(0) { $0 + weights[$1] }
                #expect(tally.counts[j][ring] == rows.count)
                #expect(tally.weights[j][ring] == weight)
                let at = 3 * j + ring
                #expect(rings.numbers("to_m")[at] == outer * 1000)
                #expect(rings.numbers("from_m")[at] == max(0, inner) * 1000)
                #expect(rings.numbers("demand_weight")[at] == weight)
                #expect((rings.geometry[at] == nil) == (facility == nil))
                guard let area = rings.numbers("area_km2")[at] else { continue }
                let flat = Double.pi * (outer * outer - max(0, inner) * max(0, inner))
                #expect(abs(area / flat - 1) < 1e-3)
                #expect(rings.numbers("weight_per_km2")[at] == weight / area)
            }
            let all = tally.weights[j].reduce(0, +)
            #expect(rings.numbers("weight_within")[3 * j + 2] == all)
        }
        let (cut, _) = try profile(facilities, [60, 20, 40], batch, cut: 41)
        #expect(cut.weights == tally.weights)
    }

    @Test func `a place exactly at a radius lies inside it`() throws {
        let centre = Position(127, 36)
        let place = Position(127.1, 36)
        let metres = karney(centre, place)
        let hinterland = try Hinterland(
            around: FacilityLayer("labs", [centre]), rings: [.metres(metres), .metres(20_000)])
        var tally = HinterlandTally(of: hinterland)
        tally.add(
            try hinterland.measure(FeatureBatch(points: [place, centre, nil]), layer: "homes"))
        #expect(tally.counts == [[2, 0]])
        #expect(tally.unlocated == 1 && tally.demandCount == 2)
    }

    @Test func `no radius, or none above 0, is refused`() throws {
        let layer = try FacilityLayer("labs", [Position(127, 36)])
        for radii in [[], [Distance.metres(0)], [.metres(5), .metres(-1)]] {
            #expect(throws: AnalysisError.self) { try Hinterland(around: layer, rings: radii) }
        }
    }

    @Test func `what a ring holds at least and at most is that of moving everything`() throws {
        var random = SeededGenerator(seed: 612)
        let facilities = (0..<4).map { _ in random.position(127...127.2, 36...36.2) }
        let places = (0..<60).map { _ in random.position(127...127.2, 36...36.2) }
        let errors = places.indices.map { Double($0 % 3) * 300 }
        let batch = FeatureBatch(points: places).with("e", .double(errors.map { $0 }))
        let hinterland = try Hinterland(
            around: FacilityLayer("labs", facilities), rings: [.kilometres(5), .kilometres(9)],
            accuracy: .sides(moving: .field("e"), fixed: .metres(400)))
        var tally = HinterlandTally(of: hinterland)
        for part in batch.cut(into: 7) {
            tally.add(try hinterland.measure(part, layer: "homes"))
        }
        var ranges = 0
        for (j, facility) in facilities.enumerated() {
            for (ring, (inner, outer)) in [(-Double.infinity, 5000.0), (5000, 9000)].enumerated() {
                var (low, exact, high) = (0.0, 0.0, 0.0)
                for (place, error) in zip(places, errors) {
                    let d = karney(place, facility)
                    let e = error + 400
                    if d - e > inner, d + e <= outer { low += 1 }
                    if d > inner, d <= outer { exact += 1 }
                    if d + e > inner, d - e <= outer { high += 1 }
                }
                #expect(tally.low[j][ring] == low && tally.high[j][ring] == high)
                #expect(tally.weights[j][ring] == exact && low <= exact && exact <= high)
                if low < exact, exact < high { ranges += 1 }
            }
        }
        #expect(ranges > 2)
        // Nothing off, nothing open.
        let sure = try Hinterland(
            around: FacilityLayer("labs", facilities), rings: [.kilometres(5)],
            accuracy: .metres(0))
        var exact = HinterlandTally(of: sure)
        exact.add(try sure.measure(batch, layer: "homes"))
        #expect(exact.low == exact.weights && exact.high == exact.weights)
    }
}
