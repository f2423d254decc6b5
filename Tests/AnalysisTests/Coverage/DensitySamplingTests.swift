import Analysis
import Features
import Geometry
import TestSupport
import Testing

/// Zones of one height on one latitude, so that areas are as widths, and what follows can be worked
/// out by hand.
struct DensitySamplingTests {
    private static func strip(_ x: Double, _ width: Double) -> [[Position]] {
        [box(x, 36, x + width, 36.03)]
    }

    /// Wholly town, wholly fields, three quarters town and one fields, half fields and half hills.
    private static let zones: [Shape?] = [
        .polygon(strip(128, 0.04)), .polygon(strip(128.5, 0.04)),
        .multiPolygon([strip(127, 0.03), strip(127.5, 0.01)]),
        .multiPolygon([strip(129, 0.02), strip(129.2, 0.02)]),
        .point(Position(127, 36)),
    ]
    private static let people: [Double?] = [900, 100, 500, 150, 77]
    private static let land: [(Shape, String?)] = [
        (.polygon(strip(127.9, 0.2)), "town"), (.polygon(strip(127, 0.03)), "town"),
        (.polygon(strip(128.4, 0.2)), "fields"), (.polygon(strip(127.5, 0.01)), "fields"),
        (.polygon(strip(129, 0.02)), "fields"), (.polygon(strip(129.2, 0.02)), "hills"),
        (.polygon(strip(127, 0.03)), nil),
    ]
    /// The area of a whole zone, in square metres.
    private static let size = Shape.polygon(strip(128, 0.04)).straightEdgedArea

    private func batches() -> (land: FeatureBatch, zones: FeatureBatch) {
        (
            FeatureBatch(shapes: Self.land.map(\.0)).with("use", .string(Self.land.map(\.1))),
            FeatureBatch(shapes: Self.zones).with("n", .double(Self.people))
        )
    }

    private func densities(
        _ rule: DensitySampling.Rule, cut: Int = 9
    ) throws -> SampledDensities {
        let (land, zones) = batches()
        let sampling = try DensitySampling(
            of: land, by: "use", name: "land", weight: "n", rule: rule)
        return sampling.densities(
            try zones.cut(into: cut).map { try sampling.measure($0, layer: "zones") })
    }

    /// People of a zone of which 8 km around the middle of its western part are covered.
    private func covered(_ rule: DensitySampling.Rule, zone: Int) throws -> Double {
        let (land, zones) = batches()
        let west = try #require(Self.zones[zone]?.polygons[0][0][0])
        let coverage = try Coverage(
            by: FacilityLayer("labs", [Position(west.x + 0.01, 36.015)]), within: [.metres(8000)],
            weightField: "n")
        let operation = try ZoneCoverage(
            coverage, spreadOver: DasymetricLayer(land, densities(rule), name: "land"))
        let batch = try operation.measure(zones, layer: "zones").batch
        return try #require(batch.numbers("covered_weight_8km")[zone])
    }

    private func expect(
        _ sampled: SampledDensities, _ expected: [(String, zones: Int, each: Double)]
    ) {
        #expect(sampled.classes.map(\.name) == expected.map(\.0))
        #expect(sampled.classes.map(\.zoneCount) == expected.map(\.zones))
        for (one, known) in zip(sampled.classes, expected) {
            #expect(abs(one.density * Self.size - known.each) < 1e-6 * known.each)
        }
    }

    @Test func `a zone whose weight is not known is no sample`() throws {
        let (land, zones) = batches()
        let sampling = try DensitySampling(
            of: land, by: "use", name: "land", weight: "n", rule: .contained)
        var shapes = Self.zones
        // A second zone of town and a second mixed one, of which nothing is known.
        shapes += [.polygon(Self.strip(128.05, 0.04)), Self.zones[3]]
        let more = FeatureBatch(geometry: GeometryColumn(shapes))
            .with("n", .double(Self.people + [nil, nil]))
        let found = sampling.densities([try sampling.measure(more, layer: "zones")])
        let plain = sampling.densities([try sampling.measure(zones, layer: "zones")])
        #expect(found.classes == plain.classes)
        #expect(found.unweighted == 2 && plain.unweighted == 0)
    }

