import Analysis
import Features
import Geometry
import TestSupport
import Testing

struct CoverageGapsTests {
    private static let boundary = Shape.polygon([box(126.5, 35.5, 128.5, 37)])
    private static let facilities: [Position] = {
        var random = SeededGenerator(seed: 311)
        return (0..<9).map { _ in random.position(126.5...128.5, 35.5...37) }
    }()
    private static let demand: [Position] = {
        var random = SeededGenerator(seed: 312)
        // Some of it outside the boundary.
        return (0..<200).map { _ in random.position(126.4...128.5, 35.5...37.1) }
    }()
    private static let weights = demand.indices.map { Double(1 + $0 % 5) }

    private func gaps(
        _ facilities: [Position], _ distances: [Double], _ batch: FeatureBatch,
        weightField: String? = "n", in boundary: Shape? = boundary
    ) throws -> (areas: FeatureBatch, outside: [Int]) {
        let coverage = try Coverage(
            by: FacilityLayer("labs", facilities), within: distances.map { .kilometres($0) },
            weightField: weightField)
        var gaps = CoverageGaps(of: coverage)
        for part in batch.cut(into: 64) { try gaps.add(coverage.measure(part, layer: "demand")) }
        return (try gaps.areas(of: boundary), gaps.outside)
    }

    @Test func `gaps hold the demand that no facility reaches, the most of it first`() throws {
        let batch = FeatureBatch(points: Self.demand).with("n", .double(Self.weights.map { $0 }))
        let (areas, outside) = try gaps(Self.facilities, [40, 30], batch)
        let limits = try PreparedArea(Self.boundary)
        let whole = Self.boundary.geodesicArea
        for (i, metres) in [30_000.0, 40_000].enumerated() {
            let rows = (0..<areas.count).filter { areas.numbers("within_m")[$0] == metres }
            #expect(areas.numbers("rank").indices.filter(rows.contains).count == rows.count)
            #expect(rows.map { areas.numbers("rank")[$0] } == (1...rows.count).map(Double.init))
            let open = Self.demand.indices.filter { row in
                Self.facilities.allSatisfy { karney(Self.demand[row], $0) > metres }
            }
            let inside = try open.filter { try limits.covers(Self.demand[$0]) }
            #expect(outside[i] == open.count - inside.count)
            #expect(outside[i] > 0)
            var seen: [Int] = []
            var last = Double.infinity
            for row in rows {
                let area = try PreparedArea(#require(areas.geometry[row]))
                let held = try inside.filter { try area.covers(Self.demand[$0]) }
                seen += held
                let weight = held.reduce(0) { $0 + Self.weights[$1] }
                #expect(areas.numbers("demand_count")[row] == Double(held.count))
                #expect(areas.numbers("demand_weight")[row] == weight)
                #expect(
                    areas.numbers("demand_weight_share")[row]
                        == weight / Self.weights.reduce(0, +))
                #expect(weight <= last)
                last = weight
            }
            #expect(seen.sorted() == inside)
            // What is left and what is covered are the boundary.
            let covered = try Shape.unionAll(
                Self.facilities.map { try Shape.disc(around: $0, radius: .metres(metres)) }
            ).intersection(Self.boundary).geodesicArea
            let left = rows.reduce(0) { $0 + 1e6 * (areas.numbers("area_km2")[$1] ?? 0) }
            #expect(abs((left + covered) / whole - 1) < 1e-6)
        }
    }

    @Test func `no place of a fine grid fills a gap better`() throws {
        var random = SeededGenerator(seed: 313)
        for radius in [6.0, 15] {
            let demand = (0..<40).map { _ in random.position(127...127.6, 36...36.5) }
            let weights = demand.map { _ in Double.random(in: 0...9, using: &random).rounded() }
            let batch = FeatureBatch(points: demand).with("n", .double(weights.map { $0 }))
            // The only facility is far away, so that all of the demand lies in one gap.
            let (areas, _) = try gaps([Position(129, 34)], [radius], batch, in: nil)
            let place = Position(
                try #require(areas.numbers("best_lon")[0]),
                try #require(areas.numbers("best_lat")[0]))
            func reached(_ from: Position) -> [Int] {
                demand.indices.filter { karney(from, demand[$0]) <= radius * 1000 }
            }
            let found = reached(place)
            let weight = found.reduce(0) { $0 + weights[$1] }
            #expect(areas.numbers("best_weight")[0] == weight)
            #expect(areas.numbers("best_count")[0] == Double(found.count))
            for i in 0...60 {
                for j in 0...50 {
                    let other = Position(127 + Double(i) * 0.01, 36 + Double(j) * 0.01)
                    let reach = reached(other).reduce(0) { $0 + weights[$1] }
                    #expect(reach <= weight * 1.001, "\(other) within \(radius) km")
                }
            }
            #expect(weight < weights.reduce(0, +))
        }
    }

    @Test func `where to fill a gap turns with the globe`() throws {
        var random = SeededGenerator(seed: 314)
        let demand = (0..<30).map { _ in random.position(127...127.6, 36...36.5) }
        let (straight, _) = try gaps(
            [Position(129, 34)], [12], FeatureBatch(points: demand), weightField: nil, in: nil)
        let (turned, _) = try gaps(
            [Position(49, 34)], [12], FeatureBatch(points: demand).turned(by: -80),
            weightField: nil, in: nil)
        #expect(straight.numbers("best_weight") == turned.numbers("best_weight"))
        #expect(straight.numbers("demand_weight") == turned.numbers("demand_weight"))
    }

    @Test func `demand of no weight needs no place, and no demand leaves areas alone`() throws {
        let zero = FeatureBatch(points: Self.demand).with("n", .double(Self.demand.map { _ in 0 }))
        let (areas, _) = try gaps(Self.facilities, [30], zero)
        #expect(areas.count > 1)
        #expect(areas.numbers("best_lon").allSatisfy { $0 == nil })
        #expect(areas.numbers("demand_weight_share").allSatisfy { $0 == nil })
        let (none, _) = try gaps(
            Self.facilities, [30], FeatureBatch(points: []).with("n", .double([])))
        #expect(none.count == areas.count)
        #expect(none.numbers("demand_count").allSatisfy { $0 == 0 })
    }

    @Test func `what is covered wholly has no gap`() throws {
        let (areas, outside) = try gaps(
            Self.facilities, [500], FeatureBatch(points: Self.demand), weightField: nil)
        #expect(areas.count == 0 && outside == [0])
    }

    @Test func `demand all at one place is filled from there`() throws {
        let place = Position(127.25, 36.25)
        let (areas, _) = try gaps(
            [Position(128.4, 36.9)], [5],
            FeatureBatch(points: Array(repeating: place, count: 6)), weightField: nil)
        #expect(areas.numbers("best_weight")[0] == 6)
        let best = Position(
            try #require(areas.numbers("best_lon")[0]), try #require(areas.numbers("best_lat")[0]))
        #expect(karney(best, place) <= 5000)
    }

    @Test func `a boundary without polygons is refused`() throws {
        let error = #expect(throws: AnalysisError.self) {
            try gaps(
                Self.facilities, [30], FeatureBatch(points: Self.demand), weightField: nil,
                in: .lineString([Position(127, 36), Position(128, 36)]))
        }
        #expect(error?.code == .cannotDraw)
    }
}
