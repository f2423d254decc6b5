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
        var all: [String: Publication] = [:]
        for file in folders.map({ $0 + "/sources.json" }) {
            let entries = try JSONDocument(file).value["sources"]?.array ?? []
            for entry in entries {
                let publication = try Publication(entry, file: file)
                all[publication.id] = publication
            }
        }
        return all
    }
}
