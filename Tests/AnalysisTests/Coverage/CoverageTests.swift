import Analysis
import Features
import Geometry
import TestSupport
import Testing

struct CoverageTests {
    private static let facilities: [Position] = {
        var random = SeededGenerator(seed: 61)
        return random.korea(25)
    }()

    private static let demand: [Position] = {
        var random = SeededGenerator(seed: 62)
        return random.korea(300)
    }()

    private static let distances = [5.0, 20, 60].map { Distance.kilometres($0) }

    private func tally(
        _ coverage: Coverage, _ batch: FeatureBatch
    ) throws -> (tally: CoverageTally, batch: FeatureBatch) {
        var tally = CoverageTally(of: coverage)
        let measured = try coverage.measure(batch, layer: "demand")
        tally.add(measured)
        return (tally, measured.batch)
    }

    @Test func `what is covered is what a full scan finds within the distance`() throws {
        let weights = Self.demand.indices.map { Double($0 % 17) * 0.3 }
        let layer = try FacilityLayer("labs", Self.facilities)
        // In any order, and one of them twice.
        let coverage = try Coverage(
            by: layer, within: [Self.distances[2]] + Self.distances, weightField: "population")
        #expect(coverage.distances == Self.distances)
        let batch = FeatureBatch(points: Self.demand).with("population", .double(weights))
        let (tally, result) = try tally(coverage, batch)
        let nearest = Self.demand.map { scan(Self.facilities, from: $0)[0] }
        for (row, nearest) in nearest.enumerated() {
            let found = try #require(result.numbers("nearest_m")[row])
            #expect(abs(found - nearest.distance) <= micrometre)
            #expect(result.texts("nearest_id")[row] == String(nearest.index + 1))
        }
        #expect(tally.demandCount == 300 && tally.unlocated == 0 && tally.unweighted == 0)
        #expect(tally.demandWeight == weights.reduce(0, +))
        for (i, distance) in Self.distances.enumerated() {
            let covered = nearest.map { $0.distance <= distance.metres }
            #expect(result.truths("covered_\(distance.label)") == covered)
            let weight = zip(covered, weights).reduce(0.0) { $1.0 ? $0 + $1.1 : $0 }
            #expect(tally.coveredCounts[i] == covered.count { $0 })
            // Sums run in the same order: they are the same to the bit.
            #expect(tally.coveredWeights[i] == weight)
            #expect(tally.coveredShare(i) == Double(covered.count { $0 }) / 300)
            #expect(tally.coveredWeightShare(i) == weight / tally.demandWeight)
        }
        #expect(tally.coveredCounts[0] > 0 && tally.coveredCounts[2] < 300)
    }

    @Test(arguments: [false, true])
    func `where only sums are wanted they are the same`(isArea: Bool) throws {
        let shapes = Self.facilities.map { isArea ? Shape.multiPoint([$0]) : .point($0) }
        let coverage = try Coverage(
            by: FacilityLayer(name: "labs", FeatureBatch(geometry: GeometryColumn(shapes))),
            within: Self.distances, weightField: "population", countsDepth: true)
        let weights = Self.demand.indices.map { $0 % 9 == 0 ? nil : Double($0 % 17) * 0.3 }
        var places = Self.demand.map { Optional($0) }
        places[4] = nil
        let batch = FeatureBatch(points: places).with("population", .double(weights))
        let measured = try coverage.measure(batch, layer: "demand", forSums: true)
        #expect(measured.batch == batch)
        var (sums, depths) = (CoverageTally(of: coverage), CoverageDepthTally(of: coverage))
        sums.add(measured)
        depths.add(measured)
        let told = try coverage.measure(batch, layer: "demand")
        var (expected, levels) = (CoverageTally(of: coverage), CoverageDepthTally(of: coverage))
        expected.add(told)
        levels.add(told)
        #expect(sums.coveredCounts == expected.coveredCounts)
        #expect(sums.coveredWeights == expected.coveredWeights)
        #expect(sums.demandWeight == expected.demandWeight)
        #expect(sums.unlocated == 1 && sums.unweighted == expected.unweighted)
        for level in 0...2 {
            #expect(depths.weightShare(1, depth: level) == levels.weightShare(1, depth: level))
        }
    }

    /// A metric that finds nothing from the west.
    private struct FromTheEast: Metric, FacilityFinder {
        let name = "from the east"
        func prepare(_ shapes: [Shape?]) -> any FacilityFinder { self }
        func nearest(
            longitudes: [Double], latitudes: [Double], k: Int, within limit: Distance?
        ) throws -> NeighbourTable {
            var table = NeighbourTable(rows: longitudes.count, k: k)
            for row in longitudes.indices where longitudes[row] > 127 {
                table.set(row, 0, .init(index: 0, distance: 3000))
            }
            return table
        }
    }

