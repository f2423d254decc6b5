public import Geometry

/// How much requests and jobs may take.
public struct JobLimits: Hashable, Sendable {
    /// The bytes of a request's body.
    public var bodyBytes = 32 << 20
    /// The features of all inputs of a job together.
    public var features = 1_000_000
    /// The positions of all inputs of a job together.
    public var vertices = 10_000_000
    /// The jobs that wait at once.
    public var queued = 100
    /// The jobs of one owner that wait at once.
    public var queuedOfOne = 50
    /// The jobs that run at once.
    public var concurrent = 2
    /// How many seconds a job may run.
    public var seconds = 300.0
    /// How many bytes a job may hold in memory.
    public var memory = 2 << 30
    /// How many bytes the outputs of a job may hold together, and each file that it writes.
    public var outputBytes = 256 << 20

    /// Creates the usual limits.
    public init() {}
}

/// A limit that a request or a job does not keep.
public struct JobLimitError: ExplainedError, Hashable {
    /// What is limited.
    public enum Limit: String, Hashable, Sendable, CaseIterable {
        /// The bytes of a request's body.
        case bodyBytes = "body-too-large"
        /// The features of the inputs.
        case features = "too-many-features"
        /// The positions of the inputs.
        case vertices = "too-many-vertices"
        /// The jobs that wait.
        case queued = "too-many-jobs"
        /// The time that a job runs.
        case seconds = "job-too-long"
        /// The memory that a job holds.
        case memory = "job-too-large"
        /// The bytes of a job's outputs.
        case outputBytes = "output-too-large"
        /// A service that is about to end takes no more jobs.
        case closing = "closing"
    }

    /// What is limited.
    public let limit: Limit
    /// The input that it is about, as a JSON pointer; empty where it is about none.
    public let place: String
    /// How much was found, and how much may be.
    public let problem: String
    /// What to do.
    public let remedy: String?

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - limit: What is limited.
    ///   - place: The input that it is about.
    ///   - problem: How much was found, and how much may be.
    ///   - remedy: What to do.
    public init(_ limit: Limit, at place: String = "", _ problem: String, remedy: String? = nil) {
        self.limit = limit
        self.place = place
        self.problem = problem
        self.remedy = remedy
    }
}
