import Foundation
import TestSupport
import Testing

struct KnownAnswerScriptsTests {
    /// NetworkX, PySAL and scikit-learn still give what is kept: needs a Python that has them, named by
    /// CLUSTERATLAS_PYTHON.
    @Test(arguments: ["network", "concentration", "pattern"])
    func `the scripts still make the known answers that are kept`(folder: String) throws {
        guard let python = ProcessInfo.processInfo.environment["CLUSTERATLAS_PYTHON"] else {
            print("\(folder)/make.py is not run: CLUSTERATLAS_PYTHON names no Python for it")
            return
        }
        let kept = SharedData.packageRoot.appending(path: "Tests/Fixtures/\(folder)")
        let scratch = FileManager.default.temporaryDirectory
            .appending(path: "clusteratlas-known-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        let run = try SharedData.run(
            URL(filePath: python), [kept.appending(path: "make.py").path], in: scratch)
        if run.code != 0, run.errors.contains("ModuleNotFoundError") {
            print("\(folder)/make.py is not run: that Python lacks what it needs")
            return
        }
        try #require(run.code == 0, "\(run.errors)")
        let names = try FileManager.default.contentsOfDirectory(atPath: kept.path)
        for name in names where name.hasSuffix(".csv") {
            let (old, new) = (
                try String(contentsOf: kept.appending(path: name), encoding: .utf8),
                try String(contentsOf: scratch.appending(path: name), encoding: .utf8)
            )
            let (before, now) = (old.split(separator: "\n"), new.split(separator: "\n"))
            #expect(before.count == now.count)
            let titles = before[0].split(separator: ",")
            for (a, b) in zip(before, now) {
                let (left, right) = (
                    a.split(separator: ",", omittingEmptySubsequences: false),
                    b.split(separator: ",", omittingEmptySubsequences: false)
                )
                for (at, (x, y)) in zip(left, right).enumerated() where x != y {
                    let isDrawn = titles[at].hasSuffix("_sim") || titles[at].hasSuffix("local_p")
                    // Random draws differ between versions, sums in their last digits.
                    let tolerance = isDrawn ? 0.03 : 1e-9
                    let (p, q) = (Double(x) ?? .nan, Double(y) ?? .nan)
                    #expect(abs(p - q) <= tolerance * max(1, abs(p)), "\(name): \(a) is now \(b)")
                }
            }
        }
    }
}
