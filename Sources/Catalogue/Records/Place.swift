internal import Features
public import Formats
public import Geometry

/// One record of the catalogue: a view of a feature's row, for people and for search.
public struct Place: Hashable, Sendable {
    /// The stable identifier: `ic-bitgaram`.
    public let id: String
    /// The layer it belongs to.
    public let layer: String
    /// The kind: `innovation-city`.
    public let kind: String
    /// The name in Korean.
    public let nameKO: String
    /// The name in English.
    public let nameEN: String
    /// Old names, abbreviations and other spellings.
    public let aliases: [String]
    /// Where it is, longitude and latitude in degrees.
    public let position: Position
    /// How far the true position may lie from the one given, in metres.
    public let accuracy: Double?
    /// How the position was found: `campus`, `station`, `dong-centroid` and so on.
    public let basis: String?
    /// Which of its layer's records it is; see ``PlaceCatalogue/Listing``.
    public let listing: PlaceCatalogue.Listing
    /// Its present status: `designated`, `operating` and so on.
    public let status: String?
    /// The province, by its present name.
    public let province: String?
    /// The municipality, by its present name.
    public let municipality: String?
    /// The municipality's legal code of five digits.
    public let municipalityCode: String?
    /// What is known of it, each with its source.
    public let facts: [Fact]
    /// What happened to it, each with its date and source.
    public let events: [Event]
    /// How it is tied to other records.
    public let links: [Link]
    /// The sources of its position.
    public let positionSources: [String]

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
    }

    /// Something that happened to a place.
    public struct Event: Hashable, Sendable {
        /// What happened: `designated`.
        public let name: String
        /// When, as precise as it is known: `2007-03-07`, `2011-01` or `1973`.
        public let date: String
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

    /// The recorded area in square kilometres.
    public var areaKM2: Double? { facts.first { $0.name == "area_km2" }?.value.number }
}

extension Place {
    /// Reads the records of a layer's file.
    static func places(
        in batch: FeatureBatch, layer: LayerInfo, file: String
    ) throws -> [Place] {
        try (0..<batch.count).map { row in
            func fault(_ problem: String, _ remedy: String) -> CatalogueError {
                CatalogueError(
                    .malformed, at: "\(file), record \(row + 1) (id \"\(batch.id(row) ?? "")\")",
                    problem, remedy: remedy)
            }
            func text(_ name: String) -> String? {
                batch[name].flatMap { $0[row].isNull ? nil : $0[row].description }
            }
            func json(_ name: String) throws -> JSONValue? {
                guard let column = batch[name], case .json(let text) = column[row] else {
                    return nil
                }
                return try JSONValue.parse(Array(text.utf8))
            }
            func required(_ name: String) throws -> String {
                guard let text = text(name), !text.isEmpty else {
                    throw fault("has no \(name)", "give it one")
                }
                return text
            }
            guard let id = batch.id(row) else { throw fault("has no id", "give it a stable one") }
            guard case .point(let position)? = batch.geometry[row] else {
                throw fault("has no point geometry", "give it a position")
            }
            let listing = text("listing") ?? "main"
            guard let listing = PlaceCatalogue.Listing(rawValue: listing) else {
                throw fault(
                    "has the listing \"\(listing)\"", "use main, whole, part or reference")
            }
            let basis = try json("position")
            return Place(
                id: id, layer: layer.name, kind: try required("kind"),
                nameKO: try required("name_ko"), nameEN: try required("name_en"),
                aliases: try json("aliases")?.array?.compactMap(\.string) ?? [],
                position: position, accuracy: basis?["accuracy_m"]?.number,
                basis: basis?["basis"]?.string, listing: listing, status: text("status"),
                province: text("province"), municipality: text("municipality"),
                municipalityCode: text("municipality_code"),
                facts: Self.facts(try json("facts")), events: Self.events(try json("events")),
                links: Self.links(try json("links")), positionSources: Self.sources(basis))
        }
    }

    /// The source or sources of something.
    private static func sources(_ value: JSONValue?) -> [String] {
        if let one = value?["source"]?.string { return [one] }
        return value?["source"]?.array?.compactMap(\.string) ?? []
    }

    private static func facts(_ json: JSONValue?) -> [Fact] {
        (json?.members ?? []).map { member in
            Fact(
                name: member.name, value: member.value["value"] ?? .null,
                sources: sources(member.value), date: member.value["date"]?.string,
                confidence: member.value["confidence"]?.string)
        }
    }

    private static func events(_ json: JSONValue?) -> [Event] {
        (json?.array ?? []).compactMap { event in
            guard let name = event["event"]?.string, let date = event["date"]?.string else {
                return nil
            }
            return Event(
                name: name, date: date, sources: sources(event),
                confidence: event["confidence"]?.string)
        }
    }

    private static func links(_ json: JSONValue?) -> [Link] {
        (json?.array ?? []).compactMap { link in
            guard let target = link["to"]?.string, let relation = link["relation"]?.string else {
                return nil
            }
            return Link(target: target, relation: relation)
        }
    }
}
