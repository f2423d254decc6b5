public import Formats
internal import Geometry

/// One record of the catalogue, with everything known of it.
///
/// What it is called and where it lies is its ``heading``, whose properties are its own too.
@dynamicMemberLookup
public struct Place: Hashable, Sendable {
    /// What it is called and where it lies.
    public internal(set) var heading: PlaceHeading
    /// What is known of it, each with its source.
    public internal(set) var facts: [Fact]
    /// What happened to it, each with its date and source.
    public internal(set) var events: [Event]
    /// How it is tied to other records.
    public let links: [Link]
    /// The names it bore before, the oldest first.
    public let formerNames: [FormerName]
    /// The provinces it belonged to before, the oldest first; for municipalities.
    public let formerProvinces: [FormerProvince]
    /// The sources of its position.
    public let positionSources: [String]
    /// What a reader must know, in Korean.
    public let noteKO: String?
    /// What a reader must know, in English.
    public let noteEN: String?

    /// A property of the heading.
    ///
    /// - Parameter member: Which.
    public subscript<Value>(dynamicMember member: KeyPath<PlaceHeading, Value>) -> Value {
        heading[keyPath: member]
    }

    /// A thing known of a place.
    public struct Fact: Hashable, Sendable {
        /// What it is: `area_km2`.
        public let name: String
        /// The value: a number, a text, or several texts.
        public let value: JSONValue
        /// The sources it comes from.
        public let sources: [String]
        /// The date to which it refers, as precise as it is known.
        public let date: String?
        /// `high`, `medium` or `low`.
        public let confidence: String?
        /// What it was before, the oldest first.
        public let earlier: [Fact]
    }

    /// Something that happened to a place.
    public struct Event: Hashable, Sendable {
        /// What happened: `designated`.
        public let name: String
        /// When, as precise as it is known: `2007-03-07`, `2011-01` or `1973`.
        public let date: String
        /// Who did it, where that matters: who proposed a move.
        public let actor: String?
        /// The sources that say so.
        public let sources: [String]
        /// `high`, `medium` or `low`.
        public let confidence: String?
    }

    /// A tie to another record.
    public struct Link: Hashable, Sendable {
        /// The other record's identifier.
        public let target: String
        /// What ties them: `part-of`.
        public let relation: String
    }

    /// A name that a place bore before.
    public struct FormerName: Hashable, Sendable {
        /// The last day on which it bore the name.
        public let until: String
        /// The name in Korean.
        public let nameKO: String
        /// The name in English; empty where it is not known.
        public let nameEN: String
        /// The sources that say so.
        public let sources: [String]
    }

    /// A province that a municipality belonged to before.
    public struct FormerProvince: Hashable, Sendable {
        /// The last day on which it belonged there.
        public let until: String
        /// The province, by its name then.
        public let province: String
        /// The sources that say so.
        public let sources: [String]
    }

    /// A fact by its name.
    ///
    /// - Parameter name: The name: `area_km2`.
    /// - Returns: The fact, or `nil` where it is not known.
    public func fact(_ name: String) -> Fact? { facts.first { $0.name == name } }

    /// The recorded area in square kilometres.
    public var areaKM2: Double? { fact("area_km2")?.value.number }

    /// All sources that something about the place rests on, in the order in which it is said.
    public var sources: [String] {
        var seen: Set<String> = []
        let cited =
            positionSources + facts.flatMap { $0.sources + $0.earlier.flatMap(\.sources) }
            + events.flatMap(\.sources) + formerNames.flatMap(\.sources)
            + formerProvinces.flatMap(\.sources)
        return cited.filter { seen.insert($0).inserted }
    }
}
