import Formats
import HTTPTypes
import Testing

@testable import Service

struct GuideTests {
    @Test func `every address in the guide is answered`() async throws {
        let here = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let guide = try TextFile.read("/\(here)/Sources/ClusterAtlas.docc/TheService.md")
        let start = "curl -s 'http://127.0.0.1:8080"
        let targets = guide.split(separator: "\n").filter { $0.hasPrefix(start) }.map {
            String($0.dropFirst(start.count).prefix { $0 != "'" })
        }
        #expect(targets.count >= 15)
        for target in targets {
            let response = try await ServiceFixture.get(target)
            #expect(response.status == .ok, "\(target)")
            guard target.contains("/items?") else { continue }
            #expect(
                try JSONValue.parse(response.body)["features"]?.array?.isEmpty == false,
                "\(target)")
        }
    }
}