    @Test(arguments: [false, true])
    func `what the metric does not reach is not covered, and is counted`(forSums: Bool) throws {
        let layer = try FacilityLayer(
            name: "labs", FeatureBatch(points: [Position(127, 36)]), metric: FromTheEast())
        let coverage = try Coverage(by: layer, within: Self.distances, groupField: "side")
        let batch = FeatureBatch(points: [Position(126, 36), Position(128, 36), nil])
            .with("side", .string(["west", "east", nil]))
        let measured = try coverage.measure(batch, layer: "demand", forSums: forSums)
        var tally = CoverageTally(of: coverage)
        tally.add(measured)
        #expect(tally.unlocated == 1 && tally.unreached == 1 && tally.demandCount == 2)
        #expect(tally.coveredCounts == [1, 1, 1])
        if !forSums {
            #expect(measured.batch.truths("covered_5km") == [false, true, nil])
            #expect(measured.batch.numbers("nearest_m") == [nil, 3000, nil])
        }
        var groups = CoverageGroups(of: coverage)
        groups.add(measured)
        let table = groups.table()
        #expect(table.texts("group") == ["east", "west"])
        #expect(table.numbers("mean_distance_m") == [3000, nil])
        #expect(table.numbers("covered_share_5km") == [1, 0])
    }

    @Test func `a facility exactly at the distance covers`() throws {
        for shape in [{ Shape.point($0) }, { .multiPoint([$0]) }] as [(Position) -> Shape] {
            let layer = try FacilityLayer(
                name: "labs", FeatureBatch(shapes: Self.facilities.map(shape)))
            for place in Self.demand.prefix(80) {
                let metres = scan(Self.facilities, from: place)[0].distance
                let coverage = try Coverage(
                    by: layer,
                    within: [metres.nextDown, metres, metres.nextUp].map { .metres($0) })
                let (tally, _) = try tally(coverage, FeatureBatch(points: [place]))
                #expect(tally.coveredCounts == [0, 1, 1], "\(place)")
            }
        }
    }

    @Test func `demand without a place is told and counts nowhere`() throws {
        let layer = try FacilityLayer("labs", [nil, Position(127, 36)])
        let coverage = try Coverage(by: layer, within: [.kilometres(5)], weightField: "n")
        let batch = FeatureBatch(points: [nil, Position(127, 36.01), nil, Position(128, 36)])
            .with("n", .int([100, 3, nil, 4]))
        let (tally, result) = try tally(coverage, batch)
        #expect(tally.demandCount == 2 && tally.unlocated == 2)
        #expect(tally.demandWeight == 7 && tally.coveredWeights == [3])
        #expect(result.truths("covered_5km") == [nil, true, nil, false])
        #expect(result.numbers("nearest_m")[0] == nil)
        #expect(result.texts("nearest_id") == [nil, "2", nil, "2"])
    }

    @Test func `demand without a weight counts 0 and is told`() throws {
        let layer = try FacilityLayer("labs", [Position(127, 36)])
        let coverage = try Coverage(by: layer, within: [.kilometres(5)], weightField: "n")
        let places = [Position?](repeating: Position(127, 36), count: 4)
        let (tally, _) = try tally(
            coverage, FeatureBatch(points: places).with("n", .double([nil, 2.5, nil, 0])))
        #expect(tally.unweighted == 2 && tally.demandCount == 4)
        #expect(tally.demandWeight == 2.5 && tally.coveredCounts == [4])
    }

    @Test func `weights may be numbers in text, or numbers and texts mixed`() throws {
        let layer = try FacilityLayer("labs", [Position(127, 36)])
        let coverage = try Coverage(by: layer, within: [.kilometres(5)], weightField: "n")
        let places = [Position?](repeating: Position(127, 36), count: 5)
        let texts = FeatureBatch(points: places)
            .with("n", .string(["1", "2.5", "1e3", nil, ""]))
        let (text, _) = try tally(coverage, texts)
        #expect(text.demandWeight == 1003.5 && text.unweighted == 2)
        var mixed = ColumnBuilder()
        mixed.append(Int64(1))
        mixed.append(utf8: "2.5".utf8)
        mixed.append(0.25)
        mixed.appendNulls()
        mixed.append(utf8: "".utf8)
        let (both, _) = try tally(coverage, FeatureBatch(points: places).with("n", mixed.finish()))
        #expect(both.demandWeight == 3.75 && both.unweighted == 2)
    }

