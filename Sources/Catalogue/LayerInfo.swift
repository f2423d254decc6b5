internal import Formats

/// What the catalogue says of one of its layers.
public struct LayerInfo: Hashable, Sendable {
    /// The layer's name, as commands take it: `innovation-cities`.
    public let name: String
    /// Its title in English.
    public let titleEN: String
    /// Its title in Korean.
    public let titleKO: String
    /// The kind of its records: `innovation-city`.
    public let kind: String
    /// What it holds.
    public let description: String
    /// Its file, relative to the catalogue's folder.
    public let path: String
}

/// Several layers under one name.
public struct LayerGroup: Hashable, Sendable {
    /// The group's name, as commands take it: `clusters`.
    public let name: String
    /// Its title in English.
    public let titleEN: String
    /// Its title in Korean.
    public let titleKO: String
    /// The names of its layers, in order.
    public let layers: [String]
}

/// The manifest of a catalogue: a Frictionless Data Package (https://datapackage.org).
struct Manifest {
    let version: String
    let layers: [LayerInfo]
    let groups: [LayerGroup]

    init(_ path: String) throws {
        let json = try JSONValue.read(path)
        version = json["version"]?.string ?? ""
        func text(_ value: JSONValue, _ name: String) throws -> String {
            guard let text = value[name]?.string else {
                throw CatalogueError(
                    .malformed, at: path, "a layer has no text \"\(name)\"",
                    remedy: "give each resource a name, title, title_ko, kind and path")
            }
            return text
        }
        layers = try (json["resources"]?.array ?? []).compactMap { resource in
            // Resources without a kind, such as the list of sources, are no layers.
            guard let kind = resource["kind"]?.string else { return nil }
            return LayerInfo(
                name: try text(resource, "name"), titleEN: try text(resource, "title"),
                titleKO: try text(resource, "title_ko"), kind: kind,
                description: resource["description"]?.string ?? "",
                path: try text(resource, "path"))
        }
        guard !layers.isEmpty else {
            throw CatalogueError(
                .malformed, at: path, "describes no layers",
                remedy: "list them as \"resources\", each with a kind")
        }
        groups = try (json["groups"]?.array ?? []).map { group in
            LayerGroup(
                name: try text(group, "name"), titleEN: try text(group, "title"),
                titleKO: try text(group, "title_ko"),
                layers: (group["layers"]?.array ?? []).compactMap(\.string))
        }
    }
}
