/// What went wrong in the geometry core.
public struct GeometryError: ExplainedError, Hashable {
    /// The kinds of failure; more may come.
    public struct Code: Hashable, Sendable {
        /// The name of the failure.
        public let name: String

        /// A definition of a coordinate reference system that PROJ cannot read.
        public static let unknownCRS = Code(name: "unknown-crs")
        /// A transformation that is refused: ballpark, missing grid, or known wrong for Korea.
        public static let doubtfulTransformation = Code(name: "doubtful-transformation")
        /// A position that cannot be transformed or is not on the globe.
        public static let badPosition = Code(name: "bad-position")
        /// An operation of GEOS that failed.
        public static let topology = Code(name: "topology")
        /// Text or bytes that are no geometry.
        public static let malformed = Code(name: "malformed")
        /// A radius, tolerance or count outside what the operation takes.
        public static let badArgument = Code(name: "bad-argument")
    }

    /// The kind of failure.
    public let code: Code
    /// Where it happened, if the caller knows; see ``at(_:)``.
    public var place: String
    /// What was found.
    public let problem: String
    /// What to do.
    public let remedy: String?

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - code: The kind of failure.
    ///   - problem: What was expected and found.
    ///   - remedy: What to do, as an instruction.
    ///   - place: Where, if known.
    public init(_ code: Code, _ problem: String, remedy: String? = nil, place: String = "") {
        self.code = code
        self.problem = problem
        self.remedy = remedy
        self.place = place
    }

    /// Returns the same error at a place.
    ///
    /// - Parameter place: A file, feature or row.
    /// - Returns: The error that names the place.
    public func at(_ place: String) -> GeometryError {
        var error = self
        error.place = place
        return error
    }
}
