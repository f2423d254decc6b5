internal import Features
internal import Formats

/// Korea's innovation geography: layers of places, each fact with its source.
///
/// The catalogue is a folder of text files, read when they are asked for; nothing is kept between
/// runs and there is no second copy to go stale. A folder of own records can stand beside it: a
/// record there with the identifier of a built-in one takes its place.
public struct PlaceCatalogue: Sendable {
    /// The folders that hold the files: the built-in one, and the one with own records after it.
    public let folders: [String]
    /// The version of the catalogue, as its manifest states it.
    public let version: String
    /// The layers, in the order in which people are shown them.
    public let layers: [LayerInfo]
    /// Names for several layers together.
    public let groups: [LayerGroup]

    /// Opens a catalogue.
    ///
    /// - Parameter folder: A folder that holds `datapackage.json`; `nil` for the one that
    ///   ``CatalogueFolder/find()`` finds. Where its manifest says `"extends": true`, its records
    ///   come beside the built-in ones, else instead of them.
    /// - Throws: ``CatalogueError`` where there is none or its manifest describes no layers, or
    ///   `FormatError` where its manifest is no JSON.
    public init(folder: String? = nil) throws {
        if let folder, !CatalogueFolder.holdsManifest(folder) {
            throw CatalogueError(
                .notFound, at: folder, "this folder holds no \(CatalogueFolder.manifest)",
                remedy: "name a folder with a catalogue; `clusteratlas import` makes one")
        }
        let found = try folder ?? CatalogueFolder.find()
        let manifest = try Manifest(folder: found)
        guard manifest.isExtension else {
            folders = [found]
            version = manifest.version
            layers = manifest.layers
            groups = manifest.groups
            return
        }
        let builtIn = try CatalogueFolder.findBuiltIn()
        let base = try Manifest(folder: builtIn)
        folders = [builtIn, found]
        version = [base.version, manifest.version].filter { !$0.isEmpty }.joined(separator: "+")
        layers = Self.merged(base.layers, manifest.layers)
        groups =
            base.groups
            + manifest.groups.filter { own in
                !base.groups.contains { $0.name == own.name }
            }
    }

    /// Layers with those of own records: the files of layers with the same name are read one after
    /// the other.
    private static func merged(_ base: [LayerInfo], _ own: [LayerInfo]) -> [LayerInfo] {
        var layers = base
        for layer in own {
            if let at = layers.firstIndex(where: { $0.name == layer.name }) {
                layers[at].files += layer.files
                if layer.outlines != nil {
                    layers[at].outlines = layer.outlines
                    layers[at].outlineAccuracy = layer.outlineAccuracy
                }
            } else {
                layers.append(layer)
            }
        }
        return layers
    }

    /// Which records of a layer are meant.
    public enum Listing: String, Hashable, Sendable, CaseIterable {
        /// The places of the layer itself.
        case main
        /// Wholes whose parts are places of their own: the innovation city of Busan.
        case whole
        /// Details below a place: a district of an R&D special zone.
        case part
        /// Places outside the programme that others are measured against: Pangyo Techno Valley.
        case reference
    }

    /// The layers that a name means: one, or all of a group.
    ///
    /// - Parameter name: The name of a layer or of a group.
    /// - Returns: The layers; `nil` where the catalogue has neither.
    public func layers(named name: String) -> [LayerInfo]? {
        if let layer = layers.first(where: { $0.name == name }) { return [layer] }
        guard let group = groups.first(where: { $0.name == name }) else { return nil }
        return layers.filter { group.layers.contains($0.name) }
    }

    /// All names that commands take for layers.
    public var layerNames: [String] { layers.map(\.name) + groups.map(\.name) }

    /// The kinds of records, in the order of the layers.
    public var kinds: [String] {
        var seen: Set<String> = []
        return layers.map(\.kind).filter { seen.insert($0).inserted }
    }

