import ClusterAtlasKit
import Foundation
import TestSupport
import Testing

struct SwiftExampleTests {
    private static let examples = SharedData.packageRoot
        .appending(path: "Tests/DocumentationTests/Examples")

    @Test(arguments: try Document.all())
    func `every Swift example is a file that is compiled here`(page: Document) throws {
        let files = try FileManager.default.contentsOfDirectory(
            at: Self.examples, includingPropertiesForKeys: nil)
        let texts = try files.map { try String(contentsOf: $0, encoding: .utf8) }
        for example in page.examples("swift") {
            let text = example.map { $0 + "\n" }.joined()
            #expect(texts.contains(text), "\(page): no file in Examples is\n\(text)")
        }
    }

    @Test func `every compiled example is shown in a page`() throws {
        let shown = try Document.all().flatMap { page in
            page.examples("swift").map { $0.map { $0 + "\n" }.joined() }
        }
        for file in try FileManager.default.contentsOfDirectory(
            at: Self.examples, includingPropertiesForKeys: nil)
        {
            #expect(shown.contains(try String(contentsOf: file, encoding: .utf8)), "\(file)")
        }
    }

    @Test func `the nearest universities are written`() throws {
        let workshop = try Workshop()
        defer { workshop.close() }
        let file = workshop.folder.appending(path: "nearest.geojson")
        try writeNearestUniversities(to: file.path)
        // The program answers the same.
        let answer = try workshop.run(
            "clusteratlas proximity innovation-cities --to universities -k 3 --quiet")
        var source = try openSource(file.path)
        let batch = try source.readAll()
        #expect(batch.count > 0)
        #expect(batch["universities_3_m"] != nil)
        let written = try String(contentsOf: file, encoding: .utf8)
        #expect(features(of: written) == features(of: answer.output))
    }

    /// The lines that hold features, which stand one a line.
    private func features(of text: String) -> [Substring] {
        text.split(separator: "\n").filter { $0.hasPrefix("{\"type\":\"Feature\",") }
    }

    @Test func `a layer that is handed over is taken whole`() throws {
        let address = UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 8)
        defer { address.deallocate() }
        try hand("innovation-cities", to: address)
        let taken = try take(from: address)
        let kept = try PlaceCatalogue().features(of: "innovation-cities")
        #expect(taken.geometry.shapes == kept.geometry.shapes)
        #expect(taken["name_ko"] == kept["name_ko"])
    }

    @Test func `a streamed file is covered`() async throws {
        let workshop = try Workshop()
        defer { workshop.close() }
        let input = workshop.folder.appending(path: "학교.csv")
        let rows = "이름,경도,위도\n가,127.37,36.37\n나,126.40,34.80\n"
        try rows.write(to: input, atomically: true, encoding: .utf8)
        let output = workshop.folder.appending(path: "학교.geojson")
        let tally = try await coverResearchZones(input.path, to: output.path)
        #expect(tally.demandCount == 2)
        #expect(tally.coveredCounts == [1])
        var source = try openSource(output.path)
        #expect(try source.readAll()["covered_10km"]?[0] == .bool(true))
    }

    @Test func `positions and metres are what the page says`() throws {
        #expect(abs(seoulToBusan() - 324_915.30) < 0.005)
        // cs2cs 9.1.1 from EPSG:5174 to EPSG:4326.
        let place = try cadastralPosition(easting: 200_000, northing: 450_000)
        #expect(abs(place.x - 127.000788) < 1e-6)
        #expect(abs(place.y - 37.552268) < 1e-6)
    }
}
