import Analysis
import Features
import Geometry
import TestSupport
import Testing

/// Neither the number of tasks nor the cutting of the flow changes a bit of what analyses find.
struct FlowTests {
    private static let facilities: FeatureBatch = {
        var random = SeededGenerator(seed: 641)
        let places: [Position?] = random.korea(20) + [nil]
        return FeatureBatch(points: places)
            .with("size", .double(places.indices.map { Double($0 % 4) * 1.7 }))
    }()

    private static let demand: FeatureBatch = {
        var random = SeededGenerator(seed: 642)
        let places: [Position?] = random.korea(160).enumerated().map { $0 % 19 == 7 ? nil : $1 }
        return FeatureBatch(points: places)
            .with("n", .double(places.indices.map { $0 % 13 == 4 ? nil : Double($0 % 7) * 0.3 }))
            .with("off", .double(places.indices.map { Double($0 % 5) * 300 }))
            .with("group", .string(places.indices.map { ["가", "나", nil][$0 % 3] }))
    }()

    /// All that comes of a flow: tables to the bit.
    private static func outcome(_ size: Int, tasks: Int) async throws -> [FeatureBatch] {
        let layer = try FacilityLayer(name: "labs", facilities)
        let batches = demand.cut(into: size)
        func run<Result: Sendable>(
            _ operation: @escaping @Sendable (FeatureBatch) throws -> Result,
            _ consume: (Result) throws -> Void
        ) async throws {
            var source: any FeatureSource = MemorySource(batches)
            try await OrderedFlow.run(&source, tasks: tasks, operation: operation, consume: consume)
        }
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
        let one = try await Self.outcome(1000, tasks: 1)
        for (size, tasks) in [(33, 1), (33, 2), (7, 8)] {
            let other = try await Self.outcome(size, tasks: tasks)
            for (at, (a, b)) in zip(one, other).enumerated() {
                #expect(a == b, "table \(at) in batches of \(size) on \(tasks) tasks")
            }
        }
    }
}