    /// Reads what the records of a layer are called and where they lie, and no more.
    ///
    /// - Parameter layer: One of ``layers``.
    /// - Returns: The headings, in the order of the file; own records that are new come last.
    /// - Throws: What ``records(of:)`` throws.
    public func headings(of layer: LayerInfo) throws -> [PlaceHeading] {
        let read = try layer.files.map { file in
            try Self.features(
                of: try JSONDocument(file, omitting: PlaceHeading.details).value, file
            ) { feature, number throws(CatalogueError) in
                try PlaceHeading(feature, number: number, layer: layer.name, file: file)
            }
        }
        return Self.overridden(read, id: \.id)
    }

    /// Reads the records of a layer as they are written.
    ///
    /// - Parameter layer: One of ``layers``.
    /// - Returns: The records, in the order of the file; own records that are new come last.
    /// - Throws: `FormatError` where the file cannot be read, ``CatalogueError`` where a record has
    ///   no identifier, kind or name.
    public func records(of layer: LayerInfo) throws -> [Place] { try read(layer).places }

    /// Reads a layer, and says from which bytes.
    func read(_ layer: LayerInfo) throws -> (places: [Place], inputs: [InputRecord]) {
        var inputs: [InputRecord] = []
        let read = try layer.files.map { file in
            let document = try JSONDocument(file)
            inputs.append(document.input)
            return try Self.features(of: document.value, file) {
                feature, number throws(CatalogueError) in
                try Place(feature, number: number, layer: layer.name, file: file)
            }
        }
        return (Self.overridden(read, id: \.id), inputs)
    }

    /// The features of a collection, each made into something.
    private static func features<Record>(
        of json: JSONValue, _ file: String,
        _ make: (JSONValue, Int) throws(CatalogueError) -> Record
    ) throws(CatalogueError) -> [Record] {
        guard let features = json["features"]?.array else {
            throw CatalogueError(
                .malformed, at: file, "holds no \"features\"",
                remedy: "write a GeoJSON FeatureCollection")
        }
        var records: [Record] = []
        records.reserveCapacity(features.count)
        for (number, feature) in features.enumerated() {
            records.append(try make(feature, number + 1))
        }
        return records
    }

    /// Records of several files as one list, later ones in the place of earlier ones with the same
    /// identifier.
    private static func overridden<Record>(
        _ files: [[Record]], id: (Record) -> String
    ) -> [Record] {
        guard files.count > 1, var records = files.first else { return files.first ?? [] }
        var places = Dictionary(
            records.enumerated().map { (id($1), $0) }, uniquingKeysWith: { first, _ in first })
        for record in files.dropFirst().joined() {
            if let place = places[id(record)] {
                records[place] = record
            } else {
                places[id(record)] = records.count
                records.append(record)
            }
        }
        return records
    }

    /// Finds a record by its identifier, reading only the layer whose prefix it bears.
    ///
    /// - Parameter id: The identifier: `ic-bitgaram`.
    /// - Returns: The record.
    /// - Throws: ``CatalogueError`` (`unknownName`) naming the nearest identifier.
    public func place(_ id: String) throws -> Place {
        let likely = layers.filter { $0.prefix.map(id.hasPrefix) ?? true }
        for layer in likely {
            if let place = try records(of: layer).first(where: { $0.id == id }) { return place }
        }
        let headings = try layers.flatMap { try self.headings(of: $0) }
        // An identifier without its layer's prefix may still be meant.
        if let heading = headings.first(where: { $0.id == id }),
            let layer = layers.first(where: { $0.name == heading.layer }),
            let place = try records(of: layer).first(where: { $0.id == id })
        {
            return place
        }
        let near = Spelling.nearest(to: id, in: headings.map(\.id))
        throw CatalogueError(
            .unknownName, at: "", "the catalogue has no record \"\(id)\"",
            remedy: (near.map { "did you mean \($0)? " } ?? "")
                + "`clusteratlas locate` finds identifiers by name")
    }
}
