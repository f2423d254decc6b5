import Analysis
import Features
import Geometry
import TestSupport
import Testing

/// Both passes of a method over batches of demand.
func access(
    _ operation: Accessibility, _ batches: [FeatureBatch]
) throws -> (batches: [FeatureBatch], loads: AccessibilityLoads, tally: AccessibilityTally) {
    var loads = AccessibilityLoads(of: operation)
    for batch in batches { loads.add(try operation.loads(of: batch, layer: "demand")) }
    var tally = AccessibilityTally()
    let scored = try batches.map { batch in
        let scored = try operation.scores(of: batch, layer: "demand", under: loads)
        tally.add(scored)
        return scored.batch
    }
    return (scored, loads, tally)
}

/// Sums run in other orders than in the definitions.
func isClose(_ a: Double?, _ b: Double?, _ tolerance: Double = 1e-12) -> Bool {
    guard let a, let b else { return a == nil && b == nil }
    return abs(a - b) <= tolerance * max(abs(a), abs(b))
}

struct AccessibilityTests {
    static let decays: [DistanceDecay] = [
        .binary,
        .steps([
            .init(upTo: .kilometres(10), weight: 1), .init(upTo: .kilometres(30), weight: 0.4),
        ]),
        .power(exponent: 1.5, scale: .kilometres(2)), .exponential(scale: .kilometres(9)),
        .gaussian(sigma: .kilometres(15)), .gaussianToZero(at: .kilometres(40)),
        .logLogistic(median: .kilometres(12), exponent: 3),
        .epanechnikov(bandwidth: .kilometres(35)),
    ]

    private static let facilities: [Position?] = {
        var random = SeededGenerator(seed: 401)
        var places: [Position?] = random.korea(30)
        places[3] = nil
        // Two at one place, and one that nobody reaches.
        places[5] = places[4]
        places[6] = Position(140, 20)
        return places
    }()
    private static let capacities = facilities.indices.map { Double($0 % 7) * 2.5 }
    private static let demand: [Position?] = {
        var random = SeededGenerator(seed: 402)
        var places: [Position?] = random.korea(200)
        places[10] = nil
        // One where facilities are, and one that reaches nothing.
        places[11] = facilities[4]
        places[12] = Position(131.9, 37.2)
        return places
    }()
    private static let weights = demand.indices.map { Double($0 % 11) }
    private static let limit = Distance.kilometres(40)

    private static func supply() throws -> FacilityLayer {
        try FacilityLayer(
            name: "clinics", FeatureBatch(points: facilities).with("beds", .double(capacities)))
    }

    private static var batch: FeatureBatch {
        FeatureBatch(points: demand).with("people", .double(weights))
    }

    private static func plain(_ decay: DistanceDecay) -> PlainCase {
        PlainCase(
            // Demand without a place asks for nothing.
            demand: zip(demand, weights).map { $0 == nil ? 0 : $1 }, supply: capacities,
            metres: demand.map { place in
                facilities.map { site in place.flatMap { place in site.map { karney(place, $0) } } }
            }, limit: limit.metres, decay: decay)
    }

