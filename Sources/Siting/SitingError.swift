public import Geometry

/// What is wrong with a question of where to put sites.
public struct SitingError: ExplainedError, Hashable {
    /// The kinds of failure; more may come.
    public struct Code: Hashable, Sendable {
        /// The name of the failure.
        public let name: String

        /// No demand, or no candidates.
        public static let empty = Code(name: "empty")
        /// An identifier that is there twice.
        public static let duplicateID = Code(name: "duplicate-id")
        /// An identifier that is not there.
        public static let unknownID = Code(name: "unknown-id")
        /// A weight that is no number of at least 0, or weights that are all 0.
        public static let badWeight = Code(name: "bad-weight")
        /// A cost that is no number of at least 0.
        public static let badCost = Code(name: "bad-cost")
        /// A pair of demand and candidate without a cost, or with two.
        public static let badPair = Code(name: "bad-pair")
        /// More or fewer sites asked for than can be chosen.
        public static let badNumber = Code(name: "bad-number")
        /// An option that does not go with the model, or a column that is missing.
        public static let badArgument = Code(name: "bad-argument")
        /// A result that cannot be read, or does not belong to the inputs.
        public static let badResult = Code(name: "bad-result")
        /// The general solver that a question needs is not there, or fails.
        public static let noEngine = Code(name: "no-engine")
        /// A capacity or a budget that cannot be enough for what is asked.
        public static let notEnough = Code(name: "not-enough")
    }

    /// The kind of failure.
    public let code: Code
    /// The table or layer, and the demand or candidate in it.
    public let place: String
    /// What was found.
    public let problem: String
    /// What to do.
    public let remedy: String?

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - code: The kind of failure.
    ///   - place: The table or layer, and the demand or candidate in it.
    ///   - problem: What was expected and found.
    ///   - remedy: What to do, as an instruction.
    public init(_ code: Code, at place: String, _ problem: String, remedy: String? = nil) {
        self.code = code
        self.place = place
        self.problem = problem
        self.remedy = remedy
    }
}
