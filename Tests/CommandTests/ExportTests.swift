import Geometry
import Synchronization
import TestSupport
import Testing

/// `export` of the built-in catalogue: what holds however much data there is.
struct ExportTests {
    static let layers = [
        "innovation-cities", "research-zones", "digital-districts", "biz-parks", "universities",
        "industrial-complexes", "clusters",
    ]

    @Test(arguments: layers)
    func `every layer is a collection of places in Korea`(layer: String) throws {
        let outcome = try CommandRunner().run("export", layer)
        #expect(outcome.code == 0)
        #expect(outcome.errors.isEmpty)
        let collection = try ParsedJSON(outcome.output)
        #expect(collection["type"].string == "FeatureCollection")
        #expect(collection["crs"].isMissing)
        let features = collection["features"].array
        #expect(!features.isEmpty)
        let ids = features.compactMap { $0["id"].string }
        #expect(ids.count == features.count)
        #expect(Set(ids).count == ids.count)
        for feature in features {
            #expect(feature["type"].string == "Feature")
            let position = try #require(feature.position)
            // Longitude first, as RFC 7946 has it.
            #expect(124...132 ~= position.x && 33...39 ~= position.y)
            #expect(feature["properties"]["kind"].string?.isEmpty == false)
            #expect(feature["properties"]["sources"].string?.isEmpty == false)
        }
    }

    @Test func `several layers become one collection in the order given`() throws {
        let runner = try CommandRunner()
        let both = try runner.run("export", "biz-parks", "research-zones").features
        let apart = try ["biz-parks", "research-zones"].flatMap {
            try Exported.features(of: $0)
        }
        #expect(both.map { $0["id"].string } == apart.map { $0["id"].string })
        #expect(Set(both.compactMap { $0["properties"]["kind"].string }).count == 2)
    }

    @Test func `a kind is chosen from a group of layers`() throws {
        let runner = try CommandRunner()
        let zones = try runner.run("export", "clusters", "--kind", "research-zone").features
        #expect(zones.count >= 6)
        #expect(zones.allSatisfy { $0["properties"]["kind"].string == "research-zone" })
    }

    @Test func `a province is known by all its names`() throws {
        let runner = try CommandRunner()
        for layer in ["new-towns", "schools"] {
            let all = try runner.run("export", layer, "--data", "catalogue").features
            for names in [["전남", "Jeonnam", "46", "전라남도", "south jeolla"], ["대전", "30"]] {
                let chosen = try names.map {
                    try runner.run("export", layer, "--data", "catalogue", "--province", $0)
                        .features.map { $0["id"].string }
                }
                let province = names[0] == "전남" ? "전라남도" : "대전광역시"
                let expected = all.filter { $0["properties"]["province"].string == province }
                for ids in chosen { #expect(ids == expected.map { $0["id"].string }) }
            }
        }
    }

    @Test func `a province without places gives an empty collection and a note`() throws {
        let outcome = try CommandRunner().run(
            "export", "schools", "--data", "catalogue", "--province", "제주")
        #expect(outcome.code == 0)
        #expect(outcome.features.isEmpty)
        #expect(outcome.errors == "note: no feature was chosen\n")
    }

    /// How far a position may return from where it went, in metres.
    ///
    /// A millimetre; for EPSG:5174 PROJ's own reverse of the datum operation is up to 6 mm off, and
    /// the file is rounded to millimetres besides.
    static let systems = [
        ("EPSG:5186", 0.001), ("EPSG:5179", 0.001), ("EPSG:5174", 0.007), ("EPSG:4326", 0.000_001),
    ]

    @Test(arguments: systems)
    func `positions come back from another system`(system: String, tolerance: Double) throws {
        let runner = try CommandRunner()
        let before = try Exported.features(of: "universities")
        let there = try runner.run("export", "universities", "--crs", system)
        #expect(there.code == 0)
        let name = try ParsedJSON(there.output)["crs"]["properties"]["name"].string
        // RFC 7946 has one system; only another is named.
        let code = system.split(separator: ":")[1]
        #expect(name == (system == "EPSG:4326" ? nil : "urn:ogc:def:crs:EPSG::\(code)"))
        try runner.write(there.output, to: "there.geojson")
        let back = try runner.shell(
            #"cat there.geojson | "$atlas" export - --precision 10 --quiet"#)
        #expect(back.code == 0)
        #expect(back.errors.isEmpty)
        #expect(back.features.count == before.count)
        for (old, new) in zip(before, back.features) {
            let distance = Geodesic.wgs84.distance(
                from: try #require(old.position), to: try #require(new.position))
            #expect(distance <= tolerance)
        }
    }

    @Test func `coordinates have as many decimals as are asked for`() throws {
        let runner = try CommandRunner()
        let outcome = try runner.run("export", "labs.geojson", "--precision", "2")
        #expect(outcome.output.contains("[127.11,36.1]"))
        let projected = try runner.run(
            "export", "labs.geojson", "--precision", "0", "--crs", "EPSG:5179")
        for feature in projected.features {
            let position = try #require(feature.position)
            #expect(position.x == position.x.rounded() && position.y == position.y.rounded())
        }
    }
}

/// Exports of the built-in layers, each made once for all tests that compare with it.
enum Exported {
    private static let texts = Mutex<[String: String]>([:])

    /// The features of a layer.
    static func features(of layer: String) throws -> [ParsedJSON] {
        if let text = texts.withLock({ $0[layer] }) {
            return try ParsedJSON(text)["features"].array
        }
        let text = try CommandRunner().run("export", layer).output
        texts.withLock { $0[layer] = text }
        return try ParsedJSON(text)["features"].array
    }
}

extension ParsedJSON {
    /// The position of a point feature.
    var position: Position? {
        let coordinates = self["geometry"]["coordinates"]
        guard let x = coordinates[0].number, let y = coordinates[1].number else { return nil }
        return Position(x, y)
    }
}

extension CommandRunner.Outcome {
    /// The features on standard output.
    var features: [ParsedJSON] { (try? ParsedJSON(output))?["features"].array ?? [] }
}
