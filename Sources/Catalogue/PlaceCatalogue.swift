public import Features
internal import Formats

/// Korea's innovation geography: layers of places, each fact with its source.
///
/// The catalogue is a folder of text files, read when they are asked for; nothing is kept between
/// runs and there is no second copy to go stale.
public struct PlaceCatalogue: Sendable {
    /// The folder that holds the files.
    public let folder: String
    /// The version of the catalogue, as its manifest states it.
    public let version: String
    /// The layers, in the order in which people are shown them.
    public let layers: [LayerInfo]
    /// Names for several layers together.
    public let groups: [LayerGroup]

    /// Opens a catalogue.
    ///
    /// - Parameter folder: The folder that holds `datapackage.json`; `nil` to find it, see
    ///   ``CatalogueFolder/find()``.
    /// - Throws: ``CatalogueError`` where there is none or its manifest describes no layers, or
    ///   `FormatError` where its manifest is no JSON.
    public init(folder: String? = nil) throws {
        if let folder, !CatalogueFolder.holdsManifest(folder) {
            throw CatalogueError(
                .notFound, at: folder, "this folder holds no \(CatalogueFolder.manifest)",
                remedy: "name a folder with a catalogue")
        }
        let found = try folder ?? CatalogueFolder.find()
        let manifest = try Manifest(found + "/" + CatalogueFolder.manifest)
        self.folder = found
        version = manifest.version
        layers = manifest.layers
        groups = manifest.groups
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
    public var kinds: [String] { layers.map(\.kind) }

    /// Reads the records of a layer as they are written.
    ///
    /// - Parameter layer: One of ``layers``.
    /// - Returns: The records, in the order of the file.
    /// - Throws: `FormatError` where the file cannot be read, ``CatalogueError`` where a record has
    ///   no identifier, kind or name.
    public func records(of layer: LayerInfo) throws -> [Place] { try read(layer).places }

    private func read(_ layer: LayerInfo) throws -> (places: [Place], inputs: [InputRecord]) {
        let path = folder + "/" + layer.path
        var source = try openSource(path)
        let places = try Place.places(in: try source.readAll(), layer: layer, file: path)
        return (places, source.collection.inputs)
    }

    /// Reads a layer, or all layers of a group, as features for people and analyses.
    ///
    /// Attributes are flat: names, status, where it is, how well its position is known, each fact
    /// as a column, the dates of events, and the identifiers of the sources.
    ///
    /// - Parameters:
    ///   - name: The name of a layer or of a group.
    ///   - listings: Which records are meant.
    /// - Returns: A source of the features, which knows the files it was read from; the kind and
    ///   layer of each feature are attributes.
    /// - Throws: ``CatalogueError`` (`unknownName`) where there is no such layer, and what
    ///   ``records(of:)`` throws.
    public func source(
        of name: String, listings: Set<Listing> = [.main]
    ) throws -> MemorySource {
        guard let layers = layers(named: name) else {
            let near = Spelling.nearest(to: name, in: layerNames)
            throw CatalogueError(
                .unknownName, at: "", "the catalogue has no layer \"\(name)\"",
                remedy: (near.map { "did you mean \($0)? " } ?? "")
                    + "its layers are \(layerNames.joined(separator: ", "))")
        }
        var collection = CollectionInfo(name: name)
        let places = try layers.flatMap { layer in
            let (places, inputs) = try read(layer)
            collection.inputs += inputs
            return places.filter { listings.contains($0.listing) }
        }
        return MemorySource([PlaceTable.features(of: places)], collection: collection)
    }

    /// Reads a layer, or all layers of a group, into one batch; see ``source(of:listings:)``.
    ///
    /// - Parameters:
    ///   - name: The name of a layer or of a group.
    ///   - listings: Which records are meant.
    /// - Returns: The features.
    /// - Throws: What ``source(of:listings:)`` throws.
    public func features(
        of name: String, listings: Set<Listing> = [.main]
    ) throws -> FeatureBatch {
        var source: any FeatureSource = try source(of: name, listings: listings)
        return try source.readAll()
    }
}
