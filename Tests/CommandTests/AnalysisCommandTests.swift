import Geometry
import TestSupport
import Testing

/// The analyses on the built-in layers, against what a full scan with Karney's geodesic gives.
struct AnalysisCommandTests {
    /// How far a distance that leaves the program may lie from Karney's, in metres.
    static let tolerance = 1e-6

    private static func nearest(
        of places: [ParsedJSON], to position: Position
    ) throws -> [(id: String, distance: Double)] {
        try places.map { place in
            (
                try #require(place["id"].string),
                Geodesic.wgs84.distance(from: position, to: try #require(place.position))
            )
        }.sorted { $0.1 < $1.1 }
    }

    @Test func `the nearest facilities of the real layers are those of a full scan`() throws {
        let runner = try CommandRunner()
        let outcome = try runner.run(
            "proximity", "clusters", "--to", "universities", "industrial-complexes", "-k", "3",
            "--quiet")
        #expect(outcome.code == 0)
        #expect(outcome.errors.isEmpty)
        let clusters = try Exported.features(of: "clusters")
        #expect(outcome.features.count == clusters.count)
        for layer in ["universities", "industrial-complexes"] {
            let facilities = try Exported.features(of: layer)
            for (cluster, measured) in zip(clusters, outcome.features) {
                #expect(measured["id"].string == cluster["id"].string)
                let expected = try Self.nearest(
                    of: facilities, to: try #require(cluster.position))
                for rank in 1...3 {
                    let cell = { (field: String) in
                        measured["properties"]["\(layer)_\(rank)_\(field)"]
                    }
                    #expect(cell("id").string == expected[rank - 1].id)
                    #expect(cell("name").string?.isEmpty == false)
                    let distance = try #require(cell("m").number)
                    #expect(abs(distance - expected[rank - 1].distance) <= Self.tolerance)
                }
            }
        }
    }

    @Test func `pairs within a limit are all those of a full scan`() throws {
        let runner = try CommandRunner()
        let outcome = try runner.run(
            "proximity", "innovation-cities", "--to", "universities", "--pairs", "-k", "500",
            "--within", "10km", "--quiet")
        #expect(outcome.code == 0)
        let universities = try Exported.features(of: "universities")
        let expected = try Exported.features(of: "innovation-cities").flatMap { city in
            try Self.nearest(of: universities, to: try #require(city.position))
                .prefix { $0.distance <= 10_000 }.map { (city["id"].string, $0) }
        }
        #expect(!expected.isEmpty)
        #expect(outcome.features.count == expected.count)
        for (pair, (from, to)) in zip(outcome.features, expected) {
            let fields = pair["properties"]
            #expect(fields["from_id"].string == from)
            #expect(fields["to_id"].string == to.id)
            #expect(fields["rank"].number != nil)
            #expect(abs(try #require(fields["distance_m"].number) - to.distance) <= Self.tolerance)
            let azimuth = try #require(fields["azimuth_deg"].number)
            let line = pair["geometry"]["coordinates"]
            let ends = (0...1).compactMap { end -> Position? in
                guard let x = line[end][0].number, let y = line[end][1].number else { return nil }
                return Position(x, y)
            }
            let karney = Geodesic.wgs84.inverse(from: ends[0], to: ends[1]).azimuth
            #expect(abs(azimuth - (karney < 0 ? karney + 360 : karney)) < 1e-6)
        }
    }

    @Test func `more ranks than facilities leave the rest empty`() throws {
        let outcome = try CommandRunner().run(
            "proximity", "towns.geojson", "--to", "labs.geojson", "-k", "5")
        let fields = outcome.features[0]["properties"]
        #expect(fields["labs_3_id"].string == "lab-b")
        for rank in 4...5 {
            #expect(fields["labs_\(rank)_id"].isNull)
            #expect(fields["labs_\(rank)_m"].isNull)
        }
    }

    @Test func `coverage of the real layers counts what lies within`() throws {
        let runner = try CommandRunner()
        let outcome = try runner.run(
            "coverage", "universities", "--by", "innovation-cities", "--within", "5km,10km",
            "--demand-output", "demand.geojson", "--quiet")
        #expect(outcome.code == 0)
        let cities = try Exported.features(of: "innovation-cities")
        let demand = try ParsedJSON(try runner.text(of: "demand.geojson"))["features"].array
        var covered = ["5km": 0.0, "10km": 0]
        for university in demand {
            let nearest = try Self.nearest(of: cities, to: try #require(university.position))[0]
            let fields = university["properties"]
            let distance = try #require(fields["nearest_m"].number)
            #expect(abs(distance - nearest.distance) <= Self.tolerance)
            for (label, metres) in [("5km", 5000.0), ("10km", 10_000)] {
                #expect(fields["covered_\(label)"].bool == (nearest.distance <= metres))
                if nearest.distance <= metres { covered[label, default: 0] += 1 }
            }
        }
        #expect(outcome.features.count == 2)
        for area in outcome.features {
            let fields = area["properties"]
            let label = try #require(area["id"].string)
            let metres = try #require(fields["within_m"].number)
            let count = try #require(covered[label])
            #expect(fields["demand_count"].number == Double(demand.count))
            #expect(fields["covered_count"].number == count)
            // Foundation reads a number to the last digit but one.
            let share = count / Double(demand.count)
            for name in ["covered_share", "covered_weight_share"] {
                let found = try #require(fields[name].number)
                #expect(abs(found - share) < 1e-15)
            }
            #expect(fields["covered_weight"].number == count)
            // Discs that lap over one another cover less than all of them apart.
            let square = try #require(fields["area_km2"].number)
            let disc = Double.pi * metres * metres / 1e6
            #expect(square > disc && square < disc * Double(cities.count))
        }
    }

    @Test func `catchments assign each demand feature to its nearest facility`() throws {
        let runner = try CommandRunner()
        let outcome = try runner.run(
            "catchment", "research-zones", "--demand", "universities", "--demand-output",
            "demand.geojson", "-o", "areas.geojson")
        #expect(outcome.code == 0)
        #expect(outcome.errors.contains("convex surroundings"))
        let zones = try Exported.features(of: "research-zones")
        let demand = try ParsedJSON(try runner.text(of: "demand.geojson"))["features"].array
        var assigned: [String: [Double]] = [:]
        for university in demand {
            let nearest = try Self.nearest(of: zones, to: try #require(university.position))[0]
            let fields = university["properties"]
            #expect(fields["facility_id"].string == nearest.id)
            let distance = try #require(fields["distance_m"].number)
            #expect(abs(distance - nearest.distance) <= Self.tolerance)
            assigned[nearest.id, default: []].append(nearest.distance)
        }
        let areas = try ParsedJSON(try runner.text(of: "areas.geojson"))["features"].array
        #expect(areas.count == zones.count)
        for area in areas {
            let distances = assigned[try #require(area["id"].string)] ?? []
            let fields = area["properties"]
            #expect(try #require(fields["area_km2"].number) > 0)
            #expect(fields["demand_count"].number == Double(distances.count))
            #expect(fields["demand_weight"].number == Double(distances.count))
            let mean = distances.reduce(0, +) / Double(distances.count)
            #expect(abs(try #require(fields["mean_distance_m"].number) - mean) <= Self.tolerance)
            let greatest = try #require(distances.max())
            #expect(
                abs(try #require(fields["max_distance_m"].number) - greatest) <= Self.tolerance)
        }
    }

    @Test(arguments: ["5km", "5000", "5000m", "5 km", "5.0km", "5e3", "5KM"])
    func `one distance has several spellings`(distance: String) throws {
        let runner = try CommandRunner()
        let arguments = ["proximity", "towns.geojson", "--to", "labs.geojson", "--within"]
        let outcome = try runner.run(arguments + [distance])
        #expect(outcome.code == 0)
        #expect(outcome.output == (try runner.run(arguments + ["5km"]).output))
    }

    @Test(arguments: [
        "5mi", "0", "-5", "abc", "", "km", "nan", "inf", "5km,10km", "1e999", "5 5", "5k m",
    ])
    func `what is no distance is wrong usage`(distance: String) throws {
        let outcome = try CommandRunner().run(
            "proximity", "towns.geojson", "--to", "labs.geojson", "--within=\(distance)")
        #expect(outcome.code == 64)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains("--within"))
    }
}
