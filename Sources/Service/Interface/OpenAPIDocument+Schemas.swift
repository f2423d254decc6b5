import Formats

extension OpenAPIDocument {
    static let text = JSONValue.object(["type": .string("string")])

    static func object(
        required: [String], _ properties: KeyValuePairs<String, JSONValue?>
    ) -> JSONValue {
        .object([
            "type": .string("object"), "required": .array(required.map(JSONValue.string)),
            "properties": .object(properties),
        ])
    }

    static func list(of items: JSONValue) -> JSONValue {
        .object(["type": .string("array"), "items": items])
    }

    static func reference(_ name: String) -> JSONValue {
        .object(["$ref": .string("#/components/schemas/\(name)")])
    }

    /// The schemas by which answers are described.
    static var schemas: [JSONValue.Member] {
        let links = list(of: reference("link"))
        let whole = JSONValue.object(["type": .string("integer"), "minimum": .int(0)])
        let schemas: KeyValuePairs<String, JSONValue> = [
            "problem": Problem.schema,
            "link": object(
                required: ["href", "rel"],
                ["href": text, "rel": text, "type": text, "title": text]),
            "landingPage": object(
                required: ["links"], ["title": text, "description": text, "links": links]),
            "confClasses": object(required: ["conformsTo"], ["conformsTo": list(of: text)]),
            "collections": object(
                required: ["links", "collections"],
                [
                    "links": links, "crs": list(of: text),
                    "collections": list(of: reference("collection")),
                ]),
            "collection": object(
                required: ["id", "links"],
                [
                    "id": text, "title": text, "description": text, "itemType": text,
                    "extent": .object(["type": .string("object")]), "crs": list(of: text),
                    "storageCrs": text, "links": links,
                ]),
            "geometry": .object([
                "type": .string("object"), "nullable": .bool(true),
                "required": .array([.string("type")]),
                "properties": .object([
                    "type": .object([
                        "type": .string("string"),
                        "enum": .array(
                            [
                                "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon",
                                "MultiPolygon", "GeometryCollection",
                            ].map(JSONValue.string)),
                    ])
                ]),
            ]),
            "feature": object(
                required: ["type", "id", "geometry", "properties"],
                [
                    "type": .object([
                        "type": .string("string"), "enum": .array([.string("Feature")]),
                    ]),
                    "id": .object(["oneOf": .array([text, .object(["type": .string("integer")])])]),
                    "geometry": reference("geometry"),
                    "properties": .object(["type": .string("object"), "nullable": .bool(true)]),
                    "links": links,
                ]),
            "featureCollection": object(
                required: ["type", "features"],
                [
                    "type": .object([
                        "type": .string("string"), "enum": .array([.string("FeatureCollection")]),
                    ]),
                    "features": list(of: reference("feature")), "links": links,
                    "numberMatched": whole, "numberReturned": whole,
                    "timeStamp": .object([
                        "type": .string("string"), "format": .string("date-time"),
                    ]),
                ]),
        ]
        return schemas.map { JSONValue.Member(name: $0.key, value: $0.value) }
    }
}
