internal import Catalogue
internal import Features
internal import Geometry
internal import Maps

/// What a report needs to know of the catalogue: names, outlines and sources.
struct CatalogueFacts {
    let catalogue: PlaceCatalogue
    /// The names of places by their identifiers.
    let names: [String: MapName]
    private var layerNames: [String: MapName]
    private let layers: [String: String]

    init(data: String?) throws {
        let catalogue = try PlaceCatalogue(folder: data)
        self.catalogue = catalogue
        var names: [String: MapName] = [:]
        var layerNames: [String: MapName] = [:]
        var layers: [String: String] = [:]
        for group in catalogue.groups {
            layerNames[group.name] = MapName(group.titleKO, group.titleEN)
        }
        for layer in catalogue.layers {
            layerNames[layer.name] = MapName(layer.titleKO, layer.titleEN)
            for heading in try catalogue.headings(of: layer) {
                layers[heading.id] = layer.name
                names[heading.id] = MapName(heading.nameKO, heading.nameEN)
            }
        }
        self.names = names
        self.layerNames = layerNames
        self.layers = layers
    }

    /// What a layer is called; `nil` for what is none.
    func layerName(_ name: String) -> MapName? { layerNames[name] }

    /// Gives a layer that the catalogue has not, as one that a step picked from it, a name.
    mutating func call(_ layer: String, _ name: MapName) {
        if layerNames[layer] == nil { layerNames[layer] = name }
    }

    /// The layer that a place belongs to.
    func layer(ofPlace id: String) -> String? { layers[id] }

    /// A text of the catalogue in another language, where it has both: `sector_en`, `sector_ko`.
    func translated(_ text: String) -> String? { words.pairs(in: catalogue)[text] }

    private let words = CatalogueWords()

    /// The outlines of the provinces.
    var land: [Shape] {
        let provinces = try? catalogue.features(of: "provinces", PlaceView(drawing: .outline))
        return provinces?.geometry.shapes.compactMap { $0 } ?? []
    }

    /// The publication from which the outlines of the provinces come.
    var outlineSource: Publication? {
        ((try? catalogue.publications()) ?? [:])["sgis-boundaries-2018"]
    }

    /// The features of a layer, as they stood on a date.
    func features(of layer: String, asOf date: String?) -> FeatureBatch? {
        try? catalogue.features(of: layer, PlaceView(date: date.flatMap(PartialDate.init)))
    }

    /// The publications from which layers take their facts, and how many records of these layers
    /// name each; those that most name come first.
    func sources(of layers: [String]) throws -> [(publication: Publication, records: Int)] {
        var counts: [String: Int] = [:]
        let single = layers.flatMap { catalogue.layers(named: $0) ?? [] }
        for layer in Set(single) {
            for record in try catalogue.records(of: layer) {
                for source in Set(record.sources) { counts[source, default: 0] += 1 }
            }
        }
        let publications = try catalogue.publications()
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.compactMap { id, count in
            publications[id].map { ($0, count) }
        }
    }
}
