public import Geometry

/// What went wrong in drawing a map.
public struct MapError: ExplainedError, Hashable {
    /// The kinds of failure; more may come.
    public struct Code: Hashable, Sendable {
        /// The name of the failure.
        public let name: String

        /// No feature that lies anywhere.
        public static let empty = Code(name: "empty")
        /// A field that no layer has, or that holds nothing to draw by.
        public static let badField = Code(name: "bad-field")
        /// An online base map that is none.
        public static let badBase = Code(name: "bad-base")
        /// No Leaflet, by which pages are moved.
        public static let noLeaflet = Code(name: "no-leaflet")
    }

    /// The kind of failure.
    public let code: Code
    /// The layer, or what is missing; empty where all layers are meant.
    public let place: String
    /// What was found.
    public let problem: String
    /// What to do.
    public let remedy: String?

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - code: The kind of failure.
    ///   - place: The layer, or what is missing; empty where all layers are meant.
    ///   - problem: What was expected and found.
    ///   - remedy: What to do, as an instruction.
    public init(_ code: Code, at place: String, _ problem: String, remedy: String? = nil) {
        self.code = code
        self.place = place
        self.problem = problem
        self.remedy = remedy
    }
}
