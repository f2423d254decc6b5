import Analysis
import Features
import Geometry
import TestSupport
import Testing

/// What must not change when the question is put another way.
struct MetamorphicTests {
    private static let facilities: [Position] = {
        var random = SeededGenerator(seed: 81)
        return random.korea(24)
    }()

    private static let demand: FeatureBatch = {
        var random = SeededGenerator(seed: 82)
        let places: [Position?] = random.korea(120).enumerated().map { $0 % 17 == 5 ? nil : $1 }
        return FeatureBatch(
            points: places, ids: .string(places.indices.map { $0 % 5 == 0 ? nil : "d\($0)" })
        ).with("n", .double(places.indices.map { $0 % 11 == 3 ? nil : Double($0 % 7) * 0.1 }))
    }()

    private static func operations(
        _ facilities: [Position], limit: Distance? = .kilometres(60)
    ) throws -> (proximity: Proximity, coverage: Coverage, catchment: Catchment) {
        let layer = try FacilityLayer("labs", facilities)
        return (
            try Proximity(targets: [layer], k: 3, within: limit),
            try Coverage(
                by: layer, within: [.kilometres(8), .kilometres(25)], weightField: "n"),
            try Catchment(of: layer, within: limit, weightField: "n")
        )
    }

    /// All that comes of a flow, with every figure to the bit.
    private struct Outcome: Equatable {
        var batches: [FeatureBatch] = []
        var figures: [[Double?]] = []
        var areas: [FeatureBatch] = []
    }

    private static func figures(_ tally: ProximityTally) -> [Double?] {
        [tally.count, tally.unlocated, tally.represented].map { Double($0) }
            + tally.rows.flatMap {
                [Double($0.reached), Double($0.unreached), $0.mean, $0.least, $0.greatest]
            }
    }

    private static func figures(_ tally: CoverageTally) -> [Double?] {
        [tally.demandCount, tally.unlocated, tally.unweighted, tally.represented].map { Double($0) }
            + [tally.demandWeight] + tally.coveredCounts.map { Double($0) } + tally.coveredWeights
    }

    private static func figures(_ tally: CatchmentTally) -> [Double?] {
        [tally.unassigned, tally.unlocated, tally.unweighted, tally.represented].map { Double($0) }
            + tally.counts.map { Double($0) } + tally.weights
            + tally.counts.indices.flatMap { [tally.meanDistance($0), tally.maxDistance($0)] }
    }

    private static func flow(_ batches: [FeatureBatch], tasks: Int) async throws -> Outcome {
        let (proximity, coverage, catchment) = try operations(facilities)
        var outcome = Outcome()
        var near: [FeatureBatch] = []
        var pairs: [FeatureBatch] = []
        var first = ProximityTally(of: proximity)
        var source: any FeatureSource = MemorySource(batches)
        try await OrderedFlow.run(&source, tasks: tasks) {
            try proximity.measure($0, layer: "demand")
        } consume: {
            first.add($0)
            near.append($0.batch)
            pairs.append(try $0.pairs(firstIndex: pairs.reduce(0) { $0 + $1.count }))
        }
        var covered: [FeatureBatch] = []
        var second = CoverageTally(of: coverage)
        source = MemorySource(batches)
        try await OrderedFlow.run(&source, tasks: tasks) {
            try coverage.measure($0, layer: "demand")
        } consume: {
            second.add($0)
            covered.append($0.batch)
        }
        var assigned: [FeatureBatch] = []
        var third = CatchmentTally(of: catchment)
        source = MemorySource(batches)
        try await OrderedFlow.run(&source, tasks: tasks) {
            try catchment.assign($0, layer: "demand")
        } consume: {
            try third.add($0)
            assigned.append($0.batch)
        }
        outcome.batches = [near, pairs, covered, assigned].map(FeatureBatch.joining)
        outcome.figures = [figures(first), figures(second), figures(third)]
        outcome.areas = [try coverage.areas(second), try catchment.areas(dividing: nil, third)]
        return outcome
    }

    @Test func `neither batches nor tasks change any bit of a result`() async throws {
        let whole = try await Self.flow([Self.demand], tasks: 1)
        #expect(whole.figures[0][1] == Double(Self.demand.geometry.validity.nullCount))
        for (size, tasks) in [(1, 8), (7, 1), (100, 8)] {
            let other = try await Self.flow(Self.demand.cut(into: size), tasks: tasks)
            #expect(other.figures == whole.figures, "batches of \(size), \(tasks) tasks")
            for (a, b) in zip(other.batches + other.areas, whole.batches + whole.areas) {
                #expect(a == b, "batches of \(size), \(tasks) tasks")
            }
        }
    }

