import Foundation
import Studies
import Synchronization

/// Operations on paper: `join` writes what it was told, and what its inputs hold.
struct PaperOperations: OperationCatalogue {
    var version = "1"
    var catalogue = "a"

    let operations = [
        StudyOperation(
            ["join"], abstract: "Joins.", takesThreads: true,
            [
                .init("in", .layer, option: nil, isRequired: true, isRepeating: true),
                .init("factor", .number, option: "--factor"),
                .init("count", .integer, option: "-k"),
                .init("within", .distances, option: "--within"),
                .init("mode", .text, option: "--mode", choices: ["sum", "mean"]),
                .init("bare", .flag, option: "--bare"),
                .init("as-of", .text, option: "--as-of"),
                .init("data", .inputFolder, option: "--data"),
                .init("extra", .outputFile, option: "--extra"),
                .init("output", .outputFile, option: "--output", defaultValue: "csv"),
            ]),
        StudyOperation(["tell", "one"], [.init("what", .text, option: nil, isRequired: true)]),
    ]

    func layers(in folder: String?) throws -> [String] { ["cities", "stations"] }

    func fault(in words: [String]) -> String? {
        words.contains("99") ? "The value '99' is invalid for '-k <count>'" : nil
    }

    func versions(in folder: String?) throws -> StudyVersions {
        StudyVersions(
            software: [.init(name: "paper", version: version)], catalogue: "1",
            catalogueDigest: catalogue)
    }

    func sources(of view: CatalogueView, in folder: String?) throws -> Set<String> {
        ["\(view.layer ?? "all")@\(view.date ?? "now")"]
    }

    func libraries(of operation: String, files: [String]) -> [StudyVersions.Software] { [] }
}

/// Runs operations on paper, and remembers which.
final class PaperRunner: StepRunner {
    private let state = Mutex(State())
    /// What the versions at hand add to each result.
    private let mark: String

    init(mark: String = "") { self.mark = mark }

    private struct State {
        var ran: [String] = []
        var atWork = 0
        var most = 0
        var failing: Set<String> = []
    }

    /// The reports of the steps that ran, sorted, which are their names; and forgets them.
    func ran() -> [String] {
        state.withLock { state in
            defer { state.ran = [] }
            return state.ran.sorted()
        }
    }

    /// How many were at work at once.
    var most: Int { state.withLock { $0.most } }

    func fail(_ steps: Set<String>) { state.withLock { $0.failing = steps } }

    func run(_ call: StepCall) async throws -> StepEnd {
        let name = URL(filePath: call.report).deletingPathExtension().lastPathComponent
        let fails = state.withLock { state in
            state.ran.append(name)
            state.atWork += 1
            state.most = max(state.most, state.atWork)
            return state.failing.contains(name)
        }
        defer { state.withLock { $0.atWork -= 1 } }
        try await Task.sleep(for: .milliseconds(2))
        var words = call.words
        if let threads = words.firstIndex(of: "--threads") { words.removeSubrange(threads...) }
        var text = words.joined(separator: " ") + "\n"
        let folder = URL(filePath: call.folder)
        for word in words {
            let file = folder.appending(path: word)
            if word.contains("."), let held = try? String(contentsOf: file, encoding: .utf8) {
                text += held
            }
        }
        try "report of \(name)\n".write(
            to: URL(filePath: call.report), atomically: false, encoding: .utf8)
        try "half of it".write(to: URL(filePath: call.log), atomically: false, encoding: .utf8)
        for (option, file) in zip(words, words.dropFirst())
        where option == "--output" || option == "--extra" {
            let written = fails ? String(text.prefix(3)) : "\(option)\n\(text)\(mark)"
            try written.write(
                to: folder.appending(path: file), atomically: false, encoding: .utf8)
        }
        return StepEnd(code: fails ? 1 : 0)
    }
}

/// A folder with a study and its inputs, removed in the end.
final class Desk {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "연구 책상 \(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func write(_ text: String, to name: String) throws {
        let file = folder.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: file, atomically: true, encoding: .utf8)
    }

    func text(of name: String) throws -> String {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }

    /// The study of a text, in this folder.
    func plan(
        _ text: String, settings: [(name: String, text: String)] = [],
        operations: PaperOperations = PaperOperations()
    ) throws -> StudyPlan {
        try write(text, to: "s.yaml")
        return try StudyPlan.read(
            folder.appending(path: "s.yaml").path, settings: settings, operations: operations)
    }

    /// All files of a folder of results that are no notes of the run's own, with their texts.
    func results(in name: String) throws -> [String: String] {
        var found: [String: String] = [:]
        let place = folder.appending(path: name)
        for file in try FileManager.default.contentsOfDirectory(atPath: place.path)
        where !file.hasPrefix(".") {
            found[file] = try String(contentsOf: place.appending(path: file), encoding: .utf8)
        }
        return found
    }
}