    @Test(arguments: AccessibilityMethod.all.map(\.name), decays.indices)
    func `access and loads are those of the definition`(name: String, decay: Int) throws {
        let decay = Self.decays[decay]
        let method = try #require(AccessibilityMethod(named: name))
        if ["cumulative", "2sfca"].contains(name), decay != .binary { return }
        let operation = try Accessibility(
            to: Self.supply(), method: method, within: Self.limit, decay: decay,
            weightField: "people", capacityField: "beds")
        let found = try access(operation, [Self.batch])
        let plain = Self.plain(decay)
        // Near 0 a kernel's relative error is that of the distance times its slope.
        let tolerance = 1e-9
        let expected = plain.access(name)
        let scores = found.batches[0].numbers("access")
        let counts = found.batches[0].numbers("reached_count")
        for i in plain.demand.indices {
            if Self.demand[i] == nil {
                #expect(scores[i] == nil && counts[i] == nil)
                continue
            }
            #expect(isClose(scores[i], expected[i], tolerance), "place \(i)")
            #expect(counts[i] == Double(plain.reach[i].count { $0 != nil }))
        }
        let loads = plain.loads(name)
        for j in plain.supply.indices {
            if method.sharesSupply { #expect(isClose(found.loads.loads[j], loads[j], tolerance)) }
            #expect(found.loads.counts[j] == plain.reach.count { $0[j] != nil })
        }
    }

    @Test(arguments: ["2sfca", "e2sfca", "g2sfca", "kd2sfca", "3sfca", "m2sfca", "bfca"])
    func `what is shared out is what there is`(name: String) throws {
        let operation = try Accessibility(
            to: Self.supply(), method: try #require(AccessibilityMethod(named: name)),
            within: Self.limit, weightField: "people", capacityField: "beds")
        let (_, loads, tally) = try access(operation, [Self.batch])
        let reached = zip(loads.loads, Self.capacities).reduce(0) { $1.0 > 0 ? $0 + $1.1 : $0 }
        switch name {
        case "m2sfca": #expect(tally.total < reached && tally.total > 0)
        case "bfca":
            let plain = Self.plain(.gaussianToZero(at: Self.limit))
            let served = zip(plain.demand, plain.w).reduce(0) { sum, place in
                place.1.contains { $0 > 0 } ? sum + place.0 : sum
            }
            #expect(isClose(loads.loads.reduce(0, +), served))
        default: #expect(isClose(tally.total, reached))
        }
    }

    @Test func `balanced access adds up to the level of service`() throws {
        let operation = try Accessibility(
            to: Self.supply(), method: .balanced, within: Self.limit, weightField: "people",
            capacityField: "beds")
        let (batches, loads, _) = try access(operation, [Self.batch])
        let service = zip(Self.capacities, loads.loads).reduce(0) {
            $1.1 > 0 ? $0 + $1.0 / $1.1 : $0
        }
        #expect(isClose(batches[0].numbers("access").reduce(0) { $0 + ($1 ?? 0) }, service))
    }

    @Test func `a flow cut into batches is scored alike`() throws {
        let operation = try Accessibility(
            to: Self.supply(), method: .threeStep, within: Self.limit, weightField: "people",
            capacityField: "beds")
        let whole = try access(operation, [Self.batch])
        let cut = try access(operation, Self.batch.cut(into: 7))
        let scores = cut.batches.flatMap { $0.numbers("access") }
        for (a, b) in zip(whole.batches[0].numbers("access"), scores) { #expect(isClose(a, b)) }
        #expect(whole.loads.counts == cut.loads.counts)
        // The loads of one batch after another are the same to the bit in any run.
        #expect(try access(operation, Self.batch.cut(into: 7)).loads == cut.loads)
    }

    @Test func `demand exactly at the limit counts`() throws {
        let (home, site) = (Position(127.1, 36.1), Position(127.3, 36.2))
        let metres = karney(home, site)
        let supply = try FacilityLayer("clinics", [site])
        for (limit, access) in [(metres.nextDown, 0.0), (metres, 1), (metres.nextUp, 1)] {
            let operation = try Accessibility(
                to: supply, method: .twoStep, within: .metres(limit))
            let found = try accesses(operation, [home])
            #expect(found == [access], "\(limit)")
        }
    }

    private func accesses(
        _ operation: Accessibility, _ places: [Position?]
    ) throws -> [Double?] {
        try access(operation, [FeatureBatch(points: places)]).batches[0].numbers("access")
    }

    @Test(arguments: AccessibilityMethod.all.map(\.name))
    func `small cases come out as on paper`(name: String) throws {
        let method = try #require(AccessibilityMethod(named: name))
        let home = Position(127, 36)
        let one = try FacilityLayer("clinics", [home])
        let operation = try Accessibility(to: one, method: method, within: .kilometres(5))
        // No demand at all.
        let empty = try access(operation, [FeatureBatch(points: [])])
        #expect(empty.tally.summary() == nil && empty.loads.counts == [0])
        // All at the place of the one facility: four share it, whatever the decay.
        let same = try accesses(operation, Array(repeating: home, count: 4))
        let weight = operation.decay.weight(at: 0)
        let expected: Double =
            switch name {
            case "cumulative", "gravity": weight
            case "m2sfca": weight / 4
            case "bfca": 1.0 / 16
            default: 1.0 / 4
            }
        for score in same { #expect(isClose(score, expected), "\(name)") }
    }

    @Test func `a place without access says why`() throws {
        let supply = try FacilityLayer(
            name: "clinics",
            FeatureBatch(points: [
                Position(127, 36), Position(128, 36), Position(129, 36), Position(126, 33),
            ]).with("beds", .double([0, 5, 7, 1])))
        let places: [Position?] = [
            Position(127, 36), Position(128, 36), Position(129, 36.01), nil, Position(125, 38),
        ]
        let operation = try Accessibility(
            to: supply, method: .twoStep, within: .kilometres(5), weightField: "people",
            capacityField: "beds")
        let batch = FeatureBatch(points: places).with("people", .double([3, 0, 14, 2, nil]))
        let found = try access(operation, [batch])
        #expect(found.batches[0].numbers("access") == [0, 0, 0.5, nil, 0])
        #expect(
            found.batches[0].texts("access_reason") == [
                "the supply within reach is zero", "the supply within reach has no demand", nil,
                "has no place", "no supply within reach",
            ])
        #expect(found.tally.unlocated == 1 && found.tally.unweighted == 1)
        #expect(found.tally.zeroCount == 3)
        let facilities = operation.facilities(under: found.loads)
        #expect(facilities.numbers("load") == [3, 0, 14, 0])
        #expect(facilities.numbers("demand_count") == [1, 1, 1, 0])
        #expect(facilities.numbers("supply_ratio") == [0, nil, 0.5, nil])
        #expect(facilities.numbers("crowding") == [nil, 0, 2, 0])
        #expect(
            facilities.texts("load_reason") == [
                nil, "the demand within reach is zero", nil, "no demand within reach",
            ])
        // A kernel that is 0 where the facility is.
        let kernel = try Accessibility(
            to: supply, method: .gravity, within: .kilometres(5),
            decay: .epanechnikov(bandwidth: .kilometres(1)), capacityField: "beds")
        let far = try access(kernel, [FeatureBatch(points: [Position(128, 36.03)])])
        #expect(
            far.batches[0].texts("access_reason") == [
                "the distance decay is zero at the supply within reach"
            ])
    }

