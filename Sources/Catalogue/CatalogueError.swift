public import Geometry

/// What went wrong with the catalogue.
public struct CatalogueError: ExplainedError, Hashable {
    /// The kinds of failure; more may come.
    public struct Code: Hashable, Sendable {
        /// The name of the failure.
        public let name: String

        /// The folder of the catalogue is nowhere to be found.
        public static let notFound = Code(name: "not-found")
        /// A layer, kind or province that the catalogue does not hold.
        public static let unknownName = Code(name: "unknown-name")
        /// Outlines asked of a layer that has none.
        public static let noOutlines = Code(name: "no-outlines")
        /// A file of the catalogue that does not hold what it should.
        public static let malformed = Code(name: "malformed")
    }

    /// The kind of failure.
    public let code: Code
    /// The file, and the record in it where there is one.
    public let place: String
    /// What was found.
    public let problem: String
    /// What to do.
    public let remedy: String?

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - code: The kind of failure.
    ///   - place: The file, and the record in it.
    ///   - problem: What was expected and found.
    ///   - remedy: What to do, as an instruction.
    public init(_ code: Code, at place: String, _ problem: String, remedy: String? = nil) {
        self.code = code
        self.place = place
        self.problem = problem
        self.remedy = remedy
    }
}
