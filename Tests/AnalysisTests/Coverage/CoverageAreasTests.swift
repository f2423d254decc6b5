import Analysis
import Features
import Geometry
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct CoverageAreasTests {
    private static let facilities: [Position] = {
        var random = SeededGenerator(seed: 63)
        return random.korea(12)
    }()

    private func areas(_ layer: FacilityLayer, _ distances: [Double]) throws -> FeatureBatch {
        let coverage = try Coverage(by: layer, within: distances.map { .kilometres($0) })
        return try coverage.areas(CoverageTally(of: coverage))
    }

    /// The area of a disc on WGS 84 in square kilometres: πr²(1 − Kr²/12), K the Gaussian curvature
    /// at its centre, which changes so little over 100 km that 1e-7 of the area is right.
    private func cap(around centre: Position, kilometres: Double) -> Double {
        let (a, f) = (6_378_137.0, 1 / 298.257223563)
        let e2 = f * (2 - f)
        let sine = sin(centre.y * .pi / 180)
        let curvature = pow((1 - e2 * sine * sine) / (a * (1 - f)), 2)
        let r = kilometres * 1000
        return .pi * r * r * (1 - curvature * r * r / 12) / 1e6
    }

    @Test func `discs far apart have the areas of caps on the ellipsoid`() throws {
        let places = [Position(126.2, 34.5), Position(127.5, 36.5), Position(129.2, 38.1), nil]
        let layer = try FacilityLayer("labs", places)
        for distance in [0.25, 5, 40] {
            let area = try #require(try areas(layer, [distance]).numbers("area_km2")[0])
            let expected = places.compactMap { $0 }.reduce(0) {
                $0 + cap(around: $1, kilometres: distance)
            }
            #expect(abs(area / expected - 1) < 1e-6)
        }
    }

    @Test func `areas are those of the union of discs`() throws {
        let layer = try FacilityLayer("labs", Self.facilities + [nil])
        let result = try areas(layer, [60, 15])
        #expect(result.numbers("within_m") == [15_000, 60_000])
        #expect([0, 1].map { result.id($0) } == ["15km", "60km"])
        for (row, distance) in [15.0, 60].enumerated() {
            let union = try Shape.unionAll(
                Self.facilities.map { try Shape.disc(around: $0, radius: .kilometres(distance)) }
            ).rounded(decimals: 7)
            let shape = try #require(result.geometry[row])
            // Where edges cross, the union's lie as far apart as drawn edges may.
            let outline = union.polygons.joined().reduce(0) { $0 + Geodesic.wgs84.length(of: $1) }
            let off = try shape.symmetricDifference(union).geodesicArea
            #expect(off <= outline * Shape.bufferTolerance(radius: distance * 1000) * 0.01)
            let area = try #require(result.numbers("area_km2")[row])
            #expect(abs(area / (shape.geodesicArea / 1e6) - 1) < 1e-12)
            #expect(abs(area / (union.geodesicArea / 1e6) - 1) < 1e-7)
            #expect(try shape.validity().isValid)
        }
    }

    @Test func `what is drawn agrees with what is counted away from the edge`() throws {
        var random = SeededGenerator(seed: 64)
        let layer = try FacilityLayer("labs", Self.facilities)
        let result = try areas(layer, [10, 30])
        for (row, metres) in [10_000.0, 30_000].enumerated() {
            let drawn = try PreparedArea(#require(result.geometry[row]))
            for place in random.korea(500) {
                let nearest = scan(Self.facilities, from: place)[0].distance
                // The edge lies within a hundred-thousandth of the distance.
                if abs(nearest - metres) <= 2 * Shape.bufferTolerance(radius: metres) { continue }
                #expect(try drawn.covers(place) == (nearest <= metres))
            }
        }
    }

    @Test func `areas grow with the distance and with the facilities`() throws {
        let distances = [1.0, 5, 10, 30, 80]
        var before = [Double](repeating: 0, count: distances.count)
        for count in [1, 2, 6, 12] {
            let layer = try FacilityLayer("labs", Array(Self.facilities.prefix(count)))
            let result = try areas(layer, distances)
            let now = try result.numbers("area_km2").map { try #require($0) }
            #expect(zip(now, now.dropFirst()).allSatisfy { $0 < $1 })
            // Where facilities overlap entirely nothing is added, nor lost beyond rounding.
            #expect(zip(before, now).allSatisfy { $1 >= $0 * (1 - 1e-12) })
            before = now
        }
        let layer = try FacilityLayer("labs", Self.facilities)
        let wide = try areas(layer, [10, 30])
        let inner = try #require(wide.geometry[0])
        #expect(try #require(wide.geometry[1]).covers(inner))
    }

    @Test func `areas carry the figures of the tally`() throws {
        let layer = try FacilityLayer("labs", [Position(127, 36)])
        let coverage = try Coverage(
            by: layer, within: [.kilometres(5), .kilometres(50)], weightField: "n")
        var tally = CoverageTally(of: coverage)
        tally.add(
            try coverage.measure(
                FeatureBatch(points: [
                    Position(127, 36.01), Position(127, 36.2), Position(129, 36), nil,
                ]).with("n", .int([1, 2, 5, 9])), layer: "demand"))
        let result = try coverage.areas(tally)
        #expect(result.numbers("demand_count") == [3, 3])
        #expect(result.numbers("covered_count") == [1, 2])
        #expect(result.numbers("covered_share") == [1.0 / 3, 2.0 / 3])
        #expect(result.numbers("covered_weight") == [1, 3])
        #expect(result.numbers("covered_weight_share") == [1.0 / 8, 3.0 / 8])
    }

    @Test func `progress is told from nothing to all`() throws {
        let coverage = try Coverage(
            by: FacilityLayer("labs", [Position(127, 36)]),
            within: [.kilometres(1), .kilometres(2)])
        var told: [Int] = []
        _ = try coverage.areas(CoverageTally(of: coverage)) { done, all in
            told.append(done)
            #expect(all == 2)
        }
        #expect(told == [0, 1, 2])
    }

    @Test func `a facility around which nothing can be drawn is named`() throws {
        let layer = try FacilityLayer(
            name: "sites",
            FeatureBatch(
                shapes: [
                    .point(Position(127, 36)),
                    .lineString([Position(179, 10), Position(179.9, 10)]),
                ], ids: ["a", "b"]
            ).with("name", .string(["하나", "둘"])))
        let error = #expect(throws: AnalysisError.self) { try areas(layer, [50]) }
        #expect(error?.code == .cannotDraw)
        #expect(error?.place == "sites, b (둘)")
        let point = try FacilityLayer("labs", [Position(127, 36)])
        #expect(throws: AnalysisError.self) { try areas(point, [6000]) }
    }
}
