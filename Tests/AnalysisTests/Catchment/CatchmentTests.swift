import Analysis
import Features
import Geometry
import TestSupport
import Testing

struct CatchmentTests {
    private static let facilities: [Position] = {
        var random = SeededGenerator(seed: 71)
        return random.korea(15)
    }()

    private static let demand: [Position] = {
        var random = SeededGenerator(seed: 72)
        return random.korea(200)
    }()

    private static let weights = demand.indices.map { Double($0 % 13) * 0.7 }

    private static var batch: FeatureBatch {
        FeatureBatch(points: demand).with("n", .double(weights))
    }

    private func tally(
        _ catchment: Catchment, _ batch: FeatureBatch
    ) throws -> (tally: CatchmentTally, batch: FeatureBatch) {
        var tally = CatchmentTally(of: catchment)
        let assigned = try catchment.assign(batch, layer: "demand")
        try tally.add(assigned)
        return (tally, assigned.batch)
    }

    @Test(arguments: [nil, 40_000.0])
    func `demand belongs to what a full scan finds nearest`(limit: Double?) throws {
        let layer = try FacilityLayer(
            name: "labs",
            FeatureBatch(points: Self.facilities)
                .with("name", .string((1...15).map { $0 == 3 ? nil : "연구소 \($0)" })))
        let catchment = try Catchment(
            of: layer, within: limit.map { .metres($0) }, weightField: "n")
        let (tally, result) = try tally(catchment, Self.batch)
        var counts = [Int](repeating: 0, count: 15)
        var weights = [Double](repeating: 0, count: 15)
        var travel = weights
        var farthest = weights
        var unassigned = 0
        for (row, place) in Self.demand.enumerated() {
            let nearest = scan(Self.facilities, from: place)[0]
            guard nearest.distance <= limit ?? .infinity else {
                unassigned += 1
                #expect(result.texts("facility_id")[row] == nil)
                #expect(result.numbers("distance_m")[row] == nil)
                continue
            }
            counts[nearest.index] += 1
            weights[nearest.index] += Self.weights[row]
            travel[nearest.index] += Self.weights[row] * nearest.distance
            farthest[nearest.index] = max(farthest[nearest.index], nearest.distance)
            #expect(result.texts("facility_id")[row] == String(nearest.index + 1))
            #expect(
                result.texts("facility_name")[row]
                    == (nearest.index == 2 ? nil : "연구소 \(nearest.index + 1)"))
            let metres = try #require(result.numbers("distance_m")[row])
            #expect(abs(metres - nearest.distance) <= micrometre)
        }
        #expect(tally.counts == counts && tally.weights == weights)
        #expect(tally.unassigned == unassigned && tally.unlocated == 0)
        #expect((limit == nil) == (unassigned == 0))
        let drawn = try catchment.areas(dividing: nil, tally)
        for facility in 0..<15 {
            let mean = weights[facility] == 0 ? nil : travel[facility] / weights[facility]
            let longest = counts[facility] == 0 ? nil : farthest[facility]
            for (found, expected) in [
                (tally.meanDistance(facility), mean), (tally.maxDistance(facility), longest),
                (drawn.numbers("mean_distance_m")[facility], mean),
                (drawn.numbers("max_distance_m")[facility], longest),
            ] {
                #expect((found == nil) == (expected == nil))
                #expect(abs((found ?? 0) - (expected ?? 0)) <= micrometre)
            }
        }
        #expect(drawn.numbers("demand_count") == counts.map { Double($0) })
        #expect(drawn.numbers("demand_weight") == weights)
    }

    @Test func `every feature is counted once`() throws {
        let layer = try FacilityLayer("labs", Self.facilities + [nil])
        let catchment = try Catchment(of: layer, within: .kilometres(30))
        let batch = FeatureBatch(
            shapes: Self.demand.map { .point($0) } + [nil, .polygon([]), .point(.empty)]
                + [.lineString([Position(127, 36), Position(127.1, 36), Position(127.2, 36.1)])])
        let (tally, _) = try tally(catchment, batch)
        #expect(tally.unlocated == 3 && tally.represented == 1)
        #expect(tally.counts.reduce(0, +) + tally.unassigned + tally.unlocated == batch.count)
        #expect(tally.counts[15] == 0 && tally.unassigned > 0)
        // Without a field each feature counts one.
        #expect(tally.weights == tally.counts.map { Double($0) })
    }

    @Test func `a facility exactly at the limit is the nearest`() throws {
        for place in Self.demand.prefix(60) {
            let nearest = scan(Self.facilities, from: place)[0]
            for (limit, isFound) in [(nearest.distance, true), (nearest.distance.nextDown, false)] {
                let catchment = try Catchment(
                    of: FacilityLayer("labs", Self.facilities), within: .metres(limit))
                let (tally, _) = try tally(catchment, FeatureBatch(points: [place]))
                #expect(tally.counts[nearest.index] == (isFound ? 1 : 0))
                #expect(tally.unassigned == (isFound ? 0 : 1))
            }
        }
    }

    @Test func `demand without a weight counts 0 and is told`() throws {
        let catchment = try Catchment(
            of: FacilityLayer("labs", [Position(127, 36)]), weightField: "n")
        let places = [Position(127, 36.1), Position(127, 36.2), Position(127, 36.3)]
        let (tally, _) = try tally(
            catchment, FeatureBatch(points: places).with("n", .int([nil, 3, nil])))
        #expect(tally.unweighted == 2 && tally.counts == [3] && tally.weights == [3])
        let mean = try #require(tally.meanDistance(0))
        #expect(abs(mean - karney(Position(127, 36), places[1])) <= micrometre)
        let longest = try #require(tally.maxDistance(0))
        #expect(abs(longest - karney(Position(127, 36), places[2])) <= micrometre)
    }

    @Test func `facilities at one position are one, the first of them`() throws {
        let layer = try FacilityLayer(
            "labs", [Position(127, 36), Position(128, 36), Position(127, 36)],
            ids: .string(["a", "b", "c"]))
        let (tally, result) = try tally(
            Catchment(of: layer), FeatureBatch(points: [Position(127.1, 36), Position(127.9, 36)]))
        #expect(result.texts("facility_id") == ["a", "b"])
        #expect(tally.counts == [1, 1, 0])
    }

    @Test func `facilities that are no points are represented by a position inside them`() throws {
        let shapes: [Shape?] = [
            .polygon([box(127, 36, 127.4, 36.2, step: 1)]), .point(Position(128, 36)), nil,
        ]
        let layer = try FacilityLayer(name: "sites", FeatureBatch(shapes: shapes))
        let catchment = try Catchment(of: layer)
        #expect(catchment.representedFacilities == 1)
        let inside = try #require(try shapes[0]?.interiorPoint())
        let place = Position(127.39, 36.1)
        let (_, result) = try tally(catchment, FeatureBatch(points: [place]))
        let metres = try #require(result.numbers("distance_m")[0])
        // To the position inside, though the place lies in the area.
        #expect(abs(metres - karney(place, inside)) <= micrometre)
    }

    @Test func `another metric is kept for facilities that are represented`() throws {
        let layer = try FacilityLayer(
            name: "sites",
            FeatureBatch(shapes: [
                .polygon([box(126.99, 36.89, 127.01, 36.91, step: 1)]),
                .point(Position(127.95, 36)),
            ]), metric: PlaneMetric())
        let (_, result) = try tally(
            Catchment(of: layer), FeatureBatch(points: [Position(127, 36)]))
        #expect(result.texts("facility_id") == ["1"])
        #expect(abs((result.numbers("distance_m")[0] ?? 0) - 900) < 1e-6)
    }

    @Test(arguments: [0, -5, .nan] as [Double])
    func `a limit that cannot be meant is refused`(metres: Double) throws {
        let layer = try FacilityLayer("labs", Self.facilities)
        let error = #expect(throws: AnalysisError.self) {
            try Catchment(of: layer, within: .metres(metres))
        }
        #expect(error?.code == .badArgument)
    }
}
