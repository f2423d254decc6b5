import Analysis
import Features
import Foundation
import Geometry
import Synchronization
import TestSupport
import Testing

/// Work that notes what it found of blocks, is killed, and goes on.
@Suite("Notes of what was found") struct FoundNotesTests {
    /// A metric that counts for how many places it was asked.
    private final class CountingMetric: Metric {
        let name = "geodesic"
        let asked = Mutex(0)

        func prepare(_ shapes: [Shape?]) throws -> any FacilityFinder {
            Finder(base: try GeodesicMetric().prepare(shapes), metric: self)
        }

        struct Finder: FacilityFinder {
            let base: any FacilityFinder
            let metric: CountingMetric

            func nearest(
                longitudes: [Double], latitudes: [Double], k: Int, within limit: Distance?
            ) throws -> NeighbourTable {
                metric.asked.withLock { $0 += longitudes.count }
                return try base.nearest(
                    longitudes: longitudes, latitudes: latitudes, k: k, within: limit)
            }

            func reach(
                longitudes: [Double], latitudes: [Double], within limit: Distance?
            ) throws -> NeighbourRows {
                metric.asked.withLock { $0 += longitudes.count }
                return try base.reach(longitudes: longitudes, latitudes: latitudes, within: limit)
            }
        }
    }

    private static let folder = NSTemporaryDirectory() + "found-notes-\(UUID().uuidString)"

    /// Blocks of places, some of them nowhere.
    private static func blocks(_ count: Int, of size: Int) -> [FeatureBatch] {
        var generator = SeededGenerator(seed: 8)
        return (0..<count).map { block in
            FeatureBatch(
                points: (0..<size).map { row in
                    row == 3
                        ? nil
                        : Position(
                            .random(in: 126...129, using: &generator),
                            .random(in: 35...37, using: &generator))
                }, firstIndex: block * size)
        }
    }

    /// Blocks of squares.
    private static func squares(_ count: Int, of size: Int) -> [FeatureBatch] {
        blocks(count, of: size).map { block in
            var block = block
            block.geometry = GeometryColumn(
                block.geometry.shapes.map { shape in
                    guard case .point(let p)? = shape else { return nil }
                    let corners = [(0.0, 0.0), (0.1, 0.0), (0.1, 0.1), (0.0, 0.1), (0.0, 0.0)]
                    return .polygon([corners.map { Position(p.x + $0.0, p.y + $0.1) }])
                })
            return block
        }
    }

    private static func layer(
        _ metric: any Metric = GeodesicMetric(), _ notes: FoundNotes?
    ) throws -> FacilityLayer {
        try FacilityLayer(
            name: "labs",
            FeatureBatch(points: [Position(127, 36), Position(127.5, 36.2), Position(128, 35.5)]),
            metric: metric, notes: notes)
    }

    /// All cells of a batch, each number with all its digits.
    private static func cells(_ batch: FeatureBatch) -> [[String]] {
        batch.columns.map { column in
            [column.name] + (0..<batch.count).map { "\(column.column[$0])" }
        }
    }

    /// Operations on a batch, each with how many of its rows the metric is asked for.
    private static let operations:
        [(name: String, work: @Sendable (FacilityLayer, FeatureBatch) throws -> FeatureBatch)] = [
            (
                "proximity",
                { try Proximity(targets: [$0], k: 2).measure($1, layer: "towns").batch }
            ),
            (
                "coverage",
                {
                    try Coverage(by: $0, within: [.metres(30_000)], countsDepth: true)
                        .measure($1, layer: "towns").batch
                }
            ),
            (
                "catchment",
                { try Catchment(of: $0, within: .metres(50_000)).assign($1, layer: "towns").batch }
            ),
            (
                "huff",
                { try HuffModel(to: $0, within: .metres(90_000)).measure($1, layer: "towns").batch }
            ),
        ]

    @Test(arguments: operations.indices)
    func `what was found before the kill is not sought again`(at: Int) throws {
        let (name, work) = Self.operations[at]
        let folder = "\(Self.folder)-\(name)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let blocks = Self.blocks(6, of: 40)
        let alone = CountingMetric()
        let layer = try Self.layer(alone, nil)
        let undisturbed = try blocks.map { Self.cells(try work(layer, $0)) }
        let whole = alone.asked.withLock { $0 }

        let first = try Self.layer(FoundNotes(folder: folder))
        for block in blocks.prefix(4) { _ = try work(first, block) }
        // Whatever the order in which blocks come again.
        let metric = CountingMetric()
        let notes = FoundNotes(folder: folder)
        let second = try Self.layer(metric, notes)
        for place in [5, 0, 2, 4, 1, 3] {
            let same = Self.cells(try work(second, blocks[place])) == undisturbed[place]
            #expect(same, "\(name), block \(place)")
        }
        #expect(metric.asked.withLock { $0 } * 3 == whole)
        #expect(notes.restored.features * 3 == whole * 2)
    }

