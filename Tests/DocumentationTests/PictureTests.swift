import Foundation
import TestSupport
import Testing

struct PictureTests {
    @Test(arguments: [
        ("picture", "catchments"), ("picture-clusters", "clusters"),
        ("picture-proximity", "proximity"), ("picture-coverage", "coverage"),
        ("picture-accessibility", "accessibility"),
    ])
    func `the picture is drawn and says what the committed one says`(
        script: String, name: String
    ) throws {
        guard let python = SharedData.tool("python3") else { return }
        let workshop = try Workshop()
        defer { workshop.close() }
        let program = try #require(Workshop.program)
        let drawn = workshop.folder.appending(path: "그림.svg")
        let result = try SharedData.run(
            python,
            [
                SharedData.packageRoot.appending(path: "Scripts/\(script)").path,
                "--program", program.path, "-o", drawn.path,
            ], environment: ["PYTHONUTF8": "1", "CLUSTERATLAS_DATA": ""], in: workshop.folder)
        #expect(result.code == 0, "\(result.errors)")
        let committed = Document.guides.appending(path: "Resources/\(name).svg")
        // Libraries of other versions may order vertices in other ways; the words stay.
        #expect(
            try words(of: drawn) == words(of: committed),
            "the committed picture is old; run Scripts/\(script)")
        #expect(try Data(contentsOf: drawn).count < 150_000)
    }

    private func words(of picture: URL) throws -> Set<String> {
        let text = try String(contentsOf: picture, encoding: .utf8)
        return Set(text.matches(of: #/<text[^>]*>([^<]*)<\/text>/#).map { String($0.1) })
    }
}
