internal import Foundation

/// All that a run of the program showed and wrote, as a text that is kept and compared.
///
/// Texts are kept in `Tests/Fixtures/commands`; with `CLUSTERATLAS_RECORD=1` in the environment they
/// are written instead of compared.
public struct Transcript: Sendable {
    /// The text.
    public private(set) var text = ""

    /// Begins an empty transcript.
    public init() {}

    /// Adds a run.
    ///
    /// - Parameters:
    ///   - arguments: The arguments with which the program ran.
    ///   - outcome: What it left behind.
    ///   - files: The files it wrote, with their texts.
    public mutating func add(
        _ arguments: [String], _ outcome: CommandRunner.Outcome,
        files: [(name: String, text: String)] = []
    ) {
        let words = arguments.map { $0.contains { " \"|<>".contains($0) } ? "'\($0)'" : $0 }
        text += "$ clusteratlas \(words.joined(separator: " "))\n"
        text += outcome.output
        if !outcome.errors.isEmpty { text += "--- standard error\n\(outcome.errors)" }
        for file in files { text += "--- \(file.name)\n\(file.text)" }
        text += "--- exit code \(outcome.code)\n"
        // The versions of libraries are those of the machine.
        text.replace(#/"versions":{[^}]*}/#, with: #""versions":{}"#)
    }

    /// Compares the transcript with the one that is kept.
    ///
    /// Decimal numbers may differ in their last digits, as they do between processors and versions
    /// of PROJ and GEOS: by 1e-9 of their size, and coordinates by 2e-7 degrees.
    ///
    /// - Parameter name: The name of the kept file, without its ending.
    /// - Returns: The first line that differs, or `nil`.
    /// - Throws: Where the kept file cannot be read or written.
    public func difference(from name: String) throws -> String? {
        let file = CommandRunner.fixtures.appending(path: "commands/\(name).txt")
        if ProcessInfo.processInfo.environment["CLUSTERATLAS_RECORD"] == "1" {
            try text.write(to: file, atomically: true, encoding: .utf8)
            return nil
        }
        let kept = try String(contentsOf: file, encoding: .utf8)
        if kept == text { return nil }
        let (old, new) = [kept, text].map {
            $0.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        }.pair
        for (number, (before, now)) in zip(old, new).enumerated() where !Self.agree(before, now) {
            return "line \(number + 1) of \(name).txt is\n\(before)\nbut was\n\(now)"
        }
        return old.count == new.count
            ? nil : "\(name).txt has \(old.count) lines, but there were \(new.count)"
    }

    private static func agree(_ a: String, _ b: String) -> Bool {
        if a == b { return true }
        let (left, right) = (pieces(a), pieces(b))
        return left.count == right.count
            && zip(left, right).allSatisfy { old, new in
                if old == new { return true }
                guard old.contains("."), let x = Double(old), let y = Double(new) else {
                    return false
                }
                return abs(x - y) <= max(2e-7, 1e-9 * abs(x))
            }
    }

    /// A line, cut where a number begins or ends.
    private static func pieces(_ line: String) -> [Substring] {
        func isOfNumber(_ character: Character) -> Bool { "0123456789.-".contains(character) }
        var pieces: [Substring] = []
        var rest = line[...]
        while let first = rest.first {
            let piece = rest.prefix { isOfNumber($0) == isOfNumber(first) }
            pieces.append(piece)
            rest = rest[piece.endIndex...]
        }
        return pieces
    }
}

extension Array {
    /// The first two elements.
    fileprivate var pair: (Element, Element) { (self[0], self[1]) }
}
