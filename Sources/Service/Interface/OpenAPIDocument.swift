import Features
import Formats
import HTTPTypes
import Synchronization

/// The description of the interface (OpenAPI 3.0), made from the routes themselves.
struct OpenAPIDocument {
    private let routes: [Route]
    /// The collections, and the attributes of each.
    private let collections: [(id: String, columns: [(name: String, kind: Column.Kind)])]
    private let base: String

    init(
        _ routes: [Route],
        collections: [(id: String, columns: [(name: String, kind: Column.Kind)])], base: String
    ) {
        self.routes = routes
        self.collections = collections
        self.base = base
    }

    /// The document.
    var json: JSONValue {
        .object([
            "openapi": .string("3.0.3"),
            "info": .object([
                "title": .string("ClusterAtlas"), "version": .string(Release.version),
                "description": .string(
                    "Korea's innovation geography: places with their facts and sources."),
                "license": .object([
                    "name": .string("CC-BY-4.0"),
                    "url": .string("https://creativecommons.org/licenses/by/4.0/"),
                ]),
            ]),
            "servers": .array([.object(["url": .string(base.isEmpty ? "/" : base)])]),
            "paths": .object(paths),
            "components": .object(["schemas": .object(Self.schemas + ProcessRoutes.schemas)]),
        ])
    }

    private var paths: [JSONValue.Member] {
        var paths: [JSONValue.Member] = []
        func add(_ path: String, _ method: String, _ operation: JSONValue) {
            let member = JSONValue.Member(name: method, value: operation)
            if let at = paths.firstIndex(where: { $0.name == path }),
                case .object(let members) = paths[at].value
            {
                paths[at].value = .object(members + [member])
            } else {
                paths.append(JSONValue.Member(name: path, value: .object([member])))
            }
        }
        for route in routes {
            let method = route.method.rawValue.lowercased()
            guard route.takesAttributes else {
                add(route.template, method, operation(route))
                continue
            }
            // Each collection has attributes of its own, and therefore a path of its own.
            for collection in collections {
                let path = route.template.replacing(
                    "{collectionId}", with: RequestTarget.encoded(collection.id))
                add(path, method, operation(route, of: collection))
            }
        }
        return paths
    }

    private func operation(
        _ route: Route,
        of collection: (id: String, columns: [(name: String, kind: Column.Kind)])? = nil
    ) -> JSONValue {
        var parameters = route.parameters
        if let collection {
            parameters.removeAll { $0.place == .path }
            let taken = Set(parameters.map(\.name))
            parameters += collection.columns.filter { !taken.contains($0.name) }
                .map { AttributeIndex.parameter($0.name, $0.kind) }
        }
        let contents = route.answers.map { answer in
            JSONValue.Member(
                name: answer.type,
                value: .object([
                    "schema": answer.schema.map {
                        .object(["$ref": .string("#/components/schemas/\($0)")])
                    }
                        ?? .object(
                            answer.type.contains("json")
                                ? ["type": .string("object")] : ["type": .string("string")])
                ]))
        }
        var responses = [
            JSONValue.Member(
                name: "200",
                value: .object([
                    "description": .string(route.summary), "content": .object(contents),
                ]))
        ]
        if let created = route.created, let schema = created.schema {
            responses.append(
                JSONValue.Member(
                    name: "201",
                    value: .object([
                        "description": .string("A job was accepted."),
                        "content": .object([
                            created.type: .object([
                                "schema": .object([
                                    "$ref": .string("#/components/schemas/\(schema)")
                                ])
                            ])
                        ]),
                    ])))
        }
        if route.mayBeEmpty {
            responses.append(
                JSONValue.Member(
                    name: "204", value: .object(["description": .string("There is nothing.")])))
        }
        var problems: [HTTPResponse.Status] = [
            .badRequest, .uriTooLong, .requestHeaderFieldsTooLarge,
        ]
        if route.path.contains(where: { if case .variable = $0 { true } else { false } })
            || collection != nil
        {
            problems.append(.notFound)
        }
        if route.parameters.contains(where: { $0.name == "f" }) { problems.append(.notAcceptable) }
        if route.needsKey { problems += [.unauthorized, .forbidden] }
        for status in problems + route.problems + [.internalServerError] {
            responses.append(
                JSONValue.Member(
                    name: String(status.code),
                    value: .object([
                        "description": .string(status.reasonPhrase),
                        "content": .object([
                            MediaType.problem: .object([
                                "schema": .object([
                                    "$ref": .string("#/components/schemas/problem")
                                ])
                            ])
                        ]),
                    ])))
        }
        return .object([
            "operationId": .string(collection.map { "\(route.name).\($0.id)" } ?? route.name),
            "tags": .array([.string(route.group)]),
            "summary": .string(route.summary),
            "parameters": .array(parameters.map(\.description)),
            "requestBody": route.bodySchema.map { schema in
                .object([
                    "required": .bool(true),
                    "content": .object([
                        MediaType.json: .object([
                            "schema": .object(["$ref": .string("#/components/schemas/\(schema)")])
                        ])
                    ]),
                ])
            },
            "responses": .object(responses),
        ])
    }
}

extension AtlasService {
    /// The description of the interface.
    func openAPI(_ call: Call) async throws -> ServiceResponse {
        let edition = shelf.edition
        let held = state.withLock { state in
            state.turn(to: edition)
            return state.openAPI[call.base]
        }
        if let held { return held }
        var collections: [(id: String, columns: [(name: String, kind: Column.Kind)])] = []
        for collection in shelf.collections {
            guard let content = try? await collection.content() else { continue }
            collections.append(
                (collection.id, content.batch.columns.map { ($0.name, $0.column.kind) }))
        }
        let document = OpenAPIDocument(routes, collections: collections, base: call.base)
        var response = ServiceResponse(type: MediaType.openAPI, text: document.json.text + "\n")
        response.headers[.eTag] = EntityTag.of(response.body)
        response.packed = try? Compression.gzip.pack(response.body, file: "")
        let made = response
        // What could not be read may be there when the next one asks.
        guard collections.count == shelf.collections.count else { return made }
        state.withLock { state in
            guard state.edition == edition else { return }
            // Whoever asks by many names shall not fill the memory.
            if state.openAPI.count >= 8 { state.openAPI.removeAll() }
            state.openAPI[call.base] = made
        }
        return made
    }
}
