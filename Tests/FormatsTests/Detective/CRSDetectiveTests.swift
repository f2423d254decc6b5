import Features
import Foundation
import Geometry
import TestSupport
import Testing

@testable import Formats

/// Numbers whose system is known to the test, and told by the detective.
struct CRSDetectiveTests {
    /// Halls of cities.
    static let landmarks = [
        Landmark(names: ["서울특별시청"], position: Position(126.978, 37.5665), accuracy: 50),
        Landmark(names: ["대전광역시청"], position: Position(127.3848, 36.3504), accuracy: 50),
        Landmark(names: ["부산광역시청"], position: Position(129.0756, 35.1796), accuracy: 50),
        Landmark(names: ["광주광역시청"], position: Position(126.8514, 35.1601), accuracy: 50),
        Landmark(names: ["제주도청"], position: Position(126.4983, 33.4890), accuracy: 50),
    ]

    /// The landmarks as numbers of a system.
    private func sample(
        _ definition: String, names: Bool, count: Int = 5, isSwapped: Bool = false
    ) throws -> CoordinateSample {
        let system = try CoordinateReferenceSystem(definition)
        let there = try Transformation(from: .wgs84, to: system, doubtful: .accept)
        return CoordinateSample(
            items: try Self.landmarks.prefix(count).map { landmark in
                let position = try there.apply(landmark.position)
                return CoordinateSample.Item(
                    raw: isSwapped ? Position(position.y, position.x) : position,
                    texts: names ? landmark.names : [])
            })
    }

    @Test(arguments: KoreanSystem.all.filter { $0.projection != nil })
    func `places by name tell every projected system`(system: KoreanSystem) throws {
        let detective = try CRSDetective(landmarks: Self.landmarks)
        let candidates = detective.candidates(for: try sample(system.definition, names: true))
        let best = try #require(candidates.first)
        #expect(best.system == system, "\(CRSCandidate.lines(candidates))")
        #expect(!best.isSwapped)
        #expect(best.odds > 0.99)
        #expect((best.metresByName ?? .infinity) < 1)
    }

    @Test func `without names the belts of one shape stay open, with their distances`() throws {
        let detective = try CRSDetective(landmarks: Self.landmarks)
        let candidates = detective.candidates(for: try sample("EPSG:5174", names: false, count: 3))
        let byCode = Dictionary(
            uniqueKeysWithValues: candidates.filter { !$0.isSwapped }.map {
                ($0.system.definition, $0)
            })
        let modified = try #require(byCode["EPSG:5174"])
        let old = try #require(byCode["EPSG:2097"])
        let new = try #require(byCode["EPSG:5181"])
        // 10.405″ of longitude; the datum and it partly cancel out.
        #expect(abs(modified.metres(from: old) - 255) < 5)
        #expect(modified.metres(from: new) > 300 && modified.metres(from: new) < 330)
        // The datum alone, as the Korean geodesists have it.
        #expect(abs(old.metres(from: new) - 362) < 15)
        #expect(candidates.allSatisfy { $0.odds < 0.9 })
        #expect(abs(candidates.reduce(0) { $0 + $1.odds } - 1) < 0.02)
    }

    @Test func `northings before eastings are seen`() throws {
        let detective = try CRSDetective(landmarks: Self.landmarks)
        for name in ["EPSG:5186", "EPSG:5179", "EPSG:4326"] {
            let candidates = detective.candidates(
                for: try sample(name, names: true, isSwapped: true))
            #expect(candidates.first?.isSwapped == true)
            #expect(candidates.first?.system.definition == name)
        }
    }

    @Test func `numbers that lie nowhere in Korea have no candidate`() throws {
        let detective = try CRSDetective(landmarks: Self.landmarks)
        for raw in [Position(-3_000_000, 7e6), Position(2.35, 48.85), Position(1e12, 1e12)] {
            let sample = CoordinateSample(items: [.init(raw: raw)])
            #expect(detective.candidates(for: sample).isEmpty)
        }
        #expect(detective.candidates(for: CoordinateSample(items: [])).isEmpty)
    }

    @Test func `corners of known outlines tell datums apart`() throws {
        guard let outlines = SharedData.file("sido.geojson"),
            let towns = SharedData.file("shapefile_cp949/TL_SCCO_EMD.shp")
        else { return }
        var source = try openSource(outlines.path)
        let provinces = try source.readAll().geometry.shapes.compactMap { $0 }
        let sample = try CoordinateSample.reading(towns.path, options: ReadingOptions())
        let candidates = try CRSDetective(landmarks: Self.landmarks, outlines: provinces)
            .candidates(for: sample)
        #expect(candidates.first?.system.definition == "EPSG:5179")
        #expect((candidates.first?.odds ?? 0) > 0.95, "\(CRSCandidate.lines(candidates))")
    }

    @Test func `the numbers of a file come as they stand, whatever it names`() throws {
        let scratch = Scratch()
        let named = try scratch.write(
            """
            {"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:2097"}},
            "features":[{"type":"Feature","properties":{},"geometry":{"type":"Point",
            "coordinates":[203920.553,420115.799]}}]}
            """, to: "named.geojson")
        let csv = try scratch.write("x,y\n203920.553,420115.799\n", to: "none.csv")
        for path in [named, csv] {
            let sample = try CoordinateSample.reading(path, options: ReadingOptions())
            let raw = try #require(sample.items.first?.raw)
            #expect(abs(raw.x - 203920.553) < 1e-3 && abs(raw.y - 420115.799) < 1e-3)
        }
    }

    @Test(arguments: [
        ("127°22′14.5″", 127.370694444), ("127-22-14.5", 127.370694444),
        ("N 36 21 05", 36.351388888),
        ("36도 21분 5초", 36.351388888), ("127:22.5", 127.375), ("-10 30 0", -10.5),
        ("W 10 30", -10.5),
        ("동경 127도 22분", 127.366666666),
    ])
    func `angles are read as people write them`(text: String, degrees: Double) throws {
        #expect(abs(try #require(SexagesimalAngle.degrees(text)) - degrees) < 1e-8)
    }

    @Test(arguments: [
        "127.5", "127 60 0", "1 2 3 4", "12a 5", "", "200 10 10", "127.5 22 10", "east",
    ])
    func `what is no angle is none`(text: String) {
        #expect(SexagesimalAngle.degrees(text) == nil)
    }
}
