import Analysis
import Features
import Geometry
import TestSupport
import Testing

struct ProximityTests {
    /// Three layers of 200, 40 and 3 points in Korea, with identifiers and names.
    private static let layers: [(name: String, positions: [Position])] = {
        var random = SeededGenerator(seed: 51)
        return [("schools", 200), ("labs", 40), ("ports", 3)].map { ($0.0, random.korea($0.1)) }
    }()

    private static func targets() throws -> [FacilityLayer] {
        try layers.map { name, positions in
            var batch = FeatureBatch(
                points: positions, ids: .string(positions.indices.map { "\(name)-\($0)" }))
            batch.set("name_ko", .string(positions.indices.map { "\(name) \($0)번" }))
            return try FacilityLayer(name: name, batch)
        }
    }

    private static let features: [Position] = {
        var random = SeededGenerator(seed: 52)
        return random.korea(60)
    }()

    @Test(arguments: 1...5)
    func `the nearest of every layer are those of a full scan`(k: Int) throws {
        let proximity = try Proximity(targets: Self.targets(), k: k)
        let batch = FeatureBatch(points: Self.features)
            .with("kept", .int(Self.features.indices.map { $0 }))
        let result = try proximity.measure(batch, layer: "places").batch
        #expect(result.count == batch.count && result["kept"] == batch["kept"])
        #expect(result.geometry == batch.geometry)
        for (name, positions) in Self.layers {
            for rank in 0..<k {
                let ids = result.texts("\(name)_\(rank + 1)_id")
                let names = result.texts("\(name)_\(rank + 1)_name")
                let metres = result.numbers("\(name)_\(rank + 1)_m")
                for (row, feature) in Self.features.enumerated() {
                    let expected = scan(positions, from: feature).dropFirst(rank).first
                    #expect(ids[row] == expected.map { "\(name)-\($0.index)" })
                    #expect(names[row] == expected.map { "\(name) \($0.index)번" })
                    #expect((metres[row] == nil) == (expected == nil))
                    if let expected, let found = metres[row] {
                        #expect(abs(found - expected.distance) <= micrometre)
                    }
                }
            }
        }
        // Columns come layer by layer, rank by rank.
        #expect(
            result.columns.map(\.name)
                == ["kept"]
                + Self.layers.flatMap { layer in
                    (1...k).flatMap { rank in
                        ["id", "name", "m"].map { "\(layer.name)_\(rank)_\($0)" }
                    }
                })
    }

    @Test(arguments: [1, 3])
    func `a facility exactly at the limit counts`(k: Int) throws {
        let positions = Self.layers[1].positions
        let layer = try FacilityLayer("labs", positions)
        for feature in Self.features.prefix(40) {
            let ranked = scan(positions, from: feature)
            let limit = ranked[k - 1].distance
            for (metres, count) in [(limit, k), (limit.nextDown, k - 1), (limit.nextUp, k)] {
                let proximity = try Proximity(targets: [layer], k: k, within: .metres(metres))
                let batch = FeatureBatch(points: [feature])
                let result = try proximity.measure(batch, layer: "places").batch
                for rank in 0..<k {
                    #expect(
                        result.texts("labs_\(rank + 1)_id")[0]
                            == (rank < count ? String(ranked[rank].index + 1) : nil))
                }
            }
        }
    }

    @Test func `features and facilities without a place have no distance`() throws {
        let layer = try FacilityLayer(
            "labs", [nil, Position(127, 36), nil, Position(128, 36), nil],
            ids: .string(["a", "b", "c", "d", "e"]))
        let proximity = try Proximity(targets: [layer], k: 3)
        let measured = try proximity.measure(
            FeatureBatch(points: [nil, Position(127.9, 36), nil, Position(127, 36)]),
            layer: "places")
        let result = measured.batch
        #expect(result.texts("labs_1_id") == [nil, "d", nil, "b"])
        #expect(result.texts("labs_2_id") == [nil, "b", nil, "d"])
        #expect(result.texts("labs_3_id") == [nil, nil, nil, nil])
        #expect(result.numbers("labs_1_m")[0] == nil && result.numbers("labs_1_m")[3] == 0)
        var tally = ProximityTally(of: proximity)
        tally.add(measured)
        #expect(tally.count == 4 && tally.unlocated == 2 && tally.represented == 0)
        #expect(tally.rows[0].reached == 2 && tally.rows[0].unreached == 0)
    }

    @Test func `empty points have no place either`() throws {
        let layer = try FacilityLayer(
            name: "labs",
            FeatureBatch(shapes: [.point(.empty), .point(Position(127, 36)), .multiPoint([])]))
        let proximity = try Proximity(targets: [layer])
        let batch = FeatureBatch(shapes: [.point(.empty), .polygon([]), .point(Position(127, 36))])
        let measured = try proximity.measure(batch, layer: "places")
        #expect(measured.batch.texts("labs_1_id") == [nil, nil, "2"])
        var tally = ProximityTally(of: proximity)
        tally.add(measured)
        #expect(tally.unlocated == 2 && tally.represented == 0)
    }

    @Test func `facilities without identifiers are known by their place in the layer`() throws {
        let positions = [Position(127, 36), Position(128, 36), Position(129, 36)]
        let some = try FacilityLayer("labs", positions, ids: .string([nil, "b", nil]))
        #expect(some.ids == ["1", "b", "3"])
        let later = try FacilityLayer(
            name: "labs", FeatureBatch(points: positions, firstIndex: 10))
        #expect(later.ids == ["11", "12", "13"])
        let numbered = try FacilityLayer("labs", positions, ids: .int([30, nil, 10]))
        #expect(numbered.ids == ["30", "2", "10"])
    }

    @Test func `a feature that is no point is measured from a position inside it`() throws {
        let ring = [
            Position(127, 36), Position(127.4, 36), Position(127.4, 36.3), Position(127, 36),
        ]
        let shapes: [Shape] = [
            .polygon([ring]),
            .lineString([Position(127, 36), Position(127.1, 36), Position(128, 36.2)]),
            .multiPoint([Position(127, 36), Position(127.2, 36.1)]),
            .multiPolygon([
                [ring],
                [[Position(129, 35), Position(129.1, 35), Position(129, 35.1), Position(129, 35)]],
            ]),
            .point(Position(127.7, 36.4)),
        ]
        let layer = try FacilityLayer("labs", Self.layers[1].positions)
        let proximity = try Proximity(targets: [layer])
        let measured = try proximity.measure(FeatureBatch(shapes: shapes), layer: "places")
        for (row, shape) in shapes.enumerated() {
            let inside = try #require(try shape.interiorPoint())
            let expected = scan(Self.layers[1].positions, from: inside)[0]
            #expect(measured.batch.texts("labs_1_id")[row] == String(expected.index + 1))
            let found = try #require(measured.batch.numbers("labs_1_m")[row])
            #expect(abs(found - expected.distance) <= micrometre)
        }
        var tally = ProximityTally(of: proximity)
        tally.add(measured)
        #expect(tally.represented == 4)
    }

    @Test func `areas, lines and several points are as near as their nearest place`() throws {
        let edge = box(127.2, 36.2, 127.24, 36.23, step: 1)
        let line = [Position(127.5, 36), Position(127.5, 36.05), Position(127.56, 36.08)]
        let points = [Position(127.8, 36), Position(127.3, 36.1), Position(126.8, 36)]
        let layer = try FacilityLayer(
            name: "sites",
            FeatureBatch(
                shapes: [.polygon([edge]), nil, .lineString(line), .multiPoint(points)],
                ids: ["area", "none", "line", "points"]))
        /// Every metre or two along a chain: where the place nearest to another at least 500 m away
        /// lies within a metre of one of these, the distance is right within a millimetre.
        func sampled(_ chain: [Position]) -> [Position] {
            zip(chain, chain.dropFirst()).flatMap { a, b in
                let pieces = Int(karney(a, b).rounded(.up))
                return (0...pieces).map { i in
                    let t = Double(i) / Double(pieces)
                    return Position(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t)
                }
            }
        }
        let candidates = [("area", sampled(edge)), ("line", sampled(line)), ("points", points)]
        let features = [
            Position(127.1, 36.15), Position(127.3, 36.21), Position(127.45, 36.03),
            Position(127.55, 36.0), Position(127.3, 36.12), Position(127.9, 36.1),
        ]
        let proximity = try Proximity(targets: [layer], k: 4)
        let result = try proximity.measure(FeatureBatch(points: features), layer: "places").batch
        for (row, feature) in features.enumerated() {
            let expected = candidates.map { name, places in
                (name: name, distance: places.map { karney(feature, $0) }.min() ?? .infinity)
            }.sorted { $0.distance < $1.distance }
            for (rank, expected) in expected.enumerated() {
                #expect(result.texts("sites_\(rank + 1)_id")[row] == expected.name)
                let found = try #require(result.numbers("sites_\(rank + 1)_m")[row])
                #expect(abs(found - expected.distance) <= 0.001, "\(feature) to \(expected)")
            }
            #expect(result.texts("sites_4_id")[row] == nil)
        }
    }

    @Test func `inside an area and on its edge the distance is zero`() throws {
        let hole = box(127.4, 36.4, 127.6, 36.6, step: 1)
        let layer = try FacilityLayer(
            name: "sites", FeatureBatch(shapes: [.polygon([box(127, 36, 128, 37, step: 1), hole])]))
        let proximity = try Proximity(targets: [layer], within: .metres(0))
        let result = try proximity.measure(
            FeatureBatch(points: [
                Position(127.2, 36.2), Position(127, 36.5), Position(127.4, 36.5),
                Position(127.5, 36.5), Position(126.9, 36.5),
            ]), layer: "places"
        ).batch
        #expect(result.numbers("sites_1_m") == [0, 0, 0, nil, nil])
    }

    @Test func `facilities at equal distance come in the order of their layer`() throws {
        let place = Position(127, 36)
        // West and east of the place, twice each, and once at the place itself, thrice.
        let positions = [
            Position(127.5, 36), Position(126.5, 36), place, Position(126.5, 36),
            Position(127.5, 36), place, place,
        ]
        let layer = try FacilityLayer("labs", positions)
        let expected = scan(positions, from: place).map { String($0.index + 1) }
        #expect(expected == ["3", "6", "7", "1", "2", "4", "5"])
        for k in 1...7 {
            let result = try Proximity(targets: [layer], k: k).measure(
                FeatureBatch(points: [place]), layer: "places"
            ).batch
            #expect((1...k).map { result.texts("labs_\($0)_id")[0] } == Array(expected.prefix(k)))
        }
        // As areas and lines, for which the finder is another.
        let mixed = try FacilityLayer(
            name: "labs",
            FeatureBatch(shapes: positions.map { .multiPoint([$0]) }))
        let result = try Proximity(targets: [mixed], k: 7).measure(
            FeatureBatch(points: [place]), layer: "places"
        ).batch
        #expect((1...7).map { result.texts("labs_\($0)_id")[0] } == expected)
    }

    @Test func `the tally adds up what is measured`() throws {
        let limit = 30_000.0
        let proximity = try Proximity(targets: Self.targets(), k: 2, within: .metres(limit))
        var tally = ProximityTally(of: proximity)
        #expect(tally.rows.allSatisfy { $0.mean == nil && $0.least == .infinity })
        tally.add(
            try proximity.measure(FeatureBatch(points: Self.features + [nil]), layer: "places"))
        #expect(tally.count == 61 && tally.unlocated == 1)
        for (row, layer) in zip(tally.rows, Self.layers) {
            let nearest = Self.features.map { scan(layer.positions, from: $0)[0].distance }
            let reached = nearest.filter { $0 <= limit }
            #expect(row.layer == layer.name)
            #expect(row.reached == reached.count)
            #expect(row.unreached == nearest.count - reached.count)
            if reached.isEmpty {
                #expect(row.mean == nil)
                continue
            }
            let mean = try #require(row.mean)
            #expect(abs(mean - reached.reduce(0, +) / Double(reached.count)) <= micrometre)
            #expect(abs(row.least - (reached.min() ?? 0)) <= micrometre)
            #expect(abs(row.greatest - (reached.max() ?? 0)) <= micrometre)
        }
    }

    @Test func `another metric may be asked`() throws {
        let layer = try FacilityLayer(
            name: "labs", FeatureBatch(points: [Position(127, 36.9), Position(127.95, 36)]),
            metric: PlaneMetric())
        let result = try Proximity(targets: [layer]).measure(
            FeatureBatch(points: [Position(127, 36)]), layer: "places"
        ).batch
        // On the ground the second is nearer.
        #expect(result.texts("labs_1_id") == ["1"])
        #expect(abs((result.numbers("labs_1_m")[0] ?? 0) - 900) < 1e-6)
    }

    @Test func `fewer than one neighbour is refused`() throws {
        let targets = try Self.targets()
        let error = #expect(throws: AnalysisError.self) { try Proximity(targets: targets, k: 0) }
        #expect(error?.code == .badArgument)
    }
}
