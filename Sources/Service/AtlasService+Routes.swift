import Formats
import HTTPTypes
import Synchronization

extension AtlasService {
    /// All that the service answers, each declared once.
    static func routes(of shelf: CollectionShelf, isChanging: Bool) -> [Route] {
        let ids = shelf.collections.map(\.id)
        let collection = Parameter(
            "collectionId", .path, isChanging ? .text : .choice(ids), "The name of a collection.")
        let feature = Parameter("featureId", .path, .text, "The identifier of a feature.")
        let both = [Route.Answer(type: MediaType.json, schema: nil), .html]
        func features(_ schema: String) -> [Route.Answer] {
            [Route.Answer(type: MediaType.geoJSON, schema: schema), .html]
        }
        var items = Route(
            "items", "/collections/{collectionId}/items", group: "Features",
            "The features of a collection, page by page.",
            [collection, .form] + ItemsQuery.parameters,
            answers: features("featureCollection")
        ) { try await $0.items($1) }
        items.takesAttributes = true
        items.problems = [.unprocessableContent, .serviceUnavailable]
        items.weight = { $0.isSmallPage ? .light : .heavy }
        var item = Route(
            "item", "/collections/{collectionId}/items/{featureId}", group: "Features",
            "One feature.", [collection, feature, .form, .system, .time],
            answers: features("feature")
        ) { try await $0.item($1) }
        item.problems = [.serviceUnavailable]
        item.weight = { $0["datetime"] == nil ? .light : .heavy }
        return [
            Route(
                "landing", "/", group: "Service", "What there is here.", [.form],
                answers: [Route.Answer(type: MediaType.json, schema: "landingPage"), .html]
            ) { try $0.landing($1) },
            Route(
                "conformance", "/conformance", group: "Service", "The standards that are kept.",
                [.form],
                answers: [Route.Answer(type: MediaType.json, schema: "confClasses"), .html]
            ) { try $0.conformance($1) },
            Route(
                "interface", "/openapi.json", group: "Service",
                "This description of the interface.",
                answers: [Route.Answer(type: MediaType.openAPI, schema: nil)]
            ) { service, call in try await service.openAPI(call) },
            Route(
                "collections", "/collections", group: "Features", "The collections.", [.form],
                answers: [Route.Answer(type: MediaType.json, schema: "collections"), .html]
            ) { try await $0.collections($1) },
            Route(
                "collection", "/collections/{collectionId}", group: "Features",
                "One collection.", [collection, .form],
                answers: [Route.Answer(type: MediaType.json, schema: "collection"), .html]
            ) { try await $0.collection($1) },
            Route(
                "queryables", "/collections/{collectionId}/queryables", group: "Features",
                "The attributes by which features of a collection are chosen.",
                [collection, .form],
                answers: [Route.Answer(type: MediaType.schema, schema: nil), .html]
            ) { try await $0.queryables($1) },
            Route(
                "functions", "/functions", group: "Features",
                "Functions of filters that are no part of CQL2.",
                answers: [Route.Answer(type: MediaType.json, schema: nil)]
            ) { try $0.functions($1) },
            items,
        ]
            + tileRoutes(
                at: "/collections/{collectionId}", of: "a collection", [collection], [.time])
            + (isChanging ? storeRoutes(collection) : []) + [
                item,
                Route(
                    "search", "/search", group: "Map",
                    "Finds places by name, Korean or English.",
                    [
                        Parameter("q", .query, .text, "What the place is called."),
                        Parameter("limit", .query, .count(1...50, usual: 10), "How many are told."),
                    ],
                    answers: [Route.Answer(type: MediaType.json, schema: nil)]
                ) { try await $0.search($1) },
                Route(
                    "facts", "/facts/{collectionId}/{featureId}", group: "Map",
                    "All that is known of a place of the catalogue, each fact with its sources.",
                    [collection, feature], answers: both.dropLast()
                ) { try await $0.facts($1) },
                Route(
                    "map", "/map", group: "Map", "A map for people.", [],
                    answers: [.html]
                ) { try await $0.map($1) },
                Route(
                    "asset", "/assets/{name}", group: "Map", "A script or style of the pages.",
                    [Parameter("name", .path, .choice(Assets.names), "The name of the file.")],
                    answers: Assets.types.map { Route.Answer(type: $0, schema: nil) }
                ) { _, call in try Assets.response(call.word("name")) },
            ] + watchingRoutes
    }

    /// The routes by which the service is watched; they are answered however busy it is.
    private static var watchingRoutes: [Route] {
        let json = [Route.Answer(type: MediaType.json, schema: nil)]
        var routes = [
            Route(
                "healthz", "/healthz", group: "Watching", "Whether the service runs.",
                answers: json
            ) { _, _ in Self.told("ok") },
            Route(
                "readyz", "/readyz", group: "Watching", "Whether all collections have been read.",
                answers: json
            ) { service, _ in try await service.readiness() },
            Route(
                "metrics", "/metrics", group: "Watching", "Counts, for Prometheus.",
                answers: [Route.Answer(type: MediaType.metrics, schema: nil)]
            ) { service, _ in
                var response = ServiceResponse(type: MediaType.metrics, text: service.metrics.text)
                response.headers[.cacheControl] = "no-store"
                return response
            },
        ]
        routes[1].problems = [.serviceUnavailable]
        for at in routes.indices { routes[at].weight = { _ in .nothing } }
        return routes
    }

    private static func told(_ status: String) -> ServiceResponse {
        var response = ServiceResponse(
            type: MediaType.json, text: "{\"status\":\"\(status)\"}\n")
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// Whether all collections can be asked for.
    ///
    /// What could not be read is tried again, so that a file that was mended is found.
    private func readiness() async throws -> ServiceResponse {
        let (unread, isEnding) = state.withLock { ($0.unread, $0.isEnding) }
        if isEnding { throw Problem(.serviceUnavailable, "ending", "The service is going down.") }
        guard let unread else {
            throw Problem(.serviceUnavailable, "starting", "Collections are still being read.")
        }
        var left: [String] = []
        for id in unread {
            let content = try? await shelf.collection(id).content()
            if content == nil { left.append(id) }
        }
        let still = left
        if still != unread { state.withLock { $0.unread = still } }
        guard left.isEmpty else {
            throw Problem(
                .serviceUnavailable, "unreadable",
                "What cannot be read: \(left.joined(separator: ", ")). The others are served; the log "
                    + "says what is wrong.")
        }
        return Self.told("ready")
    }
}

extension Route.Answer {
    static let html = Route.Answer(type: MediaType.html, schema: nil)
}

extension Parameter {
    static let form = Parameter(
        "f", .query, .choice(Negotiation.Form.allCases.map(\.rawValue)),
        "The form of the answer; it goes before the header field Accept.")
    static let system = Parameter(
        "crs", .query, .choice(ServedSystem.names),
        "The reference system of positions, in the order of its axes; CRS84 if not given.")
    static let time = Parameter(
        "datetime", .query, .time,
        "The day, or the days between two with a stroke, on which the catalogue is seen; .. is open. "
            + "It chooses nothing where a collection has no time.")
}
