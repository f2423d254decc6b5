import Analysis
import Features
import Geometry
import TestSupport
import Testing

/// Neither the number of tasks nor the cutting of the flow changes a bit of what analyses find.
struct FlowTests {
    static let facilities: FeatureBatch = {
        var random = SeededGenerator(seed: 641)
        let places: [Position?] = random.korea(20) + [nil]
        return FeatureBatch(points: places)
            .with("size", .double(places.indices.map { Double($0 % 4) * 1.7 }))
    }()

    static let demand: FeatureBatch = {
        var random = SeededGenerator(seed: 642)
        let places: [Position?] = random.korea(160).enumerated().map { $0 % 19 == 7 ? nil : $1 }
        return FeatureBatch(points: places)
            .with("n", .double(places.indices.map { $0 % 13 == 4 ? nil : Double($0 % 7) * 0.3 }))
            .with("off", .double(places.indices.map { Double($0 % 5) * 300 }))
            .with("group", .string(places.indices.map { ["가", "나", nil][$0 % 3] }))
    }()

    /// A flow of the demand in batches of a size.
    struct Run {
        let size: Int
        let tasks: Int

        func callAsFunction<Result: Sendable>(
            _ operation: @escaping @Sendable (FeatureBatch) throws -> Result,
            _ consume: (Result) throws -> Void
        ) async throws {
            var source: any FeatureSource = MemorySource(FlowTests.demand.cut(into: size))
            try await OrderedFlow.run(&source, tasks: tasks, operation: operation, consume: consume)
        }
    }

    /// All that comes of a flow: tables to the bit.
    private static func outcome(_ run: Run) async throws -> [FeatureBatch] {
        let layer = try FacilityLayer(name: "labs", facilities)
        let coverage = try Coverage(
            by: layer, within: [.kilometres(20), .kilometres(50)], weightField: "n",
            groupField: "group", countsDepth: true,
            accuracy: .sides(moving: .field("off"), fixed: .metres(500)))
        var (total, depth) = (CoverageTally(of: coverage), CoverageDepthTally(of: coverage))
        var (gaps, groups) = (CoverageGaps(of: coverage), CoverageGroups(of: coverage))
        var covered: [FeatureBatch] = []
        try await run {
            try coverage.measure($0, layer: "demand")
        } _: {
            total.add($0)
            depth.add($0)
            try gaps.add($0)
            groups.add($0)
            covered.append($0.batch)
        }
        let huff = try HuffModel(to: layer, attractionField: "size", weightField: "n")
        var expected = HuffTally(of: huff)
        var flows: [FeatureBatch] = []
        try await run {
            try huff.measure($0, layer: "demand")
        } _: {
            expected.add($0)
            flows.append($0.flows(of: huff))
        }
        let hinterland = try Hinterland(
            around: layer, rings: [.kilometres(10), .kilometres(30)], weightField: "n")
        var rings = HinterlandTally(of: hinterland)
        try await run {
            try hinterland.measure($0, layer: "demand")
        } _: {
            rings.add($0)
        }
        let allocation = try Allocation(to: layer, capacityField: "size", weightField: "n")
        var parts: [Allocation.Part] = []
        try await run {
            try allocation.part(of: $0, layer: "demand")
        } _: {
            parts.append($0)
        }
        let solution = try allocation.solve(parts)
        return [
            .joining(covered), try coverage.areas(total), try coverage.depthAreas(depth),
            try gaps.areas(of: nil), groups.table(), .joining(flows),
            expected.facilities(of: huff), try hinterland.rings(rings),
            .joining(solution.demand), solution.facilities, solution.flowTable,
        ]
    }

    @Test func `neither batches nor tasks change any bit of a result`() async throws {
        try await Self.expectSame(Self.outcome)
    }

    @Test func `nor of what is nearest, assigned, covered by zones, or told of equity`()
        async throws
    {
        try await Self.expectSame(Self.others)
    }

    @Test(arguments: AccessibilityMethod.all.map(\.name) + [RationalAgentModel.name])
    func `nor of accesses`(method: String) async throws {
        try await Self.expectSame { try await Self.accesses(method, $0) }
    }

