import Features
import Formats
import Geometry
import HTTPTypes
import Tiles

/// The tiles of collections and of what jobs have made (OGC API – Tiles, Part 1).
extension AtlasService {
    /// More features are not put into one tile.
    static let tileLimit = 50_000
    /// Beyond it maps draw tiles of this zoom larger.
    private static let usefulZoom = 18
    private static let matrixSet =
        "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad"

    /// The routes of tiles.
    ///
    /// - Parameters:
    ///   - path: The path of what is drawn.
    ///   - what: What is drawn, in words.
    ///   - place: The parameters of the path.
    ///   - choosing: Further parameters of a tile.
    ///   - prefix: With what the names of the operations begin.
    /// - Returns: The routes.
    static func tileRoutes(
        at path: String, of what: String, _ place: [Parameter], _ choosing: [Parameter],
        prefix: String = ""
    ) -> [Route] {
        let numbers = [("z", "zoom"), ("y", "row"), ("x", "column")].map { name, words in
            Parameter(name, .path, .integer, "The \(words) of the tile.")
        }
        let json = [Route.Answer(type: MediaType.json, schema: nil)]
        var tile = Route(
            prefix + "tile", path + "/tiles/WebMercatorQuad/{z}/{y}/{x}",
            group: "Tiles", "A Mapbox Vector Tile of the features of \(what).",
            place + numbers + choosing + FilterParameter.parameters,
            answers: [Route.Answer(type: MediaType.vectorTile, schema: nil)]
        ) { try await $0.tile($1) }
        tile.problems = [.unprocessableContent, .serviceUnavailable]
        tile.mayBeEmpty = true
        tile.weight = { _ in .heavy }
        return [
            Route(
                prefix + "tilesets", path + "/tiles", group: "Tiles",
                "The sets of tiles of \(what).", place, answers: json
            ) { try await $0.tilesets($1) },
            Route(
                prefix + "tileset", path + "/tiles/WebMercatorQuad", group: "Tiles",
                "The tiles of \(what) in WebMercatorQuad.",
                place + [
                    Parameter(
                        "f", .query, .choice(["json", "tilejson"]),
                        "The form of the answer: as OGC describes tiles, or TileJSON 3.0.")
                ], answers: json
            ) { try await $0.tileset($1) },
            tile,
        ]
    }

    /// A tile.
    func tile(_ call: Call) async throws -> ServiceResponse {
        guard let zoom = Int(call.word("z")), let row = Int(call.word("y")),
            let column = Int(call.word("x")),
            let address = TileAddress(zoom: zoom, row: row, column: column)
        else {
            throw Problem(
                .notFound, "no-such-tile",
                "There is no tile \(call.word("z"))/\(call.word("y"))/\(call.word("x")): zooms are "
                    + "0 to \(TileAddress.greatestZoom), rows and columns 0 to 2 to the power of "
                    + "the zoom, less 1.")
        }
        let layer = try await tiledLayer(call)
        let content = layer.content
        let judge = try FilterParameter.judge(
            call, content, transformations, within: limits.filter)
        let tag = EntityTag.of(contents: content.tag, question: "tile" + call.request.target)
        if Negotiation.isHeld(tag, call.request.headers[.ifNoneMatch]) {
            var held = ServiceResponse()
            held.headers[.eTag] = tag
            return held
        }
        guard let found = content.index.rows(in: [address.degrees], atMost: Self.tileLimit) else {
            throw Problem(
                .unprocessableContent, "too-many-features",
                "The tile holds more than \(Self.tileLimit) features; tiles of a greater zoom hold "
                    + "fewer.")
        }
        let rows = found.map(Int.init).filter { judge?.keeps($0) ?? true }
        try judge?.check()
        let bytes: [UInt8]
        do {
            var batch = content.batch.taking(rows)
            if let extent = content.index.extent, extent.minY < -86 || extent.maxY > 86 {
                // EPSG:3857 has no poles, and no tile reaches beyond 86 degrees.
                batch.geometry = GeometryColumn(
                    batch.geometry.shapes.map { shape in
                        shape?.mapPositions { Position($0.x, min(86, max(-86, $0.y)), $0.z) }
                    })
            }
            batch = try batch.inSystem(.webMercator, transformations)
            bytes = try VectorTile.encode(batch, layer: layer.name, in: address)
        } catch let error as GeometryError {
            throw Problem(.unprocessableContent, "tile-failed", error.description)
        }
        guard !bytes.isEmpty else { return ServiceResponse(.noContent) }
        var response = ServiceResponse(type: MediaType.vectorTile, body: bytes)
        response.headers[.eTag] = tag
        return response
    }

    /// The sets of tiles of a collection.
    func tilesets(_ call: Call) async throws -> ServiceResponse {
        let layer = try await tiledLayer(call)
        let address = call.base + layer.path + "/tiles"
        return Self.json([
            "tilesets": .array([
                .object([
                    "title": .string(layer.title), "dataType": .string("vector"),
                    "crs": .string(ServedSystem.webMercator.address),
                    "tileMatrixSetURI": .string(Self.matrixSet),
                    "links": .array([
                        Link.json(
                            "self", address + "/WebMercatorQuad?f=json", MediaType.json,
                            "The tiles")
                    ]),
                ])
            ]),
            "links": .array([Link.json("self", address, MediaType.json)]),
        ])
    }

    /// The tiles of a collection, as OGC describes them or as TileJSON.
    func tileset(_ call: Call) async throws -> ServiceResponse {
        let layer = try await tiledLayer(call)
        let content = layer.content
        let address = call.base + layer.path + "/tiles/WebMercatorQuad"
        let extent = content.index.extent
        if call["f"] == "tilejson" {
            let fields = content.batch.columns.map {
                JSONValue.Member(name: $0.name, value: .string($0.column.kind.schemaType))
            }
            return Self.json([
                "tilejson": .string("3.0.0"), "name": .string(layer.title),
                "description": .string(layer.description), "scheme": .string("xyz"),
                "tiles": .array([.string(address + "/{z}/{y}/{x}")]),
                "minzoom": .int(0), "maxzoom": .int(Int64(Self.usefulZoom)),
                "bounds": extent.map {
                    .array([$0.minX, $0.minY, $0.maxX, $0.maxY].map(JSONValue.double))
                },
                "vector_layers": .array([
                    .object([
                        "id": .string(layer.name), "fields": .object(fields),
                        "minzoom": .int(0), "maxzoom": .int(Int64(Self.usefulZoom)),
                    ])
                ]),
            ])
        }
        let item = JSONValue.object([
            "href": .string(address + "/{z}/{y}/{x}"), "rel": .string("item"),
            "type": .string(MediaType.vectorTile), "templated": .bool(true),
        ])
        return Self.json([
            "title": .string(layer.title), "dataType": .string("vector"),
            "crs": .string(ServedSystem.webMercator.address),
            "tileMatrixSetURI": .string(Self.matrixSet),
            "boundingBox": extent.map {
                .object([
                    "lowerLeft": .array([.double($0.minX), .double($0.minY)]),
                    "upperRight": .array([.double($0.maxX), .double($0.maxY)]),
                    "crs": .string(ServedSystem.crs84.address),
                ])
            },
            "links": .array([
                Link.json("self", address + "?f=json", MediaType.json),
                Link.json("describedby", address + "?f=tilejson", MediaType.json, "TileJSON"),
                Link.json(
                    "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme", Self.matrixSet,
                    MediaType.json),
                item,
            ]),
        ])
    }
}