    private static func layer(_ notes: FoundNotes) throws -> FacilityLayer {
        try layer(GeodesicMetric(), notes)
    }

    @Test func `whole shapes and zones are not laid over each other again`() throws {
        let folder = Self.folder + "-shapes"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let zones = Self.squares(3, of: 12)
        func run(_ notes: FoundNotes?, _ blocks: some Collection<FeatureBatch>) throws
            -> [[[String]]]
        {
            let layer = try Self.layer(GeodesicMetric(), notes)
            let coverage = try Coverage(by: layer, within: [.metres(20_000), .metres(60_000)])
            let cover = try ZoneCoverage(coverage)
            let near = try Proximity(targets: [layer], k: 2, isOfShapes: true)
            return try blocks.flatMap { block in
                [
                    Self.cells(try cover.measure(block, layer: "zones").batch),
                    Self.cells(try near.measure(block, layer: "zones").batch),
                ]
            }
        }
        let undisturbed = try run(nil, zones)
        _ = try run(FoundNotes(folder: folder), zones.prefix(2))
        let notes = FoundNotes(folder: folder)
        #expect(try run(notes, zones) == undisturbed)
        #expect(notes.restored == (4, 48))
    }

    @Test func `other questions find no answer in the notes`() throws {
        let folder = Self.folder + "-others"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let block = Self.blocks(1, of: 30)[0]
        func run(_ notes: FoundNotes?, _ k: Int, _ limit: Distance?, shift: Double) throws
            -> [[String]]
        {
            let layer = try FacilityLayer(
                name: "labs", FeatureBatch(points: [Position(127 + shift, 36), Position(128, 35)]),
                notes: notes)
            return Self.cells(
                try Proximity(targets: [layer], k: k, within: limit).measure(block, layer: "a")
                    .batch)
        }
        _ = try run(FoundNotes(folder: folder), 1, nil, shift: 0)
        for (k, limit, shift) in [
            (2, nil, 0.0), (1, Distance.metres(40_000), 0), (1, nil, 1e-9),
        ] as [(Int, Distance?, Double)] {
            let notes = FoundNotes(folder: folder)
            #expect(
                try run(notes, k, limit, shift: shift) == run(nil, k, limit, shift: shift))
            #expect(notes.restored.blocks == 0)
        }
    }

    @Test func `a damaged or shortened file costs notes and no result`() throws {
        let folder = Self.folder + "-damaged"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let blocks = Self.blocks(5, of: 20)
        func run(_ notes: FoundNotes?) throws -> [[[String]]] {
            let layer = try Self.layer(GeodesicMetric(), notes)
            return try blocks.map {
                Self.cells(try Proximity(targets: [layer]).measure($0, layer: "towns").batch)
            }
        }
        let undisturbed = try run(nil)
        _ = try run(FoundNotes(folder: folder))
        let file = URL(filePath: folder + "/found")
        let bytes = try Data(contentsOf: file)
        let size = bytes.count / 5
        var generator = SeededGenerator(seed: 9)
        for round in 0..<60 {
            var damaged = bytes
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            if round < 20 {
                damaged = damaged.prefix(place)
            } else {
                damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            }
            try damaged.write(to: file)
            let notes = FoundNotes(folder: folder)
            #expect(try run(notes) == undisturbed)
            // All notes before the damage are good; a body that is damaged costs no other.
            #expect(notes.restored.blocks >= place / size && notes.restored.blocks < 5)
            // What was lost has been noted again.
            let again = FoundNotes(folder: folder)
            #expect(try run(again) == undisturbed)
            #expect(again.restored.blocks == 5)
        }
    }

    @Test func `a folder that cannot be made costs the notes, not the work`() throws {
        let file = Self.folder + "-file"
        try Data().write(to: URL(filePath: file))
        defer { try? FileManager.default.removeItem(atPath: file) }
        let block = Self.blocks(1, of: 10)[0]
        let noted = try Self.layer(FoundNotes(folder: file + "/below"))
        let plain = try Self.layer(GeodesicMetric(), nil)
        #expect(
            Self.cells(try Proximity(targets: [noted]).measure(block, layer: "a").batch)
                == Self.cells(try Proximity(targets: [plain]).measure(block, layer: "a").batch))
    }
}
