public import Geometry

/// What went wrong with the keeping of jobs.
public struct JobError: ExplainedError, Hashable {
    /// Where: a file or folder.
    public let place: String
    /// What was expected and found.
    public let problem: String
    /// What to do, as an instruction.
    public let remedy: String?

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - place: A file or folder.
    ///   - problem: What was expected and found.
    ///   - remedy: What to do, as an instruction.
    public init(at place: String, _ problem: String, remedy: String? = nil) {
        self.place = place
        self.problem = problem
        self.remedy = remedy
    }
}
