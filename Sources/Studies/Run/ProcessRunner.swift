internal import Dispatch
internal import Formats

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Runs each step as a process of its own, so that one that fails, or is killed for its memory, harms
/// no other.
///
/// A step's standard input is a pipe that nobody writes to. Its end is the end of this process,
/// however that comes, and ``StepProcess`` in the step then ends it too.
public final class ProcessRunner: StepRunner {
    private let program: String
    private let lifeline: Int32
    private let lifelineHold: Int32
    private let queue = DispatchQueue(label: "steps", attributes: .concurrent)

    /// Creates a runner.
    ///
    /// - Parameter program: The program that knows the operations.
    /// - Throws: ``StudyError`` where the system has no pipe to give.
    public init(program: String) throws {
        self.program = program
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw StudyFolder.failure("a pipe", errno) }
        // Only the reading end goes to steps: a writing end there would keep all of them alive.
        for end in ends { _ = Self.closeOnExecution(end) }
        (lifeline, lifelineHold) = (ends[0], ends[1])
    }

    deinit {
        close(lifeline)
        close(lifelineHold)
    }

    private static func closeOnExecution(_ descriptor: Int32) -> Int32 {
        fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    /// Runs the words of a step as a process.
    ///
    /// - Parameter call: The words, and where they run.
    /// - Returns: How it ended.
    /// - Throws: ``StudyError`` where it cannot be started.
    public func run(_ call: StepCall) async throws -> StepEnd {
        let process = try start(call)
        return await withCheckedContinuation { continuation in
            queue.async {
                continuation.resume(returning: Self.end(of: process, within: call.memory))
            }
        }
    }

    /// Waits for the end of a process, and ends it where it holds more memory than it may.
    ///
    /// What it holds is looked at fifty times a second. A limit set for the process itself would be
    /// exact, but a program that cannot start a thread for it waits for ever.
    private static func end(of process: pid_t, within memory: Int?) -> StepEnd {
        var status: Int32 = 0
        var usage = rusage()
        var isOver = false
        while true {
            let ended = wait4(process, &status, memory == nil || isOver ? 0 : WNOHANG, &usage)
            if ended == process { break }
            if ended < 0, errno != EINTR { break }
            if let memory, ended == 0 {
                if residentBytes(of: process) > memory {
                    isOver = true
                    kill(process, SIGKILL)
                } else {
                    usleep(20_000)
                }
            }
        }
        let signal = status & 0x7F
        let most = Int(usage.ru_maxrss) * 1024
        if let memory, most > memory { isOver = true }
        return StepEnd(
            code: signal == 0 ? (status >> 8) & 0xFF : 128 + signal,
            signal: signal == 0 ? nil : signal, memory: most, isOverMemory: isOver)
    }

    /// The bytes that a process holds in memory (proc(5), `statm`).
    private static func residentBytes(of process: pid_t) -> Int {
        guard let text = try? TextFile.read("/proc/\(process)/statm") else { return 0 }
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }

    private func start(_ call: StepCall) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, lifeline, 0)
        let flags = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, 1, call.report, flags, 0o666)
        posix_spawn_file_actions_addopen(&actions, 2, call.log, flags, 0o666)
        let words = ([program] + call.words).map { strdup($0) } + [nil]
        let variables = Self.environment(call).map { strdup($0) } + [nil]
        defer { for word in words + variables { free(word) } }
        var process: pid_t = 0
        let failure = posix_spawn(&process, program, &actions, nil, words, variables)
        guard failure == 0 else {
            throw StudyError(at: program, "cannot be run: " + String(cString: strerror(failure)))
        }
        return process
    }

    /// The variables of this process, and those of the step.
    private static func environment(_ call: StepCall) -> [String] {
        var variables: [String] = []
        var at = environ
        while let variable = at.pointee {
            let text = String(cString: variable)
            if !text.hasPrefix(StepProcess.prefix) { variables.append(text) }
            at += 1
        }
        variables.append("\(StepProcess.context)=\(call.context)")
        variables.append("\(StepProcess.folder)=\(call.folder)")
        variables.append("\(StepProcess.progress)=\(call.progress)")
        variables.append("\(StepProcess.notes)=\(call.notes)")
        return variables
    }
}
