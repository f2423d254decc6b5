public import Foundation

/// The reference data that stands beside the checkout, where there is any.
public enum SharedData {
    /// The root of the package.
    public static let packageRoot = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Finds a reference file, and says so on the terminal where it is absent.
    ///
    /// - Parameter path: The path below the reference data.
    /// - Returns: The file, or `nil` where it is absent: a test that needs it returns then.
    public static func file(_ path: String) -> URL? {
        let file = packageRoot.deletingLastPathComponent().appending(path: "shared/data/\(path)")
        if FileManager.default.fileExists(atPath: file.path) { return file }
        print("skipped: no reference file shared/data/\(path) beside the checkout")
        return nil
    }

    /// Finds a program on the search path.
    ///
    /// - Parameter name: Its name.
    /// - Returns: Where it is, or `nil` where it is not installed.
    public static func tool(_ name: String) -> URL? {
        let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
        let found = folders.map { URL(filePath: String($0)).appending(path: name) }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
        if found == nil { print("skipped: \(name) is not installed") }
        return found
    }

    /// Whether Debian's libjs-leaflet is installed; where it is not, the terminal is told, and a test
    /// that needs it returns.
    public static var hasLeaflet: Bool {
        let style = "/usr/share/javascript/leaflet/leaflet.css"
        if FileManager.default.fileExists(atPath: style) { return true }
        print("skipped: libjs-leaflet is not installed")
        return false
    }

    /// Runs a program to its end.
    ///
    /// - Parameters:
    ///   - tool: The program.
    ///   - arguments: Its arguments.
    ///   - input: What it reads from standard input.
    ///   - environment: Variables set beside those of this process.
    ///   - folder: The directory in which it runs; that of this process by default.
    /// - Returns: Its exit code, standard output and standard error.
    /// - Throws: Where it cannot be started.
    public static func run(
        _ tool: URL, _ arguments: [String], input: Data = Data(),
        environment: [String: String] = [:], in folder: URL? = nil
    ) throws -> (code: Int32, output: Data, errors: String) {
        let process = Process()
        process.executableURL = tool
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        if let folder { process.currentDirectoryURL = folder }
        // Files rather than pipes: no amount of output can block the program.
        let scratch = FileManager.default.temporaryDirectory
            .appending(path: "clusteratlas-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        let names = ["in", "out", "err"].map { scratch.appending(path: $0) }
        try input.write(to: names[0])
        for name in names[1...] { try Data().write(to: name) }
        process.standardInput = try FileHandle(forReadingFrom: names[0])
        process.standardOutput = try FileHandle(forWritingTo: names[1])
        process.standardError = try FileHandle(forWritingTo: names[2])
        try process.run()
        process.waitUntilExit()
        return (
            process.terminationStatus, try Data(contentsOf: names[1]),
            String(decoding: try Data(contentsOf: names[2]), as: UTF8.self)
        )
    }
}
