import Analysis
import Features
import Geometry
import TestSupport
import Testing

struct CatchmentAreasTests {
    private static let facilities: [Position] = {
        var random = SeededGenerator(seed: 73)
        return (0..<12).map { _ in random.position(126.2...129.4, 34.6...38.1) }
    }()

    private static let boundary = Shape.polygon([box(126, 34.4, 129.6, 38.3)])

    /// How far the sum of areas may be off the whole, relatively: straight edges of the boundary
    /// get vertices where areas meet, between which a geodesic bows a little less.
    private static let bow = 1e-6

    private func areas(
        _ facilities: [Position?], _ boundary: Shape?, within limit: Distance? = nil
    ) throws -> FeatureBatch {
        try Catchment(of: FacilityLayer("labs", facilities), within: limit)
            .areas(dividing: boundary)
    }

    /// What drawing on a grid of 1e-7 degrees may move along an outline, in square degrees.
    private func gridArea(along region: Shape) throws -> Double {
        1e-12 + 1e-7 * (try region.planarLength())
    }

    /// Expects areas that do not overlap and together are a region.
    private func expectTiles(
        _ batch: FeatureBatch, _ region: Shape, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let shapes = batch.geometry.shapes.compactMap { $0 }
        let sum = try shapes.reduce(0) { $0 + (try $1.planarArea()) }
        let grid = try gridArea(along: region)
        #expect(abs(sum - (try region.planarArea())) <= grid, sourceLocation: sourceLocation)
        let union = try Shape.unionAll(shapes)
        #expect(abs(sum - (try union.planarArea())) < 1e-12, sourceLocation: sourceLocation)
        #expect(
            try union.symmetricDifference(region).planarArea() <= grid,
            sourceLocation: sourceLocation)
        for shape in shapes {
            #expect(try shape.validity().isValid, sourceLocation: sourceLocation)
        }
        let metres = batch.numbers("area_km2").compactMap { $0 }
        #expect(metres.count == shapes.count, sourceLocation: sourceLocation)
        for (shape, area) in zip(shapes, metres) {
            #expect(
                abs(area / (shape.geodesicArea / 1e6) - 1) < 1e-12, sourceLocation: sourceLocation)
        }
        let whole = region.geodesicArea / 1e6
        #expect(
            abs(metres.reduce(0, +) / whole - 1) < Self.bow, "\(metres.reduce(0, +) / whole - 1)",
            sourceLocation: sourceLocation)
    }

    /// Expects a place in the area of its nearest facility, unless two are nearly as near.
    private func expectNearest(
        _ batch: FeatureBatch, _ facilities: [Position?], _ region: Shape, seed: UInt64,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let drawn = try batch.geometry.shapes.map { try $0.map { try PreparedArea($0) } }
        let inside = try PreparedArea(region)
        let envelope = try #require(region.envelope)
        var random = SeededGenerator(seed: seed)
        var checked = 0
        for _ in 0..<300 {
            let place = random.position(
                envelope.minX...envelope.maxX, envelope.minY...envelope.maxY)
            guard try inside.covers(place) else { continue }
            let ranked = scan(facilities, from: place)
            // The drawing is within a quarter of a metre of equal distance.
            if ranked.count > 1, ranked[1].distance - ranked[0].distance < 2 { continue }
            checked += 1
            for (facility, area) in drawn.enumerated() {
                #expect(
                    try area?.covers(place) ?? false == (facility == ranked[0].index),
                    "\(place), facility \(facility)", sourceLocation: sourceLocation)
            }
        }
        #expect(checked > 30, sourceLocation: sourceLocation)
    }

    @Test func `areas tile the boundary and hold what is nearest to each facility`() throws {
        let result = try areas(Self.facilities, Self.boundary)
        #expect(result.count == 12 && result["note"] == nil)
        try expectTiles(result, Self.boundary)
        try expectNearest(result, Self.facilities, Self.boundary, seed: 74)
    }

    @Test func `areas keep the facilities' attributes and have no figures without demand`() throws {
        let layer = try FacilityLayer(
            name: "labs",
            FeatureBatch(points: Self.facilities, ids: .string((0..<12).map { "f\($0)" }))
                .with("kind", .int((0..<12).map { $0 })))
        let result = try Catchment(of: layer).areas(dividing: Self.boundary)
        #expect(result.ids == layer.batch.ids && result["kind"] == layer.batch["kind"])
        for name in ["demand_count", "demand_weight", "mean_distance_m", "max_distance_m"] {
            #expect(result.numbers(name) == [Double?](repeating: nil, count: 12))
        }
    }

    @Test func `one facility has all of the boundary`() throws {
        let result = try areas([Position(127, 36)], Self.boundary)
        try expectTiles(result, Self.boundary)
        #expect(result.geometry.shapes.compactMap { $0 }.count == 1)
    }

    @Test func `a boundary of several polygons with a hole is divided whole`() throws {
        let boundary = Shape.multiPolygon([
            [box(126, 34.4, 128, 37), Array(box(126.6, 35, 127.4, 36).reversed())],
            [box(128.5, 35, 129.5, 38)],
        ])
        let result = try areas(Self.facilities, boundary)
        try expectTiles(result, boundary)
        try expectNearest(result, Self.facilities, boundary, seed: 75)
        let hole = Shape.polygon([box(126.61, 35.01, 127.39, 35.99)])
        for shape in result.geometry.shapes.compactMap({ $0 }) {
            #expect(try !shape.intersects(hole))
        }
        // A layer of polygons comes as a collection.
        let collected = Shape.collection(boundary.polygons.map { .polygon($0) })
        #expect(try areas(Self.facilities, collected) == result)
    }

    @Test func `where polygons of the boundary overlap the ground counts once`() throws {
        let (a, b) = (box(126, 34.4, 128, 37), box(127, 35, 129.6, 38))
        let result = try areas(Self.facilities, .collection([.polygon([a]), .polygon([b])]))
        let region = try Shape.polygon([a]).union(.polygon([b]))
        try expectTiles(result, region)
        try expectNearest(result, Self.facilities, region, seed: 76)
    }

    @Test func `a boundary that crosses itself is mended`() throws {
        let bow = Shape.polygon([
            [
                Position(126, 35), Position(128, 37), Position(128, 35), Position(126, 37),
                Position(126, 35),
            ]
        ])
        let result = try areas([Position(126.2, 36), Position(127.8, 36)], bow)
        let area = try result.geometry.shapes.reduce(0) { $0 + (try $1?.planarArea() ?? 0) }
        #expect(abs(area - 2) < 1e-9)
    }

    @Test func `a facility without an area says why`() throws {
        let facilities = [
            Position(127, 36), nil, Position(128, 36), Position(127, 36),
            // Far outside: all of the boundary is nearer to others.
            Position(127, 25), Position(127, 36),
        ]
        let layer = try FacilityLayer(
            name: "labs",
            FeatureBatch(points: facilities, ids: .string(["a", "b", "c", "d", "e", "f"]))
                .with("name", .string(["하나", nil, nil, nil, nil, nil])))
        let result = try Catchment(of: layer).areas(dividing: Self.boundary)
        #expect(
            result.texts("note") == [
                nil, "has no place", nil, "at the same position as a (하나)",
                "no part of the boundary is nearest to it", "at the same position as a (하나)",
            ])
        #expect(
            result.geometry.shapes.map { $0 != nil } == [true, false, true, false, false, false])
        #expect(
            result.numbers("area_km2").map { $0 != nil } == [
                true, false, true, false, false, false,
            ])
        try expectTiles(result, Self.boundary)
    }

    @Test func `heights do not keep facilities at one position apart`() throws {
        let layer = try FacilityLayer(
            name: "labs",
            FeatureBatch(shapes: [
                .point(Position(127, 36, 10)), .point(Position(127, 36, 20)),
                .point(Position(128, 36, 20)),
            ]))
        let result = try Catchment(of: layer).areas(dividing: Self.boundary)
        #expect(result.texts("note") == [nil, "at the same position as 1", nil])
        try expectTiles(result, Self.boundary)
    }

    @Test func `a facility outside the boundary has what is nearest to it inside`() throws {
        let facilities = [Position(127, 36), Position(130.2, 36)]
        let result = try areas(facilities, Self.boundary)
        #expect(result.geometry[1] != nil)
        try expectTiles(result, Self.boundary)
        try expectNearest(result, facilities, Self.boundary, seed: 77)
    }

    @Test func `within a limit areas lie inside the discs`() throws {
        let limit = 30_000.0
        let result = try areas(Self.facilities, Self.boundary, within: .metres(limit))
        let tolerance = 2 * Shape.bufferTolerance(radius: limit)
        for (facility, shape) in result.geometry.shapes.enumerated() {
            let shape = try #require(shape)
            shape.forEachPosition {
                #expect(karney(Self.facilities[facility], $0) <= limit + tolerance)
            }
        }
        let discs = try Shape.unionAll(
            Self.facilities.map { try Shape.disc(around: $0, radius: .metres(limit)) })
        try expectTiles(result, Self.boundary.intersection(discs))
    }

    @Test func `a boundary beyond the limit has no areas`() throws {
        let result = try areas(
            [Position(127, 36), Position(128, 36)], .polygon([box(129, 37, 129.5, 37.5)]),
            within: .kilometres(20))
        #expect(result.geometry.shapes == [nil, nil])
        #expect(result.numbers("area_km2") == [nil, nil])
        #expect(result.texts("note").allSatisfy { $0 != nil })
    }

    @Test(arguments: [1, 2, 12])
    func `without a boundary the convex surroundings hold everything`(count: Int) throws {
        var random = SeededGenerator(seed: 78)
        let facilities = Array(Self.facilities.prefix(count))
        let catchment = try Catchment(of: FacilityLayer("labs", facilities + [nil]))
        for demand in [[], random.korea(30)] {
            var tally = CatchmentTally(of: catchment)
            try tally.add(catchment.assign(FeatureBatch(points: demand), layer: "demand"))
            let whole = try catchment.surroundings(tally)
            let hull = try Shape.multiPoint(facilities + demand).convexHull()
            #expect(try whole.covers(hull))
            // At least 5 km around, drawn within its tolerance.
            let edge = try DistanceTarget(.multiLineString(whole.polygons.flatMap { $0 }))
            for place in facilities + demand {
                let distance = try #require(try edge.distance(from: place))
                #expect(distance > 4999)
            }
            let result = try catchment.areas(dividing: nil, tally)
            let shapes = result.geometry.shapes.compactMap { $0 }
            #expect(shapes.count == count)
            let missing = try Shape.unionAll(shapes).symmetricDifference(whole).planarArea()
            #expect(try missing <= gridArea(along: whole))
            for (facility, place) in facilities.enumerated() {
                #expect(try result.geometry[facility]?.covers(.point(place)) == true)
            }
        }
    }

    @Test func `demand has its say in the surroundings wherever it came in the flow`() throws {
        let catchment = try Catchment(of: FacilityLayer("labs", [Position(127, 36)]))
        let corners = [Position(126, 35), Position(129, 35), Position(128, 38)]
        var tally = CatchmentTally(of: catchment)
        for corner in corners + [Position(127.5, 36)] {
            try tally.add(catchment.assign(FeatureBatch(points: [corner]), layer: "demand"))
        }
        let whole = try catchment.surroundings(tally)
        #expect(try corners.allSatisfy { try whole.covers(.point($0)) })
    }

    @Test func `a boundary without area is refused in words`() {
        for boundary in [
            Shape.lineString([Position(126, 35), Position(128, 37)]), .point(Position(127, 36)),
            .collection([.multiLineString([[Position(126, 35), Position(128, 37)]])]),
            .multiPolygon([]),
        ] {
            let error = #expect(throws: AnalysisError.self) {
                try areas(Self.facilities, boundary)
            }
            #expect(error?.code == .cannotDraw && error?.place == "labs")
            #expect(error?.problem.contains("no polygon") == true && error?.remedy != nil)
        }
    }

    @Test func `what is too wide is refused in words`() {
        for (facilities, boundary) in [
            ([Position(0, 0), Position(90, 0)], Self.boundary),
            ([Position(127, 36)], Shape.polygon([box(0, 0, 90, 40, step: 10)])),
            ([Position(127, 36), Position(85, 15)], nil),
        ] as [([Position], Shape?)] {
            let error = #expect(throws: AnalysisError.self) { try areas(facilities, boundary) }
            #expect(error?.code == .cannotDraw)
        }
    }
}
