import ArgumentParser
import Catalogue
import Features
import Formats
import Geometry
import Maps
import Studies

/// The operations of studies, from the very declarations by which the command line is parsed.
struct DeclaredOperations: OperationCatalogue {
    let operations: [StudyOperation]

    /// Commands that yield no result a study could go on with.
    private static let others: Set<String> = [
        "import", "check", "sites verify", "help", "run", "replay", "cite", "blame", "report",
        "serve",
    ]

    /// Options that a run settles itself, and one whose file says how long the search took.
    private static let withheld: Set<String> = ["quiet", "threads", "help", "version", "result"]

    init() throws {
        let declared = try JSONValue.parse(Array(ClusterAtlasCommand._dumpHelp().utf8))
        var found: [StudyOperation] = []
        for command in declared["command"]?["subcommands"]?.array ?? [] {
            Self.collect(command, [], &found)
        }
        operations = found
    }

    private static func collect(
        _ command: JSONValue, _ above: [String], _ found: inout [StudyOperation]
    ) {
        let words = above + [command["commandName"]?.string ?? ""]
        let name = words.joined(separator: " ")
        if others.contains(name) { return }
        if let subcommands = command["subcommands"]?.array {
            for one in subcommands { collect(one, words, &found) }
            return
        }
        let arguments = command["arguments"]?.array ?? []
        let parameters = arguments.flatMap { ParameterKinds.parameters(of: $0, in: name) }
        found.append(
            StudyOperation(
                words, abstract: command["abstract"]?.string ?? "",
                takesThreads: parameters.contains { $0.name == "threads" },
                parameters.filter { !withheld.contains($0.name) }))
    }

    func layers(in folder: String?) throws -> [String] {
        try PlaceCatalogue(folder: folder).layerNames
    }

    func fault(in words: [String]) -> String? {
        do {
            _ = try ClusterAtlasCommand.parseAsRoot(words)
            return nil
        } catch {
            return ClusterAtlasCommand.message(for: error)
        }
    }

    func libraries(of operation: String, files: [String]) -> [StudyVersions.Software] {
        var libraries: [StudyVersions.Software] = []
        if files.contains(where: OtherFormats.holds) {
            libraries.append(.init(name: "gdal", version: OtherFormats.libraryVersion ?? "none"))
        }
        if operation == "map", files.contains(where: MapCommand.isPage) {
            let leaflet = try? MapCommand.leaflet()
            libraries.append(.init(name: "leaflet", version: leaflet?.version ?? "none"))
        }
        return libraries
    }

    func versions(in folder: String?) throws -> StudyVersions {
        let catalogue = try PlaceCatalogue(folder: folder)
        return StudyVersions(
            software: [
                .init(name: "clusteratlas", version: Release.version),
                .init(name: "proj", version: Transformation.engineVersion),
                .init(name: "geos", version: TopologyEngine.version),
            ],
            catalogue: catalogue.version, catalogueDigest: try catalogue.digest())
    }

    func sources(of view: CatalogueView, in folder: String?) throws -> Set<String> {
        let catalogue = try PlaceCatalogue(folder: folder)
        let date = view.date.flatMap { PartialDate($0) }
        let layers = view.layer.flatMap { catalogue.layers(named: $0) } ?? catalogue.layers
        var found: Set<String> = []
        for layer in layers {
            let records =
                try date.map { try catalogue.records(of: layer, asOf: $0) }
                ?? catalogue.records(of: layer)
            for record in records { found.formUnion(record.sources) }
        }
        return found
    }
}
