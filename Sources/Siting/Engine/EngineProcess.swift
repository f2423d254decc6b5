internal import Programs

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A process that runs in a folder until it ends or the time is up.
enum EngineProcess {
    /// Looks for a program.
    ///
    /// - Parameters:
    ///   - name: Its name, looked for on the `PATH`.
    ///   - variable: The variable that may name it instead.
    /// - Returns: Its path; `nil` where it is nowhere.
    static func program(named name: String, variable: String) -> String? {
        guard let named = getenv(variable) else { return ChildProcess.program(named: name) }
        let path = String(cString: named)
        return ChildProcess.canRun(path) ? path : nil
    }

    /// Runs a program; what it says goes to `log.txt`.
    ///
    /// - Returns: Whether it ended of itself; one that is late is ended.
    /// - Throws: ``SitingError`` (`noEngine`) where it cannot be run.
    static func run(
        _ program: String, _ words: [String], in folder: EngineFolder,
        until deadline: ContinuousClock.Instant?
    ) throws -> Bool {
        let placed = words.map { EngineFolder.files.contains($0) ? "\(folder.path)/\($0)" : $0 }
        let process: ChildProcess
        do {
            process = try ChildProcess(
                program, placed, output: .file("\(folder.path)/\(EngineFolder.log)"))
        } catch {
            throw SitingError(
                .noEngine, at: program, "cannot be run: " + error.reason,
                remedy: "install the program anew")
        }
        guard let deadline else { return !process.end().wasStopped }
        return !process.end { _ in ContinuousClock.now >= deadline }.wasStopped
    }
}
