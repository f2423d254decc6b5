import Analysis
import Features
import Geometry
import TestSupport
import Testing

struct DasymetricTests {
    /// Two pieces of land in one zone, of the same size, far from each other.
    private static let zone = Shape.polygon([box(127, 36, 127.4, 36.2)])
    private static let west = Shape.polygon([box(127.02, 36.08, 127.06, 36.12)])
    private static let east = Shape.polygon([box(127.3, 36.08, 127.34, 36.12)])

    private func measure(
        _ zones: [Shape?], _ weights: [Double], covering site: Position, radius: Double = 8000,
        _ land: [Shape?]?, densities: [Double?]? = nil
    ) throws -> (batch: FeatureBatch, tally: ZoneCoverageTally) {
        let coverage = try Coverage(
            by: FacilityLayer("labs", [site]), within: [.metres(radius)], weightField: "n")
        var layer = land.map { FeatureBatch(shapes: $0) }
        if let densities { layer?.set("density", .double(densities)) }
        let spread = try layer.map {
            try DasymetricLayer($0, density: densities.map { _ in "density" }, name: "land")
        }
        let operation = try ZoneCoverage(coverage, spreadOver: spread)
        var tally = ZoneCoverageTally(of: operation)
        let measured = try operation.measure(
            FeatureBatch(shapes: zones).with("n", .double(weights.map { $0 })), layer: "zones")
        tally.add(measured)
        return (measured.batch, tally)
    }

    private let atWest = Position(127.04, 36.1)
    private let atEast = Position(127.32, 36.1)

    private func covered(_ batch: FeatureBatch) throws -> [Double?] {
        batch.numbers("covered_weight_8km")
    }

    @Test func `of two equal pieces of land the covered one holds half`() throws {
        let (batch, tally) = try measure(
            [Self.zone], [1000], covering: atWest, [Self.west, Self.east])
        let weight = try #require(try covered(batch)[0])
        #expect(abs(weight - 500) < 1e-6)
        #expect(tally.coveredWeights[0] == weight && tally.unsettled == 0)
        // The share of the area is what it was.
        let plain = try measure([Self.zone], [1000], covering: atWest, nil).batch
        #expect(plain.numbers("covered_share_8km") == batch.numbers("covered_share_8km"))
        #expect(try abs(covered(plain)[0] ?? 500) < 499)
        let settled = (Self.west.geodesicArea + Self.east.geodesicArea) / 1e6
        #expect(abs((batch.numbers("settled_km2")[0] ?? 0) - settled) < 1e-5)
    }

    @Test func `three times as dense holds three quarters`() throws {
        let (batch, _) = try measure(
            [Self.zone], [1000], covering: atWest, [Self.west, Self.east], densities: [30, 10])
        #expect(abs((try covered(batch)[0] ?? 0) - 750) < 1e-6)
    }

    @Test func `where land overlaps the greatest density counts, once`() throws {
        let wide = Shape.polygon([box(127.01, 36.07, 127.07, 36.13)])
        let (batch, _) = try measure(
            [Self.zone], [1000], covering: atWest, [wide, Self.west, Self.west, Self.east],
            densities: [0.5, 3, 1, 1])
        let (a, b) = (Self.west.geodesicArea, wide.geodesicArea)
        let west = 3 * a + 0.5 * (b - a)
        let share = west / (west + a)
        #expect(abs((try covered(batch)[0] ?? 0) - 1000 * share) < 1e-4)
    }

    @Test func `a zone's weight is kept, however it is cut`() throws {
        var random = SeededGenerator(seed: 641)
        let land = (0..<12).map { _ -> Shape in
            let place = random.position(127...127.36, 36...36.16)
            return .polygon([box(place.x, place.y, place.x + 0.03, place.y + 0.03)])
        }
        let densities = land.indices.map { Double(1 + $0 % 4) }
        let whole = try measure(
            [Self.zone], [1000], covering: Position(127.2, 36.1), radius: 60_000, land,
            densities: densities)
        #expect(whole.tally.coveredWeights == [1000])
        // What is within and what is beyond a circle, cut from the zone, hold all of it together.
        let halves = try [box(127, 36, 127.17, 36.2), box(127.17, 36, 127.4, 36.2)].map { half in
            let cut = try land.map { try $0.intersection(.polygon([half])) }
            return try measure(
                [Self.zone], [1000], covering: Position(127.2, 36.1), radius: 60_000, cut,
                densities: densities)
        }
        #expect(halves.allSatisfy { $0.tally.coveredWeights == [1000] })
        let one = try measure(
            [Self.zone], [1000], covering: atWest, land, densities: densities)
        let share = one.tally.coveredWeights[0]
        #expect(share > 0 && share < 1000)
    }

    @Test func `the share is that of points thrown onto the land`() throws {
        let (_, tally) = try measure(
            [Self.zone], [1], covering: Position(127.06, 36.1), radius: 2500,
            [Self.west, Self.east], densities: [2, 1])
        var (inside, all) = (0.0, 0.0)
        for (land, density) in [(Self.west, 2.0), (Self.east, 1.0)] {
            let corner = try #require(land.envelope)
            for i in 0..<120 {
                for j in 0..<120 {
                    let place = Position(
                        corner.minX + 0.04 * (Double(i) + 0.5) / 120,
                        corner.minY + 0.04 * (Double(j) + 0.5) / 120)
                    all += density
                    if karney(place, Position(127.06, 36.1)) <= 2500 { inside += density }
                }
            }
        }
        let share = tally.coveredWeights[0]
        #expect(share > 0.1 && abs(share - inside / all) < 2e-3)
    }

    @Test func `a zone with nothing of the land is spread evenly, and told`() throws {
        let bare = Shape.polygon([box(127.4, 36, 127.6, 36.2)])
        let (batch, tally) = try measure(
            [Self.zone, bare, nil], [1000, 60, 5], covering: Position(127.5, 36.1),
            [Self.west, nil])
        let share = try #require(batch.numbers("covered_share_8km")[1])
        #expect(share > 0.3 && share < 0.9)
        #expect(try covered(batch)[0] == 0 && covered(batch)[1] == 60 * share)
        #expect(try covered(batch)[2] == nil)
        #expect(tally.unsettled == 1 && batch.numbers("settled_km2")[1] == 0)
    }

    @Test(arguments: [-1.0, .nan, .infinity])
    func `a density that is none is an error that names the feature`(density: Double) throws {
        let error = try #require(throws: AnalysisError.self) {
            try measure(
                [Self.zone], [1], covering: atWest, [Self.west, Self.east],
                densities: [1, density])
        }
        #expect(error.place == "land, feature 2" && error.code == .badField)
    }

    @Test func `land that holds nobody is refused`() throws {
        for densities in [[0.0, nil], [nil, nil]] {
            #expect(throws: AnalysisError.self) {
                try measure(
                    [Self.zone], [1], covering: atWest, [Self.west, Self.east],
                    densities: densities)
            }
        }
    }
}
