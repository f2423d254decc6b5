import Formats

/// A link of a document.
enum Link {
    /// A link as OGC's documents write it.
    static func json(
        _ relation: String, _ address: String, _ type: String, _ title: String? = nil
    ) -> JSONValue {
        .object([
            "href": .string(address), "rel": .string(relation), "type": .string(type),
            "title": title.map(JSONValue.string),
        ])
    }
}

/// The links of a page of features.
struct PageLinks {
    let next: String?
    let previous: String?
    /// The links as JSON.
    let json: JSONValue
    /// The links as a header field (RFC 8288).
    let header: String

    init(
        _ call: Call, _ collection: ServedCollection, _ page: PageOfRows, _ form: Negotiation.Form
    ) {
        let path = call.request.target.prefix { $0 != "?" }
        let rest = call.request.target.dropFirst(path.count + 1).split(separator: "&")
            .filter { !$0.hasPrefix("cursor=") }
        func address(_ cursor: PageCursor) -> String {
            call.base + path + "?" + (rest + ["cursor=\(cursor.text)"]).joined(separator: "&")
        }
        next = page.next.map(address)
        previous = page.previous.map(address)
        let type = form == .json ? MediaType.geoJSON : "text/html"
        var links: [JSONValue] = [
            Link.json("self", call.address(inForm: .json), MediaType.geoJSON),
            Link.json("alternate", call.address(inForm: .html), "text/html"),
            Link.json(
                "collection",
                "\(call.base)/collections/\(RequestTarget.encoded(collection.id))?f=json",
                MediaType.json),
        ]
        if let next { links.append(Link.json("next", next, type)) }
        if let previous { links.append(Link.json("prev", previous, type)) }
        json = .array(links)
        header = [("next", next), ("prev", previous)].compactMap { relation, address in
            address.map { "<\($0)>; rel=\"\(relation)\"; type=\"\(type)\"" }
        }.joined(separator: ", ")
    }
}
