import Analysis
import Features
import Geometry
import TestSupport
import Testing

struct WeightedCatchmentTests {
    private static let facilities: [Position] = {
        var random = SeededGenerator(seed: 77)
        return random.korea(9)
    }()

    private static let divisors = facilities.indices.map { 0.5 + Double($0 * 7 % 5) }

    private static let demand: [Position] = {
        var random = SeededGenerator(seed: 78)
        return random.korea(300)
    }()

    private func catchment(
        _ places: [Position?] = facilities, _ weights: [Double?] = divisors.map { $0 }
    ) throws -> Catchment {
        try Catchment(
            of: FacilityLayer(
                name: "labs", FeatureBatch(points: places).with("size", .double(weights))),
            dividingBy: "size")
    }

    @Test func `demand belongs to what a full scan finds by weighted distance`() throws {
        let catchment = try catchment()
        let assigned = try catchment.assign(FeatureBatch(points: Self.demand), layer: "demand")
        var counts = [Int](repeating: 0, count: 9)
        var others = 0
        for (row, place) in Self.demand.enumerated() {
            let ranked = Self.facilities.indices.map {
                (karney(place, Self.facilities[$0]) / Self.divisors[$0], $0)
            }.sorted { $0 < $1 }
            let owner = ranked[0].1
            counts[owner] += 1
            if scan(Self.facilities, from: place)[0].index != owner { others += 1 }
            #expect(assigned.batch.texts("facility_id")[row] == String(owner + 1))
            let metres = try #require(assigned.batch.numbers("distance_m")[row])
            #expect(abs(metres - karney(place, Self.facilities[owner])) <= micrometre)
            #expect(assigned.batch.numbers("weighted_distance")[row] == ranked[0].0)
        }
        // Weights change something, or this would test nothing.
        #expect(others > 30)
        var tally = CatchmentTally(of: catchment)
        try tally.add(assigned)
        #expect(tally.counts == counts && counts.reduce(0, +) == 300)
        let areas = try catchment.areas(dividing: nil, tally)
        #expect(areas.numbers("demand_count").map { $0 ?? 0 } == counts.map(Double.init))
    }

    @Test func `areas tile the boundary`() throws {
        let boundary = Shape.polygon([box(126, 34.4, 129.6, 38.3)])
        let areas = try catchment().areas(dividing: boundary)
        let sum = areas.numbers("area_km2").compactMap { $0 }.reduce(0, +)
        #expect(abs(sum / (boundary.geodesicArea / 1e6) - 1) < 1e-6)
    }

    @Test func `a facility without a weight, a place or an area says why`() throws {
        let place = Position(127, 36)
        let catchment = try catchment(
            [place, nil, place, Position(128, 36), Position(129, 36)], [1, 1, 2, nil, 0])
        let areas = try catchment.areas(dividing: .polygon([box(126, 35, 129, 37)]))
        #expect(
            areas.texts("note") == [
                "at the same position as 3", "has no place", nil, "has no weight", "has no weight",
            ])
        #expect(catchment.missingDivisors == 1)
    }

    @Test(arguments: [-1.0, .nan, .infinity])
    func `a weight that is none is an error that names the facility`(weight: Double) throws {
        let error = try #require(throws: AnalysisError.self) {
            try catchment(Self.facilities, Self.divisors.indices.map { $0 == 3 ? weight : 1 })
        }
        #expect(error.code == .badField && error.place == "labs, feature 4")
    }

    @Test func `no weight at all and a limit are refused`() throws {
        #expect(throws: AnalysisError.self) {
            try catchment(Self.facilities, Self.facilities.map { _ in 0 })
        }
        let layer = try FacilityLayer(
            name: "labs",
            FeatureBatch(points: Self.facilities).with("size", .double(Self.divisors.map { $0 })))
        #expect(throws: AnalysisError.self) {
            try Catchment(of: layer, within: .kilometres(3), dividingBy: "size")
        }
    }
}
