internal import Features
internal import Formats

/// The manifest of a catalogue: a Frictionless Data Package (https://datapackage.org).
struct Manifest {
    let version: String
    /// Whether the folder's records come beside the built-in ones, not instead of them.
    let isExtension: Bool
    let layers: [LayerInfo]
    let groups: [LayerGroup]
    /// The bytes it was read from.
    let input: InputRecord

    /// Reads the manifest of a folder.
    init(folder: String) throws {
        let path = folder + "/" + CatalogueFolder.manifest
        let document = try JSONDocument(path, omitting: ["schema", "dialect", "licenses"])
        let json = document.value
        input = document.input
        version = json["version"]?.string ?? ""
        isExtension = json["extends"]?.bool ?? false
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
                prefix: resource["prefix"]?.string,
                description: resource["description"]?.string ?? "",
                beginning: resource["begins_with"]?.string,
                files: [folder + "/" + (try text(resource, "path"))],
                outlines: resource["outlines"]?.string.map { folder + "/" + $0 },
                outlineAccuracy: resource["outline_accuracy_m"]?.number)
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