    private static func expectSame(_ outcome: (Run) async throws -> [FeatureBatch]) async throws {
        let one = try await outcome(Run(size: 1000, tasks: 1))
        for (size, tasks) in [(33, 1), (33, 2), (7, 8)] {
            let other = try await outcome(Run(size: size, tasks: tasks))
            #expect(one.count == other.count)
            for (at, (a, b)) in zip(one, other).enumerated() {
                #expect((a == b) == true, "table \(at) in batches of \(size) on \(tasks) tasks")
            }
        }
    }

    private static let accuracy = PositionAccuracy.sides(
        moving: .field("off"), fixed: .metres(500))

    private static func others(_ run: Run) async throws -> [FeatureBatch] {
        let layer = try FacilityLayer(name: "labs", facilities)
        let proximity = try Proximity(targets: [layer], k: 2, accuracy: accuracy)
        let ends = try proximity.pairEnds()
        var (nearest, lengths): ([FeatureBatch], [Double?]) = ([], [])
        try await run {
            try proximity.measure($0, layer: "demand")
        } _: {
            nearest.append($0.batch)
            lengths += try $0.pairs(ends: ends).numbers("distance_m")
        }
        let catchment = try Catchment(of: layer, weightField: "n", accuracy: accuracy)
        var tally = CatchmentTally(of: catchment)
        var assigned: [FeatureBatch] = []
        try await run {
            try catchment.assign($0, layer: "demand")
        } _: {
            try tally.add($0)
            assigned.append($0.batch)
        }
        let coverage = try Coverage(by: layer, within: [.kilometres(20)], weightField: "n")
        var (sums, each) = (CoverageTally(of: coverage), CoverageByFacility(of: coverage))
        let parts = each
        try await run { batch in
            let measured = try coverage.measure(batch, layer: "demand", forSums: true)
            return (measured, try parts.part(of: measured))
        } _: {
            sums.add($0.0)
            each.add($0.1)
        }
        let zones = try ZoneCoverage(coverage)
        var shares = ZoneCoverageTally(of: zones)
        try await run { batch in
            var batch = batch
            batch.geometry = GeometryColumn(
                batch.geometry.shapes.map { shape in
                    shape?.points.first.map {
                        .polygon([box($0.x, $0.y, $0.x + 0.2, $0.y + 0.2, step: 0.1)])
                    }
                })
            return try zones.measure(batch, layer: "zones")
        } _: {
            shares.add($0)
        }
        let equity = Equity(of: "off", weightField: "n", groupField: "group")
        var spread = EquityTally()
        try await run {
            try equity.measure($0, layer: "demand")
        } _: {
            spread.add($0)
        }
        let lines = FeatureBatch(points: lengths.map { _ in nil }).with("m", .double(lengths))
        return [
            .joining(nearest), lines, .joining(assigned), try catchment.areas(dividing: nil, tally),
            try coverage.areas(sums), try each.areas(), try zones.areas(shares),
            EquityTally.table(of: spread.groups()), spread.lorenz(),
        ]
    }

    private static func accesses(_ name: String, _ run: Run) async throws -> [FeatureBatch] {
        let layer = try FacilityLayer(name: "labs", facilities)
        guard let method = AccessibilityMethod(named: name) else {
            let model = try RationalAgentModel(
                to: layer, within: .kilometres(90), weightField: "off", capacityField: "size",
                accuracy: .metres(300))
            var parts: [RationalAgentModel.Part] = []
            try await run {
                try model.part(of: $0, layer: "demand")
            } _: {
                parts.append($0)
            }
            let solution = try await model.solve(parts, tasks: run.tasks)
            return [.joining(solution.batches), model.facilities(under: solution)]
        }
        let operation = try Accessibility(
            to: layer, method: method, within: .kilometres(60), weightField: "n",
            capacityField: "size", accuracy: accuracy)
        var loads = AccessibilityLoads(of: operation)
        try await run {
            try operation.loads(of: $0, layer: "demand")
        } _: {
            loads.add($0)
        }
        let all = loads
        var scores: [FeatureBatch] = []
        try await run {
            try operation.scores(of: $0, layer: "demand", under: all)
        } _: {
            scores.append($0.batch)
        }
        return [.joining(scores), operation.facilities(under: loads)]
    }
}
