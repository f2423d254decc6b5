import Foundation
import TestSupport

/// A folder in which examples are run, whose name has spaces and Hangul, and in which
/// `clusteratlas` and `Scripts/run` are the program that was just built.
struct Workshop {
    let folder: URL
    private let programs: URL

    /// The program that was built with these tests.
    static var program: URL? {
        let built = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        let places = [built, SharedData.packageRoot.appending(path: ".build/debug")]
        return places.map { $0.appending(path: "clusteratlas") }.first {
            FileManager.default.isExecutableFile(atPath: $0.path)
        }
    }

    init() throws {
        guard let program = Self.program else { throw CocoaError(.fileNoSuchFile) }
        let files = FileManager.default
        let root = files.temporaryDirectory.appending(path: "예제 모음 \(UUID().uuidString)")
        folder = root.appending(path: "빈 폴더")
        programs = root.appending(path: "bin")
        let scripts = folder.appending(path: "Scripts")
        for made in [programs, scripts] {
            try files.createDirectory(at: made, withIntermediateDirectories: true)
        }
        // The files that pages show and use.
        let examples = SharedData.packageRoot.appending(path: "Tests/Fixtures/examples")
        for name in try files.contentsOfDirectory(atPath: examples.path) {
            try files.copyItem(
                at: examples.appending(path: name), to: folder.appending(path: name))
        }
        for place in [
            programs.appending(path: "clusteratlas"), scripts.appending(path: "run"),
        ] {
            try files.createSymbolicLink(at: place, withDestinationURL: program)
        }
    }

    /// Runs a line as a shell does, with everything it prints in the order in which it came.
    func run(_ line: String) throws -> (code: Int32, output: String) {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let result = try SharedData.run(
            URL(filePath: "/bin/bash"), ["-c", "set -o pipefail; exec 2>&1\n\(line)"],
            environment: [
                "PATH": "\(programs.path):\(path)", "LC_ALL": "C.UTF-8", "CLUSTERATLAS_DATA": "",
            ], in: folder)
        return (result.code, String(decoding: result.output, as: UTF8.self))
    }

    /// Removes the folder.
    func close() { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }
}