    @Test func `the same question has the same answer to the bit`() async throws {
        let first = try await Self.flow([Self.demand], tasks: 4)
        #expect(try await Self.flow([Self.demand], tasks: 4) == first)
    }

    /// The last turns Korea across the antimeridian.
    @Test(arguments: [-127.0, 10, 52.25, -306.5])
    func `turning everything around the axis changes no distance`(degrees: Double) throws {
        let still = try Self.operations(Self.facilities)
        let turned = try Self.operations(
            Self.facilities.map { Position(east($0.x, degrees), $0.y) })
        let there = Self.demand.turned(by: degrees)
        let near = (
            try still.proximity.measure(Self.demand, layer: "demand").batch,
            try turned.proximity.measure(there, layer: "demand").batch
        )
        for rank in 1...3 {
            #expect(near.0["labs_\(rank)_id"] == near.1["labs_\(rank)_id"])
            expectClose(near.0.numbers("labs_\(rank)_m"), near.1.numbers("labs_\(rank)_m"))
        }
        let covered = (
            try still.coverage.measure(Self.demand, layer: "demand").batch,
            try turned.coverage.measure(there, layer: "demand").batch
        )
        #expect(covered.0["covered_8km"] == covered.1["covered_8km"])
        #expect(covered.0["covered_25km"] == covered.1["covered_25km"])
        let assigned = (
            try still.catchment.assign(Self.demand, layer: "demand").batch,
            try turned.catchment.assign(there, layer: "demand").batch
        )
        #expect(assigned.0["facility_id"] == assigned.1["facility_id"])
        expectClose(assigned.0.numbers("distance_m"), assigned.1.numbers("distance_m"))
    }

    /// Two distances, each right to a micrometre.
    private func expectClose(
        _ a: [Double?], _ b: [Double?], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(a.map { $0 == nil } == b.map { $0 == nil }, sourceLocation: sourceLocation)
        for (a, b) in zip(a, b) {
            #expect(abs((a ?? 0) - (b ?? 0)) <= 2 * micrometre, sourceLocation: sourceLocation)
        }
    }

    @Test func `the order of facilities matters among equals only`() throws {
        var random = SeededGenerator(seed: 83)
        // Twins at one position, so that there are equals.
        let facilities = Self.facilities + Self.facilities.prefix(6)
        let order = Array(facilities.indices).shuffled(using: &random)
        let still = try Self.operations(facilities)
        let mixed = try Self.operations(order.map { facilities[$0] })
        func positions(_ texts: [String?], _ place: (Int) -> Position) -> [Position?] {
            texts.map { $0.flatMap { Int($0) }.map { place($0 - 1) } }
        }
        let a = try still.proximity.measure(Self.demand, layer: "demand")
        let b = try mixed.proximity.measure(Self.demand, layer: "demand")
        for rank in 1...3 {
            let found = b.batch.texts("labs_\(rank)_id")
            #expect(a.batch["labs_\(rank)_m"] == b.batch["labs_\(rank)_m"])
            // The same position every time, and of twins the first in the layer's order.
            #expect(
                positions(a.batch.texts("labs_\(rank)_id")) { facilities[$0] }
                    == positions(found) { facilities[order[$0]] })
        }
        for (row, place) in Self.demand.geometry.shapes.enumerated() {
            guard case .point(let place) = place else { continue }
            let expected = scan(order.map { facilities[$0] }, from: place)[0]
            guard expected.distance <= 60_000 else { continue }
            #expect(b.batch.texts("labs_1_id")[row] == String(expected.index + 1))
        }
        var tallies = (CoverageTally(of: still.coverage), CoverageTally(of: mixed.coverage))
        tallies.0.add(try still.coverage.measure(Self.demand, layer: "demand"))
        tallies.1.add(try mixed.coverage.measure(Self.demand, layer: "demand"))
        #expect(Self.figures(tallies.0) == Self.figures(tallies.1))
        let areas = (
            try still.coverage.areas(tallies.0), try mixed.coverage.areas(tallies.1)
        )
        for (a, b) in zip(areas.0.numbers("area_km2"), areas.1.numbers("area_km2")) {
            #expect(abs((a ?? 0) / (b ?? 1) - 1) < 1e-9)
        }
    }

    @Test func `a facility more can only bring facilities nearer`() throws {
        let few = try Self.operations(Array(Self.facilities.dropLast(12)), limit: nil)
        let many = try Self.operations(Self.facilities, limit: nil)
        let a = try few.proximity.measure(Self.demand, layer: "demand").batch
        let b = try many.proximity.measure(Self.demand, layer: "demand").batch
        for rank in 1...3 {
            let pairs = zip(a.numbers("labs_\(rank)_m"), b.numbers("labs_\(rank)_m"))
            #expect(pairs.allSatisfy { $1 ?? 0 <= ($0 ?? 0) })
        }
    }
}
