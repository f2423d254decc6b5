import Foundation
import TestSupport
import Testing

struct CommandExampleTests {
    /// Writes what commands print now into the pages, instead of comparing.
    private static let updates =
        ProcessInfo.processInfo.environment["CLUSTERATLAS_UPDATE_DOCS"] == "1"

    @Test(arguments: try Document.all())
    func `every command of a page runs and prints what the page shows`(page: Document) throws {
        let workshop = try Workshop()
        defer { workshop.close() }
        var updated = page
        // From the end, so that lines that come or go move nothing still to be replaced.
        var replacements: [(lines: Range<Int>, text: [String])] = []
        for block in page.blocks where ["sh", "console"].contains(block.language) {
            for command in ShownCommand.all(in: page, block) {
                let result = try workshop.run(command.words)
                #expect(result.code == 0, "\(page): \(command.words)\n\(result.output)")
                guard let output = command.output else { continue }
                let shown = output.map { $0 + "\n" }.joined()
                if Self.updates {
                    var lines = result.output.components(separatedBy: "\n")
                    if lines.last?.isEmpty == true { lines.removeLast() }
                    replacements.append((command.outputLines, lines))
                } else {
                    #expect(
                        result.output == shown,
                        "\(page): what `\(command.words)` prints is not what the page shows")
                }
            }
        }
        guard Self.updates else { return }
        for replacement in replacements.reversed() {
            updated.lines.replaceSubrange(replacement.lines, with: replacement.text)
        }
        if updated.lines != page.lines {
            try updated.lines.joined(separator: "\n")
                .write(to: page.file, atomically: true, encoding: .utf8)
        }
    }

    @Test(arguments: try Document.all())
    func `every example says what it is`(page: Document) {
        for block in page.blocks {
            #expect(
                ["sh", "console", "swift", "text", "json", "yaml"].contains(block.language),
                "\(page), line \(block.lines.lowerBound): \"\(block.language)\"")
            guard ["sh", "console"].contains(block.language) else { continue }
            for command in ShownCommand.all(in: page, block) {
                #expect(
                    command.words.hasPrefix("clusteratlas ")
                        || command.words.hasPrefix("Scripts/run "),
                    "\(page): a test cannot run `\(command.words)`; mark it as ```text")
            }
        }
    }

    @Test(arguments: try Document.all())
    func `a file of rules that a page shows is one that its commands read`(page: Document) throws {
        let folder = SharedData.packageRoot.appending(path: "Tests/Fixtures/examples")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".yaml") }
            .map { try String(contentsOf: folder.appending(path: $0), encoding: .utf8) }
        for lines in page.examples("yaml") {
            #expect(files.contains(lines.map { $0 + "\n" }.joined()), "\(page)")
        }
    }

    @Test(arguments: try Document.all())
    func `what a page shows of a terminal fits 80 columns`(page: Document) {
        for line in page.examples("console").joined() {
            // Hangul takes two columns a syllable.
            let columns = line.unicodeScalars.reduce(0) {
                $0 + ((0x2E80...0xD7A3).contains($1.value) ? 2 : 1)
            }
            #expect(columns <= 80, "\(page): \(line)")
        }
    }
}
