import Catalogue
import Features
import Formats
import Geometry
import HTTPTypes

extension AtlasService {
    /// The page that leads to all others.
    func landing(_ call: Call) throws -> ServiceResponse {
        if try call.form() == .html {
            return ServiceResponse(
                type: MediaType.html,
                text: LandingPage(call, shelf, hasProcesses: processes != nil).html)
        }
        let base = call.base
        return Self.json([
            "title": .string("ClusterAtlas"),
            "description": .string(
                "Korea's innovation geography: places with their facts and sources."),
            "links": .array(
                [
                    Link.json("self", base + "/?f=json", MediaType.json),
                    Link.json("alternate", base + "/?f=html", "text/html"),
                    Link.json(
                        "service-desc", base + "/openapi.json", MediaType.openAPI, "The interface"),
                    Link.json("service-doc", base + "/?f=html", "text/html", "The service"),
                    Link.json("conformance", base + "/conformance", MediaType.json, "Conformance"),
                    Link.json("data", base + "/collections", MediaType.json, "The collections"),
                    Link.json("map", base + "/map", "text/html", "A map"),
                    Link.json(
                        "http://www.opengis.net/def/rel/ogc/1.0/functions", base + "/functions",
                        MediaType.json, "Functions of filters"),
                ] + processLinks(base)),
        ])
    }

    private func processLinks(_ base: String) -> [JSONValue] {
        guard processes != nil else { return [] }
        let relation = "http://www.opengis.net/def/rel/ogc/1.0/"
        return [
            Link.json(
                relation + "processes", base + "/processes", MediaType.json, "The processes"),
            Link.json(relation + "job-list", base + "/jobs", MediaType.json, "The jobs"),
        ]
    }

    /// The classes of the standards that are kept.
    private var classes: [String] {
        Self.featureClasses + (processes == nil ? [] : ServedProcesses.classes)
    }

    private static let featureClasses = [
        "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
        "http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
        "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
        "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables",
        "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables-query-parameters",
        "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/filter",
        "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/features-filter",
        "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/core",
        "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tileset",
        "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tilesets-list",
        "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/geodata-tilesets",
        "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/mvt",
        "http://www.opengis.net/spec/cql2/1.0/conf/cql2-text",
        "http://www.opengis.net/spec/cql2/1.0/conf/cql2-json",
        "http://www.opengis.net/spec/cql2/1.0/conf/basic-cql2",
        "http://www.opengis.net/spec/cql2/1.0/conf/advanced-comparison-operators",
        "http://www.opengis.net/spec/cql2/1.0/conf/case-insensitive-comparison",
        "http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions",
        "http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions-plus",
        "http://www.opengis.net/spec/cql2/1.0/conf/spatial-functions",
        "http://www.opengis.net/spec/cql2/1.0/conf/temporal-functions",
        "http://www.opengis.net/spec/cql2/1.0/conf/functions",
        "http://www.opengis.net/spec/cql2/1.0/conf/property-property",
        "http://www.opengis.net/spec/cql2/1.0/conf/arithmetic",
    ]

    func conformance(_ call: Call) throws -> ServiceResponse {
        if try call.form() == .html {
            return ServiceResponse(
                type: MediaType.html,
                text: Page("지키는 표준 · Conformance", call).html(
                    "<ul>" + classes.map { "<li>\(Page.escaped($0))</li>" }.joined() + "</ul>")
            )
        }
        return Self.json(["conformsTo": .array(classes.map(JSONValue.string))])
    }

    func collections(_ call: Call) async throws -> ServiceResponse {
        if try call.form() == .html {
            return ServiceResponse(type: MediaType.html, text: CollectionsPage(call, shelf).html)
        }
        var all: [JSONValue] = []
        for collection in shelf.collections {
            // A layer that cannot be read does not hide the others.
            guard let content = try? await collection.content() else { continue }
            all.append(Self.description(of: collection, content, call.base))
        }
        return Self.json([
            "links": .array([
                Link.json("self", call.base + "/collections?f=json", MediaType.json),
                Link.json("alternate", call.base + "/collections?f=html", "text/html"),
            ]),
            "crs": .array(ServedSystem.allCases.map { .string($0.address) }),
            "collections": .array(all),
        ])
    }

    func collection(_ call: Call) async throws -> ServiceResponse {
        let form = try call.form()
        let collection = try shelf.collection(call.word("collectionId"))
        let content = try await collection.content()
        if form == .html {
            return ServiceResponse(
                type: MediaType.html, text: CollectionPage(call, collection, content).html)
        }
        return ServiceResponse(
            type: MediaType.json,
            text: Self.description(of: collection, content, call.base).text + "\n")
    }

