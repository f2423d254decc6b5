public import Geometry

/// What went wrong while a study ran.
public struct StudyError: ExplainedError, Hashable {
    /// Where: a folder, a file, or a step.
    public let place: String
    /// What was expected and found.
    public let problem: String
    /// What to do, as an instruction.
    public let remedy: String?

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - place: A folder, a file, or a step.
    ///   - problem: What was expected and found.
    ///   - remedy: What to do, as an instruction.
    public init(at place: String, _ problem: String, remedy: String? = nil) {
        self.place = place
        self.problem = problem
        self.remedy = remedy
    }
}
