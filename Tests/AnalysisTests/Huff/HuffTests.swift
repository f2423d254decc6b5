import Analysis
import Features
import Geometry
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct HuffTests {
    private static func places(_ count: Int, seed: UInt64) -> [Position] {
        var random = SeededGenerator(seed: seed)
        return random.korea(count)
    }

    private func model(
        _ facilities: [Position?], _ attractions: [Double?]? = nil, alpha: Double = 1,
        beta: Double = 2, within limit: Double? = nil, floor: Double = 100,
        weightField: String? = nil
    ) throws -> HuffModel {
        var batch = FeatureBatch(points: facilities)
        if let attractions { batch.set("size", .double(attractions)) }
        return try HuffModel(
            to: FacilityLayer(name: "malls", batch),
            attractionField: attractions.map { _ in "size" }, alpha: alpha, beta: beta,
            within: limit.map { .metres($0) }, floor: .metres(floor), weightField: weightField)
    }

    @Test func `probabilities are those of the definition, and sum to 1`() throws {
        let (demand, facilities) = (Self.places(60, seed: 591), Self.places(12, seed: 592))
        let sizes = facilities.indices.map { $0 == 4 ? 0 : Double(1 + $0 * $0) }
        let (alpha, beta, limit) = (0.7, 1.6, 150_000.0)
        let model = try model(
            facilities, sizes, alpha: alpha, beta: beta, within: limit, weightField: "n")
        let weights = demand.indices.map { Double($0 % 6) }
        let batch = FeatureBatch(points: demand).with("n", .double(weights))
        var tally = HuffTally(of: model)
        var expected = facilities.map { _ in 0.0 }
        for part in batch.cut(into: 13) {
            let measured = try model.measure(part, layer: "homes")
            tally.add(measured)
            let flows = measured.flows(of: model)
            for row in 0..<part.count {
                let place = demand[part.firstIndex + row]
                let terms = facilities.indices.map { j in
                    let d = karney(place, facilities[j])
                    return sizes[j] > 0 && d <= limit ? pow(sizes[j], alpha) / pow(d, beta) : 0
                }
                let sum = terms.reduce(0, +)
                let id = String(part.firstIndex + row + 1)
                let mine = (0..<flows.count).filter { flows.texts("from_id")[$0] == id }
                #expect(mine.count == terms.count { $0 > 0 })
                guard sum > 0 else { continue }
                let shares = mine.compactMap { flows.numbers("probability")[$0] }
                #expect(abs(shares.reduce(0, +) - 1) < 1e-12)
                for (share, term) in zip(shares, terms.filter { $0 > 0 }) {
                    #expect(abs(share - term / sum) < 1e-11)
                }
                for j in facilities.indices {
                    expected[j] += weights[part.firstIndex + row] * terms[j] / sum
                }
                let best = terms.indices.max { terms[$0] < terms[$1] } ?? 0
                #expect(measured.batch.texts("facility_id")[row] == String(best + 1))
            }
        }
        for (found, expected) in zip(tally.expected, expected) {
            #expect(abs(found - expected) < 1e-9)
        }
        #expect(
            abs(tally.expected.reduce(0, +) + tally.unreachedWeight - tally.demandWeight) < 1e-9)
        let shares = tally.facilities(of: model).numbers("expected_share").compactMap { $0 }
        #expect(abs(shares.reduce(0, +) - 1) < 1e-12)
        #expect(tally.expected[4] == 0)
    }

    @Test func `what stands at the door draws as from the floor, not everybody`() throws {
        let place = Position(127, 36)
        let other = Geodesic.wgs84.direct(from: place, azimuth: 90, distance: 1000).position
        let model = try model([place, other], floor: 500)
        let result = try model.measure(FeatureBatch(points: [place]), layer: "homes").batch
        #expect(abs((result.numbers("probability")[0] ?? 0) - 0.8) < 1e-9)
        // Two at the same place share alike, and the first is named.
        let twins = try self.model([place, place]).measure(
            FeatureBatch(points: [place]), layer: "homes"
        ).batch
        #expect(twins.numbers("probability") == [0.5] && twins.texts("facility_id") == ["1"])
    }

    @Test func `no place, nothing in reach and nothing that attracts have a reason`() throws {
        let model = try model([Position(127, 36), nil], [0, 5], within: 5000)
        let measured = try model.measure(
            FeatureBatch(points: [nil, Position(127, 36), Position(129, 36)]), layer: "homes")
        #expect(
            measured.batch.texts("reason") == [
                "has no place", "nothing attractive within reach",
                "nothing attractive within reach",
            ])
        #expect(measured.batch.numbers("probability") == [nil, nil, nil])
        var tally = HuffTally(of: model)
        tally.add(measured)
        #expect(tally.unreached == 2 && tally.unlocated == 1)
        #expect(tally.facilities(of: model).numbers("expected_share") == [nil, nil])
    }

    @Test func `extreme exponents stay probabilities`() throws {
        let (demand, facilities) = (Self.places(10, seed: 593), Self.places(6, seed: 594))
        for beta in [0, 90.0, -40] {
            let measured = try model(facilities, beta: beta).measure(
                FeatureBatch(points: demand), layer: "homes")
            for value in measured.batch.numbers("probability") {
                #expect((1.0 / 6...1).contains(value ?? -1))
            }
        }
        #expect(throws: AnalysisError.self) { try model(facilities, beta: .nan) }
        #expect(throws: AnalysisError.self) { try model(facilities, floor: 0) }
        #expect(throws: AnalysisError.self) { try model(facilities, [1, -1, 1, 1, 1, 1]) }
    }
}
