import Analysis
import Features
import Geometry
import TestSupport
import Testing

/// What must not change an answer, for the methods beside the nearest, the covered and the assigned.
struct MetamorphicMethodsTests {
    private static let facilities: FeatureBatch = {
        var random = SeededGenerator(seed: 801)
        return FeatureBatch(points: random.korea(12))
            .with("size", .double((0..<12).map { Double(1 + $0 * 5 % 7) }))
    }()

    private static let demand: FeatureBatch = {
        var random = SeededGenerator(seed: 802)
        let points: [Position?] = random.korea(90) + [nil]
        return FeatureBatch(points: points).with("n", .double((0..<91).map { Double($0 % 6) }))
    }()

    /// What a method says of each feature of the demand, in order.
    typealias Method = @Sendable (FacilityLayer, [FeatureBatch]) throws -> [[Double?]]

    static let methods: [(name: String, run: Method)] = [
        (
            "weighted catchments",
            { layer, batches in
                let operation = try Catchment(of: layer, dividingBy: "size")
                return try batches.map {
                    try operation.assign($0, layer: "d").batch
                }.flatMap { batch in
                    zip(batch.numbers("distance_m"), batch.numbers("weighted_distance")).map {
                        [$0, $1]
                    }
                }
            }
        ),
        (
            "Huff",
            { layer, batches in
                let operation = try HuffModel(
                    to: layer, attractionField: "size", within: .kilometres(200))
                return try batches.map {
                    try operation.measure($0, layer: "d").batch
                }.flatMap { batch in
                    zip(batch.numbers("probability"), batch.numbers("expected_distance_m")).map {
                        [$0, $1]
                    }
                }
            }
        ),
        (
            "proximity of shapes",
            { layer, batches in
                let operation = try Proximity(targets: [layer], k: 2, isOfShapes: true)
                return try batches.map {
                    try operation.measure($0, layer: "d").batch
                }.flatMap { batch in
                    zip(
                        batch.numbers("\(layer.name)_1_m"), batch.numbers("\(layer.name)_2_m")
                    ).map { [$0, $1] }
                }
            }
        ),
        (
            "hinterland",
            { layer, batches in
                let operation = try Hinterland(
                    around: layer, rings: [.kilometres(30), .kilometres(90)], weightField: "n",
                    accuracy: .metres(500))
                var tally = HinterlandTally(of: operation)
                for batch in batches { tally.add(try operation.measure(batch, layer: "d")) }
                return (tally.weights + tally.low + tally.high).map { $0.map { $0 } }
            }
        ),
    ]

    @Test(arguments: methods.indices)
    func `cutting the flow changes no bit`(method: Int) throws {
        let layer = try FacilityLayer(name: "labs", Self.facilities)
        let whole = try Self.methods[method].run(layer, [Self.demand])
        #expect(!whole.isEmpty)
        for size in [1, 7, 64] {
            #expect(try Self.methods[method].run(layer, Self.demand.cut(into: size)) == whole)
        }
    }

    @Test(arguments: methods.indices, [-127.0, 52.25])
    func `turning everything around the axis changes nothing`(method: Int, degrees: Double) throws {
        let run = Self.methods[method].run
        let here = try run(FacilityLayer(name: "labs", Self.facilities), [Self.demand])
        let there = try run(
            FacilityLayer(name: "labs", Self.facilities.turned(by: degrees)),
            [Self.demand.turned(by: degrees)])
        #expect(here.count == there.count)
        for (a, b) in zip(here, there) {
            for (x, y) in zip(a, b) {
                #expect((x == nil) == (y == nil))
                // Rounding of coordinates moves a place by nanometres.
                #expect(abs((x ?? 0) - (y ?? 0)) <= 2 * micrometre)
            }
        }
    }

    @Test(arguments: methods.indices)
    func `the order of the demand and of the facilities changes nothing`(method: Int) throws {
        let run = Self.methods[method].run
        let layer = try FacilityLayer(name: "labs", Self.facilities)
        let rows = Array((0..<91).reversed())
        let forward = try run(layer, [Self.demand])
        let turned = try run(layer, [Self.demand.taking(rows)])
        let others = try run(
            FacilityLayer(name: "labs", Self.facilities.taking(Array((0..<12).reversed()))),
            [Self.demand])
        if forward.count == 91 {
            #expect(Array(turned.reversed()) == forward)
            for (a, b) in zip(forward, others) {
                for (x, y) in zip(a, b) { #expect(abs((x ?? 0) - (y ?? 0)) <= 2 * micrometre) }
            }
        } else {
            #expect(turned == forward)
            let blocks = stride(from: 0, to: others.count, by: 12).flatMap {
                others[$0..<$0 + 12].reversed()
            }
            #expect(blocks == forward)
        }
    }
}
