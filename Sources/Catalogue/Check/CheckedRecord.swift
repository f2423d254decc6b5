internal import Formats
internal import Geometry

/// A record under check: its text with lines, and where it comes from.
struct CheckedRecord {
    let feature: LocatedJSON
    let layer: LayerInfo
    let file: String
    let id: String
    let properties: LocatedJSON

    init?(_ feature: LocatedJSON, layer: LayerInfo, file: String) {
        guard let id = feature["id"]?.string, let properties = feature["properties"],
            properties.members != nil
        else { return nil }
        self.feature = feature
        self.layer = layer
        self.file = file
        self.id = id
        self.properties = properties
    }

    /// The line of its identifier.
    var line: Int { feature["id"]?.line ?? feature.line }

    /// The line of a property, or of the record where it has none of that name.
    func line(of name: String) -> Int {
        properties.members?.last { $0.name == name }?.line ?? line
    }

    func text(_ name: String) -> String? { properties[name]?.string }

    var listing: String { text("listing") ?? "main" }

    /// The position, where the geometry is a point of two or more numbers.
    var position: Position? {
        let numbers = feature["geometry"]?["coordinates"]?.array?.compactMap(\.number)
        guard let numbers, numbers.count >= 2 else { return nil }
        return Position(numbers[0], numbers[1])
    }

    /// The identifiers of other records that it names, with their lines and relations.
    var links: [(target: String, relation: String, line: Int)] {
        (properties["links"]?.array ?? []).compactMap { link in
            guard let to = link["to"]?.string else { return nil }
            return (to, link["relation"]?.string ?? "", link.line)
        }
    }
}
