import Foundation
import TestSupport

/// A page of the documentation, cut into its lines, with the examples it shows.
struct Document: CustomStringConvertible {
    let file: URL
    var lines: [String]

    init(_ file: URL) throws {
        self.file = file
        lines = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
    }

    var description: String { file.lastPathComponent }

    /// The folder of the guides.
    static let guides = SharedData.packageRoot.appending(path: "Sources/ClusterAtlas.docc")

    /// The README and all guides, by name.
    static func all() throws -> [Document] {
        let pages = try FileManager.default.contentsOfDirectory(
            at: guides, includingPropertiesForKeys: nil
        ).filter { $0.pathExtension == "md" }.sorted { $0.path < $1.path }
        return try ([SharedData.packageRoot.appending(path: "README.md")] + pages).map(
            Document.init)
    }

    /// An example between fences.
    struct Block {
        /// The word after the opening fence.
        let language: String
        /// The lines between the fences, as places in the page.
        let lines: Range<Int>
    }

    /// The examples in order.
    var blocks: [Block] {
        var blocks: [Block] = []
        var opening: Int?
        for (at, line) in lines.enumerated() where line.hasPrefix("```") {
            if let start = opening {
                blocks.append(
                    Block(language: String(lines[start].dropFirst(3)), lines: start + 1..<at))
                opening = nil
            } else {
                opening = at
            }
        }
        return blocks
    }

    /// The examples in a language, as their lines.
    func examples(_ language: String) -> [[String]] {
        blocks.filter { $0.language == language }.map { Array(lines[$0.lines]) }
    }
}

/// A command as a page shows it.
struct ShownCommand {
    /// The words, as they are typed into a shell.
    let words: String
    /// The lines printed below it; `nil` where the page shows none on purpose (```sh).
    let output: [String]?
    /// Where the output stands in the page.
    let outputLines: Range<Int>

    /// The commands of an example.
    ///
    /// Of ```sh, one a line; of ```console, the lines after `$`, with what each prints. A backslash
    /// at the end of a line continues it.
    static func all(in document: Document, _ block: Document.Block) -> [ShownCommand] {
        var commands: [ShownCommand] = []
        var at = block.lines.lowerBound
        while at < block.lines.upperBound {
            var words = document.lines[at]
            at += 1
            if block.language == "console" { words = String(words.dropFirst(2)) }
            while words.hasSuffix("\\") || words.hasSuffix("|"), at < block.lines.upperBound {
                words += "\n" + document.lines[at]
                at += 1
            }
            let start = at
            if block.language == "console" {
                while at < block.lines.upperBound, !document.lines[at].hasPrefix("$ ") { at += 1 }
            }
            commands.append(
                ShownCommand(
                    words: words,
                    output: block.language == "console" ? Array(document.lines[start..<at]) : nil,
                    outputLines: start..<at))
        }
        return commands
    }
}
