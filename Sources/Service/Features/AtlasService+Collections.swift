import Catalogue
import Features
import Formats
import Geometry
import HTTPTypes

extension AtlasService {
    /// The page that leads to all others.
    func landing(_ call: Call) throws -> ServiceResponse {
        if try call.form() == .html {
            return ServiceResponse(type: MediaType.html, text: LandingPage(call, shelf).html)
        }
        let base = call.base
        return Self.json([
            "title": .string("ClusterAtlas"),
            "description": .string(
                "Korea's innovation geography: places with their facts and sources."),
            "links": .array([
                Link.json("self", base + "/?f=json", MediaType.json),
                Link.json("alternate", base + "/?f=html", "text/html"),
                Link.json(
                    "service-desc", base + "/openapi.json", MediaType.openAPI, "The interface"),
                Link.json("service-doc", base + "/?f=html", "text/html", "The service"),
                Link.json("conformance", base + "/conformance", MediaType.json, "Conformance"),
                Link.json("data", base + "/collections", MediaType.json, "The collections"),
                Link.json("map", base + "/map", "text/html", "A map"),
            ]),
        ])
    }

    /// The classes of the standards that are kept.
    static let classes = [
        "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
        "http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
        "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
    ]

    func conformance(_ call: Call) throws -> ServiceResponse {
        if try call.form() == .html {
            return ServiceResponse(
                type: MediaType.html,
                text: Page("지키는 표준 · Conformance", call).html(
                    "<ul>" + Self.classes.map { "<li>\(Page.escaped($0))</li>" }.joined() + "</ul>")
            )
        }
        return Self.json(["conformsTo": .array(Self.classes.map(JSONValue.string))])
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
    private static func description(
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
            "properties": .object(properties),
            "additionalProperties": .bool(false),
        ])
        return ServiceResponse(type: MediaType.schema, text: schema.text + "\n")
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
