import Catalogue
import Features
import Formats
import Maps

/// Reads what a map shows, and gathers what it rests on.
struct MapReading {
    let input: InputOptions
    private(set) var layers: [MapLayer] = []
    private(set) var inputs: [InputRecord] = []
    /// The version of the catalogue, where its layers are drawn.
    private(set) var catalogueVersion: String?
    private let catalogue: PlaceCatalogue?
    private var results: [String] = []
    private var drawnFromCatalogue: [String] = []

    init(_ input: InputOptions) {
        self.input = input
        catalogue = try? input.catalogue.open()
    }

    /// Reads a layer; of a group of the catalogue, its layers one by one.
    mutating func add(_ reference: String) throws {
        let members = catalogue?.groups.first { $0.name == reference }?.layers
        for name in members ?? [reference] { try addLayer(name) }
    }

    private mutating func addLayer(_ reference: String) throws {
        let known = catalogue?.layers.first { $0.name == reference }
        let view = PlaceView(drawing: known?.outlines == nil ? .point : .outline)
        var opened = try input.open(reference, view)
        let batch = try opened.source.readAll()
        let collection = opened.source.collection
        input.tell(collection, of: reference)
        inputs += collection.inputs.filter { !inputs.contains($0) }
        // A name that the catalogue knows may still be that of a file.
        let info = opened.catalogueVersion == nil ? nil : known
        let name = MapName(info?.titleKO, info?.titleEN ?? opened.name)
        layers.append(MapLayer(name: name, batch: batch))
        if let version = opened.catalogueVersion {
            catalogueVersion = version
            drawnFromCatalogue.append(name.english)
        } else {
            // Where a file lay says nothing to those who see the map.
            let title = InputOptions.title(of: reference)
            let file = title.split(separator: "/").last.map(String.init) ?? title
            results.append(Self.source(of: collection, file))
        }
    }

    /// What a result says of its making, in a line.
    private static func source(of collection: CollectionInfo, _ title: String) -> String {
        guard
            let text = collection.foreignMembers.first(where: { $0.name == "clusteratlas" })?.json,
            let said = try? JSONValue.parse(Array(text.utf8)),
            let operation = said["operation"]?.string
        else { return title }
        let names = (said["inputs"]?.array ?? []).compactMap { $0["name"]?.string }
        let versions = said["versions"]
        var line = "\(title): \(operation)"
        if !names.isEmpty { line += " of \(names.joined(separator: ", "))" }
        line += "; ClusterAtlas \(versions?["clusteratlas"]?.string ?? "")"
        if let catalogue = versions?["catalogue"]?.string { line += ", catalogue \(catalogue)" }
        return line
    }

    /// What the map rests on, a line each.
    private func sources(_ hasLand: Bool) -> [String] {
        var lines = results
        if let catalogueVersion {
            lines.append(
                "ClusterAtlas catalogue \(catalogueVersion), CC BY 4.0: "
                    + drawnFromCatalogue.joined(separator: ", "))
        }
        let outlines = (try? catalogue?.publications())?["sgis-boundaries-2018"]
        if hasLand, let outlines {
            lines.append(
                "Outlines: \(outlines.publisher), \(outlines.title), simplified; "
                    + (outlines.licence ?? ""))
        }
        return lines.map { "Source 출처: \($0)" }
    }

    /// What the map shows, over the provinces of the catalogue where it has their outlines.
    func content(title: String?) -> MapContent {
        let land = try? catalogue?.features(of: "provinces", PlaceView(drawing: .outline))
        let shapes = land?.geometry.shapes.compactMap { $0 } ?? []
        return MapContent(
            title: title.map { MapName(nil, $0) } ?? namesOfLayers, layers: layers, land: shapes,
            sources: sources(!shapes.isEmpty))
    }

    /// The names of the layers; of many the first.
    private var namesOfLayers: MapName {
        let shown = layers.count > Self.mostNamed ? layers.prefix(Self.mostNamed - 1) : layers[...]
        let korean = shown.compactMap(\.name.korean)
        let left = layers.count - shown.count
        return MapName(
            korean.count == shown.count
                ? (korean + (left > 0 ? ["그 밖의 층 \(left)개"] : [])).joined(separator: " · ") : nil,
            (shown.map(\.name.english) + (left > 0 ? ["\(left) more layers"] : []))
                .joined(separator: " · "))
    }

    /// A title names so many layers at most.
    private static let mostNamed = 5
}
