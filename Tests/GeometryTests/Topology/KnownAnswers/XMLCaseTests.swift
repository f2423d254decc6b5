import Foundation
import Geometry
import Testing

/// GEOS's own XML cases, run through our interface.
@Suite struct `GEOS XML cases` {
    static let folder = URL(filePath: #filePath)
        .appending(path: "../../../../../../shared/data/known-answers/geos-xml").standardized

    @Test func `every case passes, except those listed`() throws {
        guard FileManager.default.fileExists(atPath: Self.folder.path) else {
            print("geos-xml: skipped, no folder \(Self.folder.path)")
            return
        }
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
            .filter { $0.hasSuffix(".xml") }.sorted()
        var listed = XMLDifference.all
        var passes = 0
        var fails = 0
        for file in files {
            for operation in try XMLCaseReader.read(Self.folder.appending(path: file)) {
                let difference = listed.removeValue(forKey: operation.key)
                switch (operation.failure(), difference) {
                case (nil, nil): passes += 1
                case (.some, let reason?):
                    fails += 1
                    if reason == XMLDifference.piecesOfLines {
                        let differs = try operation.differsInPiecesOnly()
                        #expect(differs, "\(operation.key)")
                    }
                case (let failure?, nil):
                    Issue.record("\(operation.key) (\(operation.description)): \(failure)")
                case (nil, let reason?):
                    Issue.record("\(operation.key) passes, but is listed: \(reason)")
                }
            }
        }
        for (key, _) in listed { Issue.record("\(key) is listed, but there is no such operation") }
        print(
            "geos-xml: \(passes) operations in \(files.count) files pass, \(fails) listed",
            "(GEOS \(TopologyEngine.version))")
        #expect(passes > 0)
    }
}
