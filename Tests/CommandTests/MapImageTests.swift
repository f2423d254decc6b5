import Foundation
import TestSupport
import Testing

@Suite("Maps as images") struct MapImageTests {
    /// The width and height that the head of a PNG says.
    private func size(of data: Data) -> [Int] {
        guard data.count > 24, data.starts(with: [137, 80, 78, 71, 13, 10, 26, 10]) else {
            return []
        }
        return [16, 20].map { at in
            data[at..<(at + 4)].reduce(0) { $0 << 8 | Int($1) }
        }
    }

    @Test(arguments: ["rsvg-convert", "chromium"])
    func `a PNG is as wide as it was asked to be`(program: String) throws {
        guard let tool = SharedData.tool(program) else { return }
        let runner = try CommandRunner()
        // A path on which only this program is, and what a browser's start needs.
        let folder = runner.folder.appending(path: "bin")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            at: folder.appending(path: program), withDestinationURL: tool)
        let path = program == "chromium" ? "\(folder.path):/bin" : folder.path
        if program == "chromium", FileManager.default.isExecutableFile(atPath: "/bin/rsvg-convert")
        {
            print("skipped: rsvg-convert lies beside the shell, so that it would be taken first")
            return
        }
        let outcome = try runner.run(
            ["map", "towns.geojson", "-o", "지도 a.png", "--width", "450", "--quiet"],
            environment: ["PATH": path])
        #expect(outcome.code == 0 && outcome.output.isEmpty, "\(outcome.errors)")
        let data = try Data(contentsOf: runner.folder.appending(path: "지도 a.png"))
        #expect(size(of: data).first == 450 && data.count > 5000)
        let left = try FileManager.default.contentsOfDirectory(atPath: runner.folder.path)
        #expect(!left.contains { $0.contains("partial") })
    }

    @Test func `without a program that makes images, the error says what to install`() throws {
        let runner = try CommandRunner()
        let outcome = try runner.run(
            ["map", "towns.geojson", "-o", "a.png"], environment: ["PATH": "/nowhere"])
        #expect(outcome.code != 0 && outcome.errors.contains("apt install librsvg2-bin"))
        let left = try FileManager.default.contentsOfDirectory(atPath: runner.folder.path)
        #expect(!left.contains { $0.hasPrefix("a.png") })
        let wide = try runner.run("map", "towns.geojson", "-o", "a.png", "--width", "5")
        #expect(wide.code == 64 && wide.errors.contains("100 to 20000"))
    }
}
