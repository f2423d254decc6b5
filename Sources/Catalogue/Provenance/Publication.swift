internal import Features
internal import Formats

/// Where facts of the catalogue come from: one entry of `sources.json`.
public struct Publication: Hashable, Sendable {
    /// The identifier by which facts name it.
    public let id: String
    /// Who published it.
    public let publisher: String
    /// Its title.
    public let title: String
    /// When it was published, as precise as it is known.
    public let date: String?
    /// Its address.
    public let url: String?
    /// The licence, as far as stated.
    public let licence: String?

    init(_ json: JSONValue, file: String) throws {
        guard let id = json["id"]?.string, let publisher = json["publisher"]?.string,
            let title = json["title"]?.string
        else {
            throw CatalogueError(
                .malformed, at: file, "a source lacks its id, publisher or title",
                remedy: "give each source these three")
        }
        self.id = id
        self.publisher = publisher
        self.title = title
        date = json["date"]?.string
        url = json["url"]?.string
        licence = json["licence"]?.string
    }
}

extension PlaceCatalogue {
    /// Reads the publications that facts name as their sources.
    ///
    /// - Returns: The publications by identifier.
    /// - Throws: `FormatError` where `sources.json` cannot be read, ``CatalogueError`` where an
    ///   entry lacks what it needs.
    public func publications() throws -> [String: Publication] {
        let file = folder + "/sources.json"
        let entries = try JSONValue.read(file)["sources"]?.array ?? []
        let publications = try entries.map { try Publication($0, file: file) }
        return Dictionary(publications.map { ($0.id, $0) }) { first, _ in first }
    }

    /// Finds a record by its identifier.
    ///
    /// - Parameter id: The identifier: `ic-bitgaram`.
    /// - Returns: The record.
    /// - Throws: ``CatalogueError`` (`unknownName`) naming the nearest identifier.
    public func place(_ id: String) throws -> Place {
        let places = try layers.flatMap { try records(of: $0) }
        if let place = places.first(where: { $0.id == id }) { return place }
        let near = Spelling.nearest(to: id, in: places.map(\.id))
        throw CatalogueError(
            .unknownName, at: "", "the catalogue has no record \"\(id)\"",
            remedy: (near.map { "did you mean \($0)? " } ?? "")
                + "`clusteratlas locate` finds identifiers by name")
    }
}
