import Features

/// A feature for people: what is known of it, with the sources.
struct FeaturePage {
    let html: String

    init(
        _ call: Call, _ collection: ServedCollection, _ content: CollectionContent, _ row: Int,
        _ knowledge: Knowledge?
    ) {
        let batch = content.batch
        let id = batch.id(row) ?? ""
        func text(_ name: String) -> String? { batch[name]?[row].plain.text }
        let names = [text("name_ko"), text("name_en") ?? text("name")].compactMap(\.self)
        let title = names.isEmpty ? id : names.joined(separator: " · ")
        let address = "/collections/\(RequestTarget.encoded(collection.id))"
        var body = ""
        if let knowledge {
            body += knowledge.html
        } else {
            let rows = batch.columns.compactMap { field -> String? in
                let value = field.column[row].plain
                guard !value.isNull else { return nil }
                return "<tr><th scope=\"row\">\(FieldWords.of(field.name))</th>"
                    + "<td>\(Page.escaped(value.description))</td></tr>"
            }
            body += "<table><tbody>\(rows.joined(separator: "\n"))</tbody></table>"
        }
        html = Page(
            title, call,
            path: [
                ("자료 · Collections", "/collections?f=html"),
                (collection.title, address + "?f=html"),
                ("목록 · Features", address + "/items?f=html"),
            ]
        ).html(body)
    }
}