    @Test func `zones wholly within a class tell its density, the rest is what is left`() throws {
        // Town 900, fields 100 in a zone's area; of the fourth zone's 150 fields take 50, which
        // leaves 100 on half a zone of hills.
        let known = [("fields", zones: 1, each: 100.0), ("hills", 0, 200), ("town", 1, 900)]
        expect(try densities(.contained), known)
        expect(try densities(.cover(0.8)), known)
        expect(try densities(.contained, cut: 1), known)
        // Of the third zone 3/4 · 900 = 675 and 1/4 · 100 = 25 of 700 parts.
        #expect(abs(try covered(.contained, zone: 2) - 500 * 675 / 700) < 1e-6)
        // Of the fourth 1/2 · 100 = 50 and 1/2 · 200 = 100 of 150: what the zone has, to a head.
        #expect(abs(try covered(.contained, zone: 3) - 50) < 1e-6)
    }

    @Test func `zones three quarters of a class tell its density, too, where that is enough`()
        throws
    {
        // (900 + 500) people in two zones' area.
        let known = [("fields", zones: 1, each: 100.0), ("hills", 0, 200), ("town", 2, 700)]
        expect(try densities(.cover(0.75)), known)
        // Of the third zone 3/4 · 700 = 525 and 1/4 · 100 = 25 of 550 parts.
        #expect(abs(try covered(.cover(0.75), zone: 2) - 500 * 525 / 550) < 1e-6)
    }

    @Test func `zones tell the density of the class in which their centroid lies`() throws {
        // The third zone's centroid lies 3/8 of the way to its eastern part, in nothing; that of the
        // fourth likewise.
        expect(
            try densities(.centroid),
            [("fields", zones: 1, each: 100), ("hills", 0, 200), ("town", 1, 900)])
        let (land, zones) = batches()
        let whole = try DensitySampling(
            of: land.with("use", .string(Self.land.map { _ in "all" })), by: "use", name: "land",
            weight: nil, rule: .centroid)
        // Each zone counts one; two of the four have their centroid on land.
        let all = whole.densities([try whole.measure(zones, layer: "zones")])
        #expect(all.classes.map(\.zoneCount) == [2])
        #expect(abs(all.classes[0].density * Self.size - 1) < 1e-6)
    }

    @Test func `a class that takes more than there is leaves nothing for the rest`() throws {
        let (land, zones) = batches()
        let sampling = try DensitySampling(
            of: land, by: "use", name: "land", weight: "n", rule: .contained)
        let poor = zones.with("n", .double([900, 100, 500, 40, 0]))
        let sampled = sampling.densities([try sampling.measure(poor, layer: "zones")])
        #expect(sampled.classes.map(\.density)[1] == 0)
        #expect(sampling.densities([]).classes.allSatisfy { $0.density == 0 && $0.area == 0 })
        #expect(throws: AnalysisError.self) {
            try DasymetricLayer(land, sampling.densities([]), name: "land")
        }
    }

    @Test func `what cannot be sampled is an error that says why`() throws {
        let (land, zones) = batches()
        for share in [0, -1, 1.1, .nan] {
            let error = #expect(throws: AnalysisError.self) {
                try DensitySampling(
                    of: land, by: "use", name: "land", weight: "n", rule: .cover(share))
            }
            #expect(error?.code == .badArgument)
        }
        let unknown = #expect(throws: AnalysisError.self) {
            try DensitySampling(of: land, by: "kind", name: "land", weight: "n", rule: .contained)
        }
        #expect(unknown?.code == .badField)
        let none = #expect(throws: AnalysisError.self) {
            try DensitySampling(
                of: land.with("use", .string(Self.land.map { _ in nil })), by: "use",
                name: "land", weight: "n", rule: .contained)
        }
        #expect(none?.code == .empty)
        let sampling = try DensitySampling(
            of: land, by: "use", name: "land", weight: "n", rule: .contained)
        let weight = #expect(throws: AnalysisError.self) {
            try sampling.measure(zones.with("n", .double([1, -1, 1, 1, 1])), layer: "zones")
        }
        #expect(weight?.place == "zones, feature 2")
    }
}
