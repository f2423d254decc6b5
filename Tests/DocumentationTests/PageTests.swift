import Foundation
import TestSupport
import Testing

struct PageTests {
    @Test(arguments: try Document.all())
    func `every link to a file or a page leads somewhere`(page: Document) throws {
        let text = page.lines.joined(separator: "\n")
        for match in text.matches(of: #/\]\(([^)\s]+)\)/#) {
            let target = String(match.1)
            if target.contains("://") || target.hasPrefix("#") || target.hasPrefix("mailto:") {
                continue
            }
            let path = target.split(separator: "#")[0].removingPercentEncoding ?? target
            let file = page.file.deletingLastPathComponent().appending(path: path)
            let resource = Document.guides.appending(path: "Resources/\(path).svg")
            #expect(
                [file, resource].contains { FileManager.default.fileExists(atPath: $0.path) },
                "\(page): \(target)")
        }
        for match in text.matches(of: #/<doc:([^>#]+)/#) {
            let file = Document.guides.appending(path: "\(match.1).md")
            #expect(FileManager.default.fileExists(atPath: file.path), "\(page): \(match.0)>")
        }
    }

    @Test func `the module tables name every module`() throws {
        let modules = try FileManager.default.contentsOfDirectory(
            atPath: SharedData.packageRoot.appending(path: "Sources").path
        ).filter { !$0.contains(".") }
        for name in ["README.md", "Architecture.md"] {
            let page = try #require(try Document.all().first { $0.description == name })
            let named = Set(
                page.lines.filter { $0.hasPrefix("| `") }
                    .flatMap { row in row.matches(of: #/`(\w+)`/#).map { String($0.1) } })
            for module in modules {
                #expect(named.contains(module), "\(name): the table lacks \(module)")
            }
        }
    }
}
