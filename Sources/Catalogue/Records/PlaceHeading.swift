internal import Formats
public import Geometry

/// What a record of the catalogue is called and where it lies: all that a search by name needs.
public struct PlaceHeading: Hashable, Sendable {
    /// The stable identifier: `ic-bitgaram`.
    public let id: String
    /// The layer it belongs to.
    public let layer: String
    /// The kind: `innovation-city`.
    public let kind: String
    /// The name in Korean.
    public internal(set) var nameKO: String
    /// The name in English.
    public internal(set) var nameEN: String
    /// Old names, abbreviations and other spellings.
    public let aliases: [String]
    /// Where it is, longitude and latitude in degrees; `nil` for what has no place of its own, such
    /// as a programme.
    public let position: Position?
    /// How far the true position may lie from the one given, in metres.
    public let accuracy: Double?
    /// How the position was found: `campus`, `station`, `dong-centroid` and so on.
    public let basis: String?
    /// Which of its layer's records it is; see ``PlaceCatalogue/Listing``.
    public let listing: PlaceCatalogue.Listing
    /// Its status: `designated`, `operating` and so on.
    public internal(set) var status: String?
    /// The legal code of a province (two digits) or municipality (five digits).
    public let code: String?
    /// The province it lies in.
    public internal(set) var province: String?
    /// The municipality it lies in.
    public internal(set) var municipality: String?
    /// The municipality's legal code of five digits.
    public let municipalityCode: String?

    /// The members of a record that a heading does not need.
    static let details: Set<String> = [
        "facts", "events", "links", "note_ko", "note_en", "former_names", "former_places",
    ]

    /// Reads the heading of a record.
    ///
    /// - Parameters:
    ///   - feature: The GeoJSON feature.
    ///   - number: Its place in the file, from 1.
    ///   - layer: The layer it belongs to.
    ///   - file: The file, for errors.
    /// - Throws: ``CatalogueError`` (`malformed`) naming the record.
    init(
        _ feature: JSONValue, number: Int, layer: String, file: String
    ) throws(CatalogueError) {
        let id = feature["id"]?.string
        func fault(_ problem: String, _ remedy: String) -> CatalogueError {
            CatalogueError(
                .malformed, at: "\(file), record \(number) (id \"\(id ?? "")\")", problem,
                remedy: remedy)
        }
        let properties = feature["properties"]
        func text(_ name: String) -> String? { properties?[name]?.string }
        func required(_ name: String) throws(CatalogueError) -> String {
            guard let text = text(name), !text.isEmpty else {
                throw fault("has no \(name)", "give it one")
            }
            return text
        }
        guard let id, !id.isEmpty else { throw fault("has no id", "give it a stable one") }
        self.id = id
        self.layer = layer
        kind = try required("kind")
        nameKO = try required("name_ko")
        nameEN = try required("name_en")
        aliases = properties?["aliases"]?.array?.compactMap(\.string) ?? []
        if let geometry = feature["geometry"], !geometry.isNull {
            let numbers = geometry["coordinates"]?.array?.compactMap(\.number)
            guard geometry["type"]?.string == "Point", let numbers, numbers.count >= 2 else {
                throw fault("has no point geometry", "give it a position, or null")
            }
            let position = Position(numbers[0], numbers[1])
            guard position.isOnGlobe else {
                throw fault(
                    "\(position) is not a longitude and latitude",
                    Position(numbers[1], numbers[0]).isOnGlobe
                        ? "longitude and latitude may be swapped" : "give degrees")
            }
            self.position = position
        } else {
            position = nil
        }
        let name = text("listing") ?? "main"
        guard let listing = PlaceCatalogue.Listing(rawValue: name) else {
            throw fault("has the listing \"\(name)\"", "use main, whole, part or reference")
        }
        self.listing = listing
        let found = properties?["position"]
        accuracy = found?["accuracy_m"]?.number
        basis = found?["basis"]?.string
        status = text("status")
        code = text("code")
        province = text("province")
        municipality = text("municipality")
        municipalityCode = text("municipality_code")
    }
}
