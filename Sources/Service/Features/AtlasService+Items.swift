import Features
import Formats
import HTTPTypes

extension AtlasService {
    /// The features of a collection, page by page.
    func items(_ call: Call) async throws -> ServiceResponse {
        let form = try call.form()
        let collection = try shelf.collection(call.word("collectionId"))
        let days = call["datetime"].flatMap { TimeInterval($0) }
        let content = try await collection.content(during: days)
        let query = try ItemsQuery(call, content, transformations, limits)
        let tag = EntityTag.of(
            contents: content.tag, question: call.base + call.request.target + form.rawValue)
        if Negotiation.isHeld(tag, call.request.headers[.ifNoneMatch]) {
            // The client has the answer, which need not be made.
            var held = ServiceResponse()
            held.headers[.eTag] = tag
            return held
        }
        let page = PageOfRows(
            of: content, query.selection, query.cursor, limit: query.limit)
        try query.judge?.check()
        let links = PageLinks(call, collection, page, form)
        var response: ServiceResponse
        switch form {
        case .json:
            response = ServiceResponse(
                type: MediaType.geoJSON, body: try text(of: page, content, query, links))
        case .html:
            response = ServiceResponse(
                type: MediaType.html, text: ItemsPage(call, collection, content, page, links).html)
        }
        response.headers[.eTag] = tag
        if let name = HTTPField.Name("Link"), !links.header.isEmpty {
            response.headers[name] = links.header
        }
        Self.name(query.system, in: &response)
        return response
    }

    /// Says in which system positions are.
    private static func name(_ system: ServedSystem, in response: inout ServiceResponse) {
        if let name = HTTPField.Name("Content-Crs") {
            response.headers[name] = "<\(system.address)>"
        }
    }

    private func text(
        of page: PageOfRows, _ content: CollectionContent, _ query: ItemsQuery, _ links: PageLinks
    ) throws -> [UInt8] {
        var out: [UInt8] = []
        var texts = content.texts
        var rows = page.rows
        if query.system != .crs84 {
            texts = try Self.texts(of: content, rows, query.system, transformations)
            rows = Array(0..<rows.count)
        }
        let size = rows.reduce(0) { $0 + texts[$1].count + 2 }
        out.reserveCapacity(size + 2048)
        out += "{\"type\":\"FeatureCollection\",\"features\":[".utf8
        for (at, row) in rows.enumerated() {
            if at > 0 { out.append(UInt8(ascii: ",")) }
            out.append(UInt8(ascii: "\n"))
            out += texts[row]
        }
        out += "\n],\"links\":".utf8
        out += links.json.text.utf8
        if let matched = page.matched { out += ",\"numberMatched\":\(matched)".utf8 }
        out += ",\"numberReturned\":\(rows.count)".utf8
        out += ",\"timeStamp\":\"\(Clock.now)\"}\n".utf8
        return out
    }

    /// The texts of some features in a system.
    private static func texts(
        of content: CollectionContent, _ rows: [Int], _ system: ServedSystem,
        _ transformations: SystemTransformations
    ) throws -> FeatureTexts {
        do {
            let batch = try content.batch.taking(rows).inSystem(system, transformations)
            return try FeatureTexts(batch, decimals: system.decimals, isOnGlobe: false)
        } catch {
            throw Problem(
                .badRequest, "outside-crs",
                "A feature lies where \(system.code) has no coordinates.", parameter: "crs")
        }
    }

    /// One feature.
    func item(_ call: Call) async throws -> ServiceResponse {
        let form = try call.form()
        let collection = try shelf.collection(call.word("collectionId"))
        let days = call["datetime"].flatMap { TimeInterval($0) }
        let content = try await collection.content(during: days)
        let id = call.word("featureId")
        guard let row = content.row(of: id) else {
            throw Problem(
                .notFound, "no-such-feature",
                "\(collection.id) has no feature \"\(id.prefix(80))\"."
                    + (days == nil ? "" : " It may have been there at another time."))
        }
        let system = call["crs"].flatMap { ServedSystem($0) } ?? .crs84
        let address = "\(call.base)/collections/\(RequestTarget.encoded(collection.id))"
        var response: ServiceResponse
        switch form {
        case .json:
            var body =
                system == .crs84
                ? Array(content.texts[row])
                : try Self.texts(of: content, [row], system, transformations).bytes
            let links: [JSONValue] = [
                Link.json("self", call.address(inForm: .json), MediaType.geoJSON),
                Link.json("alternate", call.address(inForm: .html), "text/html"),
                Link.json("collection", address + "?f=json", MediaType.json),
            ]
            body.removeLast()
            body += ",\"links\":\(JSONValue.array(links).text)}\n".utf8
            response = ServiceResponse(type: MediaType.geoJSON, body: body)
        case .html:
            let facts = try knowledge(of: id, in: collection, days)
            response = ServiceResponse(
                type: MediaType.html,
                text: FeaturePage(call, collection, content, row, facts).html)
        }
        Self.name(system, in: &response)
        response.headers[.eTag] = EntityTag.of(
            contents: content.tag, question: call.base + call.request.target + form.rawValue)
        return response
    }
}
