public import Foundation

/// Runs the `clusteratlas` that was built with the tests, in a folder of its own.
///
/// The folder has a space and Hangul in its name, holds a copy of `Tests/Fixtures/places`,
/// `Tests/Fixtures/catalogue` and `Tests/Fixtures/clusters`, and is removed with the runner.
public final class CommandRunner: Sendable {
    /// The program, beside the tests that are running.
    public static let program: URL = {
        let beside = [Bundle.main.executableURL, URL(filePath: CommandLine.arguments[0])]
            .compactMap { $0?.resolvingSymlinksInPath().deletingLastPathComponent() }
        let folders = beside + [SharedData.packageRoot.appending(path: ".build/debug")]
        let programs = folders.map { $0.appending(path: "clusteratlas") }
        return programs.first { FileManager.default.isExecutableFile(atPath: $0.path) }
            ?? programs[programs.count - 1]
    }()

    /// The files that tests compare with.
    public static let fixtures = SharedData.packageRoot.appending(path: "Tests/Fixtures")

    /// The folder in which the program runs.
    public let folder: URL

    /// What a run left behind.
    public struct Outcome: Sendable {
        /// The exit code.
        public let code: Int32
        /// Standard output.
        public let output: String
        /// Standard error.
        public let errors: String
    }

    /// Makes the folder.
    ///
    /// - Throws: Where it cannot be made.
    public init() throws {
        let files = FileManager.default
        folder = files.temporaryDirectory.appending(path: "clusteratlas 시험 \(UUID().uuidString)")
        try files.createDirectory(at: folder, withIntermediateDirectories: true)
        let places = Self.fixtures.appending(path: "places")
        for name in try files.contentsOfDirectory(atPath: places.path) {
            try files.copyItem(at: places.appending(path: name), to: folder.appending(path: name))
        }
        for catalogue in ["catalogue", "clusters"] {
            try files.copyItem(
                at: Self.fixtures.appending(path: catalogue),
                to: folder.appending(path: catalogue))
        }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// The variables of a run: a terminal of 80 columns, and no catalogue but the built-in one.
    private static func environment(_ own: [String: String]) -> [String: String] {
        ["COLUMNS": "80", "CLUSTERATLAS_DATA": ""].merging(own) { $1 }
    }

    /// Runs the program to its end.
    ///
    /// - Parameters:
    ///   - arguments: Its arguments.
    ///   - input: What it reads from standard input.
    ///   - environment: Variables set beside those of this process.
    /// - Returns: What it left behind.
    /// - Throws: Where it cannot be started.
    public func run(
        _ arguments: [String], input: Data = Data(), environment: [String: String] = [:]
    ) throws -> Outcome {
        let (code, output, errors) = try SharedData.run(
            Self.program, arguments, input: input, environment: Self.environment(environment),
            in: folder)
        return Outcome(code: code, output: String(decoding: output, as: UTF8.self), errors: errors)
    }

    /// Runs the program to its end, its arguments given one by one.
    ///
    /// - Parameter arguments: Its arguments.
    /// - Returns: What it left behind.
    /// - Throws: Where it cannot be started.
    public func run(_ arguments: String...) throws -> Outcome { try run(arguments) }

    /// Runs a script of bash in the folder; the program is `"$atlas"` in it.
    ///
    /// - Parameter script: The script.
    /// - Returns: What it left behind.
    /// - Throws: Where bash cannot be started.
    public func shell(_ script: String) throws -> Outcome {
        let (code, output, errors) = try SharedData.run(
            URL(filePath: "/bin/bash"), ["-c", script],
            environment: Self.environment(["atlas": Self.program.path]), in: folder)
        return Outcome(code: code, output: String(decoding: output, as: UTF8.self), errors: errors)
    }

    /// Starts the program and leaves it running, its standard input held open.
    ///
    /// - Parameter arguments: Its arguments.
    /// - Returns: The process, and what feeds its standard input.
    /// - Throws: Where it cannot be started.
    public func start(_ arguments: [String]) throws -> (process: Process, input: FileHandle) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = Self.program
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(
            Self.environment([:])
        ) { $1 }
        process.currentDirectoryURL = folder
        process.standardInput = pipe
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return (process, pipe.fileHandleForWriting)
    }

    /// Writes a file into the folder.
    ///
    /// - Parameters:
    ///   - data: What it holds.
    ///   - name: Its name.
    /// - Throws: Where it cannot be written.
    public func write(_ data: Data, to name: String) throws {
        try data.write(to: folder.appending(path: name))
    }

    /// Writes a text into the folder.
    ///
    /// - Parameters:
    ///   - text: What the file holds.
    ///   - name: Its name.
    /// - Throws: Where it cannot be written.
    public func write(_ text: String, to name: String) throws {
        try write(Data(text.utf8), to: name)
    }

    /// Reads a file of the folder.
    ///
    /// - Parameter name: Its name.
    /// - Returns: Its text.
    /// - Throws: Where it cannot be read.
    public func text(of name: String) throws -> String {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }

    /// The names of what lies in the folder, sorted.
    public var files: [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?.sorted() ?? []
    }
}
