import Foundation
import TestSupport
import Testing

struct CataloguePageTests {
    @Test func `the page about the catalogue and its map say what GeoData says now`() throws {
        guard let python = SharedData.tool("python3") else { return }
        let script = SharedData.packageRoot.appending(path: "Scripts/atlas-page").path
        let result = try SharedData.run(
            python, [script, "--check"], environment: ["PYTHONUTF8": "1"],
            in: SharedData.packageRoot)
        #expect(result.code == 0, "\(result.errors)")
        let map = Document.guides.appending(path: "Resources/atlas.svg")
        #expect(try Data(contentsOf: map).count < 400_000)
    }
}
