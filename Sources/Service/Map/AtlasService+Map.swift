import Catalogue
import Features
import Formats
import Geometry
import HTTPTypes
import Maps
import Synchronization

extension AtlasService {
    /// Attributes that the map holds of each place; the others are asked for when one is chosen.
    private static let shown: Set<String> = [
        "name_ko", "name_en", "name", "이름", "명칭", "status", "province", "municipality",
    ]

    /// The layers that are seen at first; the others are switched on.
    private static let seenFirst: Set<String> = [
        "innovation-cities", "research-zones", "digital-districts", "biz-parks",
    ]

    /// Layers of more features are not part of the page: it draws them from tiles.
    static let greatestLayer = 5000

    /// The map page.
    func map(_ call: Call) async throws -> ServiceResponse {
        let edition = shelf.edition
        let held = state.withLock { state in
            state.turn(to: edition)
            return state.map
        }
        if let held { return held }
        _ = try Assets.leaflet()
        var layers: [MapLayer] = []
        var names: [JSONValue] = []
        var land: [Shape] = []
        var isWhole = true
        for collection in shelf.collections {
            guard let content = try? await collection.content() else {
                isWhole = false
                continue
            }
            if collection.id == "provinces-outlines" {
                land = content.batch.geometry.shapes.compactMap(\.self)
            }
            // Outlines lie below as land; as layers they would hide what is on them.
            if case .layer(_, .outline) = collection.origin { continue }
            guard content.index.extent != nil else { continue }
            layers.append(Self.mapLayer(collection, content))
            names.append(Self.description(of: collection, content))
        }
        let content = MapContent(
            title: MapName("대한민국 혁신지리 지도", "Korea’s innovation geography"), layers: layers,
            land: land, sources: ["출처는 곳마다 · sources stand with each place"])
        let html = MapPage(
            try ServedMap(content).data, collections: .array(names), measures: processes != nil
        ).html
        var response = ServiceResponse(type: MediaType.html, text: html)
        response.headers[.eTag] = EntityTag.of(response.body)
        response.packed = try? Compression.gzip.pack(response.body, file: "")
        let made = response
        // What could not be read may be there when the next one asks.
        if isWhole { state.withLock { if $0.edition == edition { $0.map = made } } }
        return made
    }

    /// A collection as a layer of the map, without what is asked for later.
    private static func mapLayer(
        _ collection: ServedCollection, _ content: CollectionContent
    ) -> MapLayer {
        var batch = content.batch
        for field in batch.columns where !shown.contains(field.name) { batch.remove(field.name) }
        let name = MapName(collection.titleKO, collection.titleEN)
        guard isTiled(content) else { return MapLayer(name: name, batch: batch) }
        return MapLayer(name: name, batch: batch.taking([]), extent: content.index.extent)
    }

    private static func isTiled(_ content: CollectionContent) -> Bool {
        content.count > greatestLayer
    }

    /// What a layer of the map is to the service.
    private static func description(
        of collection: ServedCollection, _ content: CollectionContent
    ) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init(name: "id", value: .string(collection.id)),
            .init(name: "facts", value: .bool(collection.layer != nil)),
            .init(
                name: "on",
                value: .bool(seenFirst.contains(collection.id) || collection.layer == nil)),
        ]
        if isTiled(content) {
            let dimension =
                content.isPoints
                ? 0 : content.batch.geometry.shapes.compactMap { $0?.dimension }.max() ?? 0
            let names = ["name_ko", "이름", "명칭", "name_en", "name"].filter {
                content.batch[$0]?.kind == .string
            }
            members += [
                .init(name: "tiled", value: .bool(true)),
                .init(name: "count", value: .int(Int64(content.count))),
                .init(name: "dimension", value: .int(Int64(dimension))),
                .init(name: "names", value: .array(names.map(JSONValue.string))),
            ]
        }
        return .object(members)
    }
}
