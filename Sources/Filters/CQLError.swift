public import Geometry

/// Where something stands in the source of a filter.
public enum CQLPlace: Hashable, Sendable {
    /// A character of a text, from 1.
    case column(Int)
    /// A value of a JSON document, as a pointer (RFC 6901); empty for the whole of it.
    case pointer(String)
    /// Nowhere: the expression was made by a program.
    case none
}

/// What is wrong with a filter, and where.
public struct CQLError: ExplainedError, Hashable {
    /// Where it is in the filter.
    public let at: CQLPlace
    /// What was found, and what was expected.
    public let problem: String
    /// What to do about it.
    public let remedy: String?

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - at: Where it is in the filter.
    ///   - problem: What was found, and what was expected.
    ///   - remedy: What to do about it.
    public init(at: CQLPlace, _ problem: String, remedy: String? = nil) {
        self.at = at
        self.problem = problem
        self.remedy = remedy
    }

    /// The place in words: `filter, column 12` or `filter, /args/0`.
    public var place: String {
        switch at {
        case .column(let column): "filter, column \(column)"
        case .pointer(let pointer): pointer.isEmpty ? "filter" : "filter, \(pointer)"
        case .none: "filter"
        }
    }
}

/// How large a filter may be.
public struct CQLLimits: Hashable, Sendable {
    /// How many expressions may stand in one another.
    public var depth = 64
    /// How many expressions there may be in all.
    public var nodes = 2000
    /// How many positions the geometries may have in all.
    public var positions = 20_000

    /// Creates the usual limits.
    public init() {}
}
