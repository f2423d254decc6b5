#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Another program, running as a process of its own.
public struct ChildProcess: Sendable {
    private let identifier: pid_t
    private let isLeader: Bool

    /// What a standard stream of the process is.
    public enum Stream: Sendable {
        /// Nothing to read, and what is written is lost.
        case nothing
        /// A file, which is written anew.
        case file(String)
        /// A descriptor of this process.
        case descriptor(Int32)
    }

    /// Why a process did not start.
    public struct StartFailure: Error {
        /// What the system says.
        public let reason: String
    }

    /// How a process ended.
    public struct Ending: Sendable {
        /// Its exit code; 128 and the signal where one ended it.
        public let code: Int32
        /// The signal that ended it; `nil` where it ended of itself.
        public let signal: Int32?
        /// The most memory it held, in bytes.
        public let memory: Int
        /// Whether it was ended because it was to be.
        public let wasStopped: Bool
    }

    /// Looks for a program on the `PATH`.
    ///
    /// - Parameter name: Its name.
    /// - Returns: Its path; `nil` where it is nowhere.
    public static func program(named name: String) -> String? {
        let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
        return path.split(separator: ":").map { "\($0)/\(name)" }.first(where: canRun)
    }

    /// Whether a path is that of a program that may be run.
    ///
    /// - Parameter path: The path.
    /// - Returns: False where nothing is there, or it may not be run.
    public static func canRun(_ path: String) -> Bool { access(path, X_OK) == 0 }

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - program: Its path.
    ///   - words: What it is called with, without its own name.
    ///   - input: Its standard input.
    ///   - output: Its standard output.
    ///   - errors: Its standard error; `nil` for the same as its output.
    ///   - environment: Its variables, each `NAME=value`; `nil` for those of this process.
    ///   - isLeader: Whether it leads a group of processes, all of which are ended with it.
    /// - Throws: ``StartFailure``.
    public init(
        _ program: String, _ words: [String], input: Stream = .nothing, output: Stream = .nothing,
        errors: Stream? = nil, environment: [String]? = nil,
        isLeader: Bool = false
    ) throws(StartFailure) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let streams = [(input, O_RDONLY), (output, O_WRONLY | O_CREAT | O_TRUNC)]
        for (number, (stream, flags)) in streams.enumerated() {
            Self.set(Int32(number), stream, flags, &actions)
        }
        if let errors {
            Self.set(2, errors, O_WRONLY | O_CREAT | O_TRUNC, &actions)
        } else {
            posix_spawn_file_actions_adddup2(&actions, 1, 2)
        }
        let arguments = ([program] + words).map { strdup($0) } + [nil]
        let own = environment.map { $0.map { strdup($0) } + [nil] }
        defer { for text in arguments + (own ?? []) { free(text) } }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        if isLeader {
            posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
            posix_spawnattr_setpgroup(&attributes, 0)
        }
        var identifier: pid_t = 0
        let failure =
            own.map { posix_spawn(&identifier, program, &actions, &attributes, arguments, $0) }
            ?? posix_spawn(&identifier, program, &actions, &attributes, arguments, environ)
        guard failure == 0 else { throw StartFailure(reason: String(cString: strerror(failure))) }
        self.identifier = identifier
        self.isLeader = isLeader
    }

    private static func set(
        _ number: Int32, _ stream: Stream, _ flags: Int32,
        _ actions: inout posix_spawn_file_actions_t
    ) {
        switch stream {
        case .nothing:
            posix_spawn_file_actions_addopen(&actions, number, "/dev/null", flags, 0)
        case .file(let path):
            posix_spawn_file_actions_addopen(&actions, number, path, flags, 0o666)
        case .descriptor(let descriptor):
            posix_spawn_file_actions_adddup2(&actions, descriptor, number)
        }
    }

    /// Waits for the end of the process, once.
    ///
    /// - Parameter isToStop: Gets its number, and is asked some fifty times a second, more often at first; the process is
    ///   killed where it says so. `nil` to wait however long it takes.
    /// - Returns: How it ended.
    public func end(stoppingWhen isToStop: ((Int32) -> Bool)? = nil) -> Ending {
        var status: Int32 = 0
        var usage = rusage()
        var wasStopped = false
        var pause: UInt32 = 500
        while true {
            let ended = wait4(
                identifier, &status, isToStop == nil || wasStopped ? 0 : WNOHANG, &usage)
            if ended == identifier { break }
            if ended < 0, errno != EINTR { break }
            guard ended == 0, let isToStop else { continue }
            if isToStop(identifier) {
                wasStopped = true
                kill(isLeader ? -identifier : identifier, SIGKILL)
            } else {
                usleep(pause)
                pause = min(20_000, pause * 2)
            }
        }
        let signal = status & 0x7F
        return Ending(
            code: signal == 0 ? (status >> 8) & 0xFF : 128 + signal,
            signal: signal == 0 ? nil : signal, memory: Int(usage.ru_maxrss) * 1024,
            wasStopped: wasStopped)
    }
}
