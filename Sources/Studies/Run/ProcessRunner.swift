internal import Dispatch
internal import Formats
internal import Programs

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
                continuation.resume(returning: Self.end(of: process, call))
            }
        }
    }

    /// Waits for the end of a process, and ends it where it holds more memory than it may, or the call
    /// says so.
    ///
    /// A limit set for the process itself would be exact, but a program that cannot start a thread
    /// for it waits for ever.
    private static func end(of process: ChildProcess, _ call: StepCall) -> StepEnd {
        let memory = call.memory
        var isOver = false
        var isAsked = false
        func isToStop(_ process: Int32) -> Bool {
            isOver = memory.map { residentBytes(of: process) > $0 } ?? false
            isAsked = !isOver && call.isToStop?() ?? false
            return isOver || isAsked
        }
        let isWatched = memory != nil || call.isToStop != nil
        let ending = process.end(stoppingWhen: isWatched ? isToStop : nil)
        return StepEnd(
            code: ending.code, signal: ending.signal, memory: ending.memory,
            isOverMemory: isOver || (!isAsked && memory.map { ending.memory > $0 } ?? false),
            wasStopped: isAsked && ending.signal != nil)
    }

    /// The bytes that a process holds in memory (proc(5), `statm`).
    private static func residentBytes(of process: Int32) -> Int {
        guard let text = try? TextFile.read("/proc/\(process)/statm") else { return 0 }
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }

    private func start(_ call: StepCall) throws -> ChildProcess {
        do {
            return try ChildProcess(
                program, call.words, input: .descriptor(lifeline), output: .file(call.report),
                errors: .file(call.log), environment: Self.environment(call),
                isLeader: call.isToStop != nil)
        } catch {
            throw StudyError(at: program, "cannot be run: " + error.reason)
        }
    }

    /// A variable; what one of this program's names from here is named so that a step finds it too.
    private static func placed(_ variable: String) -> String {
        let parts = variable.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, parts[0].hasPrefix("CLUSTERATLAS_"), FilePlace.exists(parts[1])
        else { return variable }
        return "\(parts[0])=\(FilePlace.absolute(parts[1]))"
    }

    /// The variables of this process, and those of the step.
    private static func environment(_ call: StepCall) -> [String] {
        var variables: [String] = []
        var at = environ
        while let variable = at.pointee {
            let text = String(cString: variable)
            if !text.hasPrefix(StepProcess.prefix) { variables.append(placed(text)) }
            at += 1
        }
        if let context = call.context { variables.append("\(StepProcess.context)=\(context)") }
        if let bytes = call.fileBytes { variables.append("\(StepProcess.fileBytes)=\(bytes)") }
        variables.append("\(StepProcess.folder)=\(call.folder)")
        variables.append("\(StepProcess.progress)=\(call.progress)")
        variables.append("\(StepProcess.notes)=\(call.notes)")
        return variables
    }
}