    /// What is said of a collection.
    static func description(
        of collection: ServedCollection, _ content: CollectionContent, _ base: String
    ) -> JSONValue {
        let address = "\(base)/collections/\(RequestTarget.encoded(collection.id))"
        let spatial = content.index.extent.map { box -> JSONValue in
            .object([
                "bbox": .array([
                    .array([box.minX, box.minY, box.maxX, box.maxY].map(JSONValue.double))
                ]),
                "crs": .string(ServedSystem.crs84.address),
            ])
        }
        return .object([
            "id": .string(collection.id),
            "title": .string(collection.title),
            "description": .string(collection.description),
            "itemType": .string("feature"),
            "extent": spatial.map { .object(["spatial": $0]) },
            "crs": .array(ServedSystem.allCases.map { .string($0.address) }),
            "storageCrs": .string(ServedSystem.crs84.address),
            "links": .array([
                Link.json("self", address + "?f=json", MediaType.json),
                Link.json("alternate", address + "?f=html", "text/html"),
                Link.json("items", address + "/items?f=json", MediaType.geoJSON, "The features"),
                Link.json("items", address + "/items?f=html", "text/html", "The features"),
                Link.json(
                    "http://www.opengis.net/def/rel/ogc/1.0/queryables",
                    address + "/queryables?f=json", MediaType.schema, "The attributes"),
                Link.json(
                    "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector", address + "/tiles",
                    MediaType.json, "Vector tiles"),
            ]),
        ])
    }

    /// The attributes of a collection, as a JSON Schema.
    func queryables(_ call: Call) async throws -> ServiceResponse {
        let form = try call.form()
        let collection = try shelf.collection(call.word("collectionId"))
        let content = try await collection.content()
        let fields = content.batch.columns
        if form == .html {
            let rows = fields.map {
                "<li><code>\(Page.escaped($0.name))</code> \($0.column.kind.rawValue)</li>"
            }
            return ServiceResponse(
                type: MediaType.html,
                text: Page(collection.title, call).html("<ul>\(rows.joined())</ul>"))
        }
        // OGC 23-058r1, section 7.4: the geometry of the feature.
        let geometry = JSONValue.Member(
            name: "geometry",
            value: .object([
                "title": .string("geometry"), "format": .string("geometry-any"),
                "x-ogc-role": .string("primary-geometry"),
            ]))
        let properties = fields.map { field in
            JSONValue.Member(
                name: field.name,
                value: .object([
                    "title": .string(field.name), "type": .string(field.column.kind.schemaType),
                ]))
        }
        let schema = JSONValue.object([
            "$schema": .string("https://json-schema.org/draft/2020-12/schema"),
            "$id": .string(
                "\(call.base)/collections/\(RequestTarget.encoded(collection.id))/queryables"),
            "type": .string("object"), "title": .string(collection.title),
            "properties": .object(properties + [geometry]),
            "additionalProperties": .bool(false),
        ])
        return ServiceResponse(type: MediaType.schema, text: schema.text + "\n")
    }

    /// The functions of filters that are no part of the standard.
    func functions(_ call: Call) throws -> ServiceResponse {
        func argument(_ title: String, _ type: String, _ description: String) -> JSONValue {
            .object([
                "title": .string(title), "description": .string(description),
                "type": .array([.string(type)]),
            ])
        }
        return Self.json([
            "functions": .array([
                .object([
                    "name": .string("S_DWITHIN"),
                    "description": .string(
                        "Whether two geometries are at most so many metres apart, along the "
                            + "geodesic on the ellipsoid of WGS 84."),
                    "returns": .array([.string("boolean")]),
                    "arguments": .array([
                        argument("geometry", "geometry", "The geometry of the feature."),
                        argument("other", "geometry", "Another geometry."),
                        argument("metres", "number", "The distance in metres, at least 0."),
                    ]),
                ])
            ])
        ])
    }

    static func json(_ members: KeyValuePairs<String, JSONValue?>) -> ServiceResponse {
        ServiceResponse(type: MediaType.json, text: JSONValue.object(members).text + "\n")
    }
}

extension Column.Kind {
    /// The type of its values in a JSON Schema.
    var schemaType: String {
        switch self {
        case .bool: "boolean"
        case .int: "integer"
        case .double: "number"
        case .string, .json: "string"
        }
    }
}