    @Test(arguments: [Value.int(-1), .double(.nan), .string("many")])
    func `a weight or capacity that is no number of at least 0 is named`(bad: Value) throws {
        var column = ColumnBuilder()
        column.append(bad)
        let batch = FeatureBatch(points: [Position(127, 36)], ids: .string(["a"]))
            .with("n", column.finish())
        let capacity = #expect(throws: AnalysisError.self) {
            _ = try Accessibility(
                to: try FacilityLayer(name: "clinics", batch), method: .twoStep,
                within: .kilometres(5), capacityField: "n")
        }
        #expect(capacity?.place == "clinics, feature 1 (id \"a\")")
        #expect(capacity?.problem.hasPrefix("the capacity \"n\" is") == true)
        let operation = try Accessibility(
            to: try FacilityLayer("clinics", [Position(127, 36)]), method: .twoStep,
            within: .kilometres(5), weightField: "n")
        let weight = #expect(throws: AnalysisError.self) {
            _ = try operation.loads(of: batch, layer: "homes")
        }
        #expect(weight?.place == "homes, feature 1 (id \"a\")" && weight?.code == .badField)
    }

    @Test func `what cannot be meant is refused`() throws {
        let supply = try FacilityLayer("clinics", [Position(127, 36)])
        for limit in [0, -5, Double.nan] {
            #expect(throws: AnalysisError.self) {
                try Accessibility(to: supply, method: .balanced, within: .metres(limit))
            }
        }
        let error = #expect(throws: AnalysisError.self) {
            try Accessibility(
                to: supply, method: .twoStep, within: .kilometres(5),
                decay: .gaussian(sigma: .kilometres(2)))
        }
        #expect(error?.remedy == "leave the decay out, or choose e2sfca")
        let negative = DistanceDecay.steps([.init(upTo: .kilometres(1), weight: -1)])
        for decay in [.gaussian(sigma: .metres(0)), .steps([]), negative] as [DistanceDecay] {
            #expect(throws: AnalysisError.self) {
                try Accessibility(
                    to: supply, method: .gravity, within: .kilometres(5), decay: decay)
            }
        }
    }

    @Test func `another metric is asked in its own way`() throws {
        let supply = try FacilityLayer(
            name: "clinics", FeatureBatch(points: (0..<90).map { Position(Double($0), 0) }),
            metric: PlaneMetric())
        let operation = try Accessibility(
            to: supply, method: .cumulativeOpportunities, within: .kilometres(30))
        // A degree is a kilometre here: thirty on either side and the one in the middle.
        #expect(try accesses(operation, [Position(45, 0), Position(0, 0)]) == [61, 31])
    }
}
