public import Geometry

/// What went wrong in an analysis.
public struct AnalysisError: ExplainedError, Hashable {
    /// The kinds of failure; more may come.
    public struct Code: Hashable, Sendable {
        /// The name of the failure.
        public let name: String

        /// A layer without any located feature where some are needed.
        public static let empty = Code(name: "empty")
        /// A position that is not on the globe.
        public static let badPosition = Code(name: "bad-position")
        /// A field that is missing or holds no numbers.
        public static let badField = Code(name: "bad-field")
        /// A number outside what the operation takes.
        public static let badArgument = Code(name: "bad-argument")
        /// Areas too wide, or a shape of a kind, that the operation cannot draw.
        public static let cannotDraw = Code(name: "cannot-draw")
    }

    /// The kind of failure.
    public let code: Code
    /// The layer, and the feature in it where there is one.
    public let place: String
    /// What was found.
    public let problem: String
    /// What to do.
    public let remedy: String?

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - code: The kind of failure.
    ///   - place: The layer, and the feature in it.
    ///   - problem: What was expected and found.
    ///   - remedy: What to do, as an instruction.
    public init(_ code: Code, at place: String, _ problem: String, remedy: String? = nil) {
        self.code = code
        self.place = place
        self.problem = problem
        self.remedy = remedy
    }
}
