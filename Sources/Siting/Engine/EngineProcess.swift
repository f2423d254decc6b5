#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A folder for the files of one run of an engine; it goes when nobody holds it.
final class EngineFolder {
    let path: String

    /// Makes a folder among the temporary ones (`TMPDIR`, else `/tmp`).
    ///
    /// - Throws: ``SitingError`` (`noEngine`) where none can be made.
    init() throws {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/clusteratlas-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else {
            throw SitingError(
                .noEngine, at: parent,
                "no folder can be made there: " + String(cString: strerror(errno)),
                remedy: "name a folder that can be written in the variable TMPDIR")
        }
        path = String(cString: made)
    }

    deinit {
        for name in ["model.mps", "relaxed.txt", "best.txt", "log.txt"] {
            unlink("\(path)/\(name)")
        }
        rmdir(path)
    }

    func write(_ text: String, to name: String) throws {
        var isWritten = false
        if let file = fopen("\(path)/\(name)", "w") {
            var text = text
            let length = text.utf8.count
            let written = text.withUTF8 { fwrite($0.baseAddress, 1, $0.count, file) }
            isWritten = fclose(file) == 0 && written == length
        }
        if isWritten { return }
        throw SitingError(
            .noEngine, at: path, "cannot be written: " + String(cString: strerror(errno)),
            remedy: "make room, or name another folder in the variable TMPDIR")
    }

    /// The text of a file; empty where it is not there.
    func text(_ name: String) -> String {
        guard let file = fopen("\(path)/\(name)", "r") else { return "" }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&block, 1, block.count, file)
            if count == 0 { break }
            bytes += block[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// A process that runs in a folder until it ends or the time is up.
enum EngineProcess {
    /// Looks for a program.
    ///
    /// - Parameters:
    ///   - name: Its name, looked for on the `PATH`.
    ///   - variable: The variable that may name it instead.
    /// - Returns: Its path; `nil` where it is nowhere.
    static func program(named name: String, variable: String) -> String? {
        if let named = getenv(variable) {
            let path = String(cString: named)
            return access(path, X_OK) == 0 ? path : nil
        }
        let folders = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
        return folders.split(separator: ":").map { "\($0)/\(name)" }
            .first { access($0, X_OK) == 0 }
    }

    /// Runs a program; what it says goes to `log.txt`.
    ///
    /// - Returns: Whether it ended of itself; one that is late by more than a tenth of a second and a
    ///   tenth of its time is ended.
    /// - Throws: ``SitingError`` (`noEngine`) where it cannot be run.
    static func run(
        _ program: String, _ words: [String], in folder: EngineFolder,
        until deadline: ContinuousClock.Instant?
    ) throws -> Bool {
        let begin = ContinuousClock.now
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(
            &actions, 1, "\(folder.path)/log.txt", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        let files = ["model.mps", "relaxed.txt", "best.txt"]
        let placed = words.map { files.contains($0) ? "\(folder.path)/\($0)" : $0 }
        let arguments = ([program] + placed).map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var process: pid_t = 0
        let failure = posix_spawn(&process, program, &actions, nil, arguments, environ)
        guard failure == 0 else {
            throw SitingError(
                .noEngine, at: program, "cannot be run: " + String(cString: strerror(failure)),
                remedy: "install the program anew")
        }
        let latest = deadline.map { $0 + begin.duration(to: $0) / 10 + .milliseconds(100) }
        var status: Int32 = 0
        var pause: UInt32 = 500
        while true {
            let ended = waitpid(process, &status, latest == nil ? 0 : WNOHANG)
            if ended == process { return true }
            if ended < 0, errno != EINTR { return false }
            if let latest, ended == 0 {
                if ContinuousClock.now >= latest {
                    kill(process, SIGKILL)
                    waitpid(process, &status, 0)
                    return false
                }
                usleep(pause)
                pause = min(20_000, pause * 2)
            }
        }
    }
}
