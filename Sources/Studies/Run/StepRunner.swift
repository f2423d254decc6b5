/// Whoever runs the words of a step: a process of its own, or a test.
public protocol StepRunner: Sendable {
    /// Runs the words of a step to their end.
    ///
    /// - Parameter call: The words, and where they run.
    /// - Returns: How it ended.
    /// - Throws: Where it cannot be started.
    func run(_ call: StepCall) async throws -> StepEnd
}

/// The words of a step, and where they run.
public struct StepCall: Sendable {
    /// The words, without the program's name.
    public let words: [String]
    /// The folder in which they run, which is the step's own.
    public let folder: String
    /// The file that takes what is printed.
    public let report: String
    /// The file that takes what is said of the work and its errors.
    public let log: String
    /// The file in which the step may say how far it has come.
    public var progress: String { log + StudyFolder.progressEnding }
    /// The folder in which the step may note how far it has come.
    ///
    /// What is there was noted by the same
    /// step, of the same inputs and parameters, which did not come to its end.
    public let notes: String
    /// What results say of where they come from, as JSON text; `nil` where it is no step of a study.
    public let context: String?
    /// The greatest number of bytes that the step may hold in memory.
    public let memory: Int?
    /// The greatest number of bytes of a file that the step may write.
    public let fileBytes: Int?
    /// Asked some fifty times a second whether the step is to be ended, with all that it started.
    public let isToStop: (@Sendable () -> Bool)?

    /// Creates a call.
    ///
    /// - Parameters:
    ///   - words: The words, without the program's name.
    ///   - folder: The folder in which they run.
    ///   - report: The file that takes what is printed.
    ///   - log: The file that takes what is said of the work and its errors.
    ///   - notes: The folder in which the step may note how far it has come.
    ///   - context: What results say of where they come from, as JSON text.
    ///   - memory: The greatest number of bytes that the step may hold in memory.
    ///   - fileBytes: The greatest number of bytes of a file that the step may write.
    ///   - isToStop: Whether the step is to be ended.
    public init(
        words: [String], folder: String, report: String, log: String, notes: String,
        context: String?, memory: Int?, fileBytes: Int? = nil,
        isToStop: (@Sendable () -> Bool)? = nil
    ) {
        self.words = words
        self.folder = folder
        self.report = report
        self.log = log
        self.notes = notes
        self.context = context
        self.memory = memory
        self.fileBytes = fileBytes
        self.isToStop = isToStop
    }
}

/// How a step ended.
public struct StepEnd: Hashable, Sendable {
    /// The exit code; 0 for success.
    public let code: Int32
    /// The signal that ended it, where one did.
    public let signal: Int32?
    /// The most memory that it held, in bytes; 0 where that is not known.
    public let memory: Int
    /// Whether it was ended, or failed, for holding more memory than it may.
    public let isOverMemory: Bool
    /// Whether it was ended because the call said so.
    public let wasStopped: Bool

    /// Creates a record.
    ///
    /// - Parameters:
    ///   - code: The exit code.
    ///   - signal: The signal that ended it.
    ///   - memory: The most memory that it held, in bytes.
    ///   - isOverMemory: Whether it held more than it may.
    ///   - wasStopped: Whether it was ended because the call said so.
    public init(
        code: Int32, signal: Int32? = nil, memory: Int = 0, isOverMemory: Bool = false,
        wasStopped: Bool = false
    ) {
        self.isOverMemory = isOverMemory
        self.wasStopped = wasStopped
        self.code = code
        self.signal = signal
        self.memory = memory
    }
}