    @Test(arguments: [
        (Value.double(-0.5), "-0.5"), (.double(.nan), "nan"), (.double(.infinity), "inf"),
        (.string("many"), "many"), (.string("1,234"), "1,234"), (.string("-3"), "-3"),
        (.string("nan"), "nan"), (.int(-1), "-1"), (.bool(true), "true"), (.json("[1]"), "[1]"),
    ])
    func `a weight that is no number of at least 0 is named with its feature`(
        bad: Value, said: String
    ) throws {
        let layer = try FacilityLayer("labs", [Position(127, 36)])
        let coverage = try Coverage(by: layer, within: [.kilometres(5)], weightField: "n")
        let catchment = try Catchment(of: layer, weightField: "n")
        // Alone, and where the column holds numbers that are right as well.
        for good in [Value.null, .int(5)] {
            var column = ColumnBuilder()
            for value in [good, bad, .null] { column.append(value) }
            let places = [Position?](repeating: Position(127, 36), count: 3)
            let batch = FeatureBatch(
                points: places, ids: .string(["a", "b", "c"]), firstIndex: 40
            ).with("n", column.finish())
            // A column of mixed kinds writes NaN and infinity as JSON does: not at all.
            if bad.number.map({ !$0.isFinite }) == true, batch["n"]?.kind == .json { continue }
            let errors = [
                #expect(throws: AnalysisError.self) {
                    _ = try coverage.measure(batch, layer: "demand")
                },
                #expect(throws: AnalysisError.self) {
                    _ = try catchment.assign(batch, layer: "demand")
                },
            ]
            for error in errors {
                #expect(error?.code == .badField)
                #expect(error?.place == "demand, feature 42 (id \"b\")")
                #expect(error?.problem.contains("\"n\" is \(said),") == true, "\(error as Any)")
                #expect(error?.remedy != nil)
            }
        }
    }

    @Test func `a field that is not there is answered with the nearest that is`() throws {
        let layer = try FacilityLayer("labs", [Position(127, 36)])
        let coverage = try Coverage(by: layer, within: [.kilometres(5)], weightField: "poplation")
        let batch = FeatureBatch(points: [Position(127, 36)])
            .with("name", .string(["a"])).with("population", .int([1]))
        let error = #expect(throws: AnalysisError.self) {
            _ = try coverage.measure(batch, layer: "demand")
        }
        #expect(error?.code == .badField && error?.place == "demand")
        #expect(error?.problem == "has no field \"poplation\"")
        #expect(error?.remedy == "did you mean population? its fields are name, population")
    }

    @Test func `a later batch in which no feature has the field counts 0`() throws {
        let layer = try FacilityLayer("labs", [Position(127, 36)])
        let coverage = try Coverage(by: layer, within: [.kilometres(5)], weightField: "n")
        let place = [Position(127, 36)]
        var tally = CoverageTally(of: coverage)
        tally.add(
            try coverage.measure(
                FeatureBatch(points: place).with("n", .int([3])), layer: "demand"))
        tally.add(
            try coverage.measure(FeatureBatch(points: place, firstIndex: 1), layer: "demand"))
        #expect(tally.demandCount == 2 && tally.demandWeight == 3 && tally.unweighted == 1)
    }

    @Test func `no demand has no shares`() throws {
        let layer = try FacilityLayer("labs", [Position(127, 36)])
        for field in [nil, "n"] {
            let coverage = try Coverage(by: layer, within: [.kilometres(5)], weightField: field)
            let (tally, _) = try tally(coverage, FeatureBatch(points: []))
            #expect(tally.coveredShare(0) == nil && tally.coveredWeightShare(0) == nil)
            let areas = try coverage.areas(tally)
            #expect(areas.numbers("covered_share") == [nil])
            #expect(areas.numbers("covered_weight_share") == [nil])
            #expect(areas.numbers("demand_count") == [0])
        }
        // Demand that weighs nothing has a share of features and none of weight.
        let coverage = try Coverage(by: layer, within: [.kilometres(5)], weightField: "n")
        let (tally, _) = try tally(
            coverage, FeatureBatch(points: [Position(127, 36)]).with("n", .int([0])))
        #expect(tally.coveredShare(0) == 1 && tally.coveredWeightShare(0) == nil)
    }

    @Test func `areas and lines cover from their nearest place`() throws {
        let layer = try FacilityLayer(
            name: "sites",
            FeatureBatch(shapes: [
                .polygon([box(127, 36, 127.2, 36.2, step: 1)]),
                .lineString([Position(128, 36), Position(128, 36.5)]),
            ]))
        let coverage = try Coverage(by: layer, within: [.kilometres(5)])
        let places = [
            Position(127.1, 36.1), Position(127.25, 36.1), Position(127.3, 36.1),
            Position(128.05, 36.25), Position(128, 36.54), Position(128, 36.6),
        ]
        let (tally, result) = try tally(coverage, FeatureBatch(points: places))
        #expect(result.truths("covered_5km") == [true, true, false, true, true, false])
        #expect(tally.coveredCounts == [4])
        // What is drawn says the same of places that are not just at its edge.
        let area = try PreparedArea(#require(try coverage.areas(tally).geometry[0]))
        #expect(try places.map { try area.covers($0) } == [true, true, false, true, true, false])
    }

    @Test func `demand that is no point is represented by a position inside it`() throws {
        let layer = try FacilityLayer("labs", [Position(127.1, 36.1)])
        let coverage = try Coverage(by: layer, within: [.kilometres(5)])
        let (tally, _) = try tally(
            coverage,
            FeatureBatch(shapes: [
                .polygon([box(127, 36, 127.2, 36.2, step: 1)]), .point(Position(127.1, 36.1)),
            ]))
        #expect(tally.represented == 1 && tally.coveredCounts == [2])
    }

    @Test func `distances that cannot be meant are refused`() throws {
        let layer = try FacilityLayer("labs", [Position(127, 36)])
        for distances in [[], [0], [5, -1], [.nan]] as [[Double]] {
            let error = #expect(throws: AnalysisError.self) {
                try Coverage(by: layer, within: distances.map { .metres($0) })
            }
            #expect(error?.code == .badArgument)
        }
    }
}
