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

    /// The map page.
    func map(_ call: Call) async throws -> ServiceResponse {
        if let made = state.withLock({ $0.map }) { return made }
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
            var batch = content.batch
            for field in batch.columns where !Self.shown.contains(field.name) {
                batch.remove(field.name)
            }
            layers.append(
                MapLayer(name: MapName(collection.titleKO, collection.titleEN), batch: batch))
            names.append(
                .object([
                    "id": .string(collection.id), "facts": .bool(collection.layer != nil),
                    "on": .bool(Self.seenFirst.contains(collection.id) || collection.layer == nil),
                ]))
        }
        let content = MapContent(
            title: MapName("대한민국 혁신지리 지도", "Korea’s innovation geography"), layers: layers,
            land: land, sources: ["출처는 곳마다 · sources stand with each place"])
        let html = MapPage(try ServedMap(content).data, collections: JSONValue.array(names)).html
        var response = ServiceResponse(type: MediaType.html, text: html)
        response.headers[.eTag] = EntityTag.of(response.body)
        response.packed = try? Compression.gzip.pack(response.body, file: "")
        let made = response
        // What could not be read may be there when the next one asks.
        if isWhole { state.withLock { $0.map = made } }
        return made
    }
}

/// The map for people: the viewer of maps, with what only a service can add.
struct MapPage {
    let html: String

    init(_ data: String, collections: JSONValue) {
        let body = ServedMap.body
            .replacing(
                "<div id=\"card-body\">",
                with: "<p id=\"card-links\"></p><div id=\"card-body\">"
            )
            .replacing(
                "<h2>층과 범례",
                with: """
                    <p id="tools"><button id="rings" type="button" aria-pressed="false">거리 원 · Distance rings</button>
                    <button id="share" type="button">이 화면의 주소 · Link to this view</button></p>
                    <p id="said" role="status"></p>
                    <h2>층과 범례
                    """)
        html = """
            <!DOCTYPE html>
            <html lang="ko">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>지도 · Map · ClusterAtlas</title>
            <link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
            <link rel="stylesheet" href="/assets/map.css">
            </head>
            <body>
            \(body)
            <script type="application/json" id="data">
            \(data)
            </script>
            <script type="application/json" id="collections">\(collections.text.replacing("<", with: "\\u003c"))</script>
            <script src="/assets/map.js"></script>
            </body>
            </html>

            """
    }
}
