import Features
import Geometry

/// The page that leads to all others.
struct LandingPage {
    let html: String

    init(_ call: Call, _ shelf: CollectionShelf, hasProcesses: Bool) {
        let processes =
            hasProcesses ? "<li><a href=\"/processes?f=html\">분석 · Processes</a></li>" : ""
        html = Page("대한민국 혁신지리 지도 · Korea’s innovation geography", call).html(
            """
            <p>혁신도시, 연구개발특구, 대학, 산업단지 등 \(shelf.collections.count)개 자료를 출처와 함께 제공합니다.<br>
            <span lang="en">\(shelf.collections.count) collections of places, each fact with its source.</span></p>
            <ul class="doors">
            <li><a href="/map">지도 · Map</a></li>
            <li><a href="/collections?f=html">자료 · Collections</a></li>
            \(processes)
            <li><a href="/openapi.json">인터페이스 · Interface (OpenAPI 3.0)</a></li>
            <li><a href="/conformance?f=html">지키는 표준 · Conformance</a></li>
            </ul>
            <p>QGIS: <code>\(Page.escaped(call.base))/</code> → WFS / OGC API - Features</p>
            """)
    }
}

/// The collections for people.
struct CollectionsPage {
    let html: String

    init(_ call: Call, _ shelf: CollectionShelf) {
        let rows = shelf.collections.map { collection in
            let address = "/collections/\(RequestTarget.encoded(collection.id))?f=html"
            return "<tr><th scope=\"row\">\(Page.link(collection.title, address))</th>"
                + "<td>\(Page.escaped(collection.description))</td></tr>"
        }
        html = Page("자료 · Collections", call).html(
            "<table><tbody>\(rows.joined(separator: "\n"))</tbody></table>")
    }
}

/// A collection for people.
struct CollectionPage {
    let html: String

    init(_ call: Call, _ collection: ServedCollection, _ content: CollectionContent) {
        let address = "/collections/\(RequestTarget.encoded(collection.id))"
        let box = content.index.extent.map { box in
            "<p>범위 · Extent: \(box.minX), \(box.minY) – \(box.maxX), \(box.maxY)</p>"
        }
        let fields = content.batch.columns.map { field in
            "<tr><th scope=\"row\"><code>\(Page.escaped(field.name))</code></th>"
                + "<td>\(FieldWords.of(field.name))</td><td>\(field.column.kind.rawValue)</td></tr>"
        }
        html = Page(
            collection.title, call, path: [("자료 · Collections", "/collections?f=html")]
        ).html(
            """
            <p>\(Page.escaped(collection.description))</p>
            <p>\(GroupedNumber.text(Double(content.count), decimals: 0))곳 · features</p>
            \(box ?? "")
            <ul class="doors">
            <li>\(Page.link("목록 · Features", address + "/items?f=html"))</li>
            <li>\(Page.link("GeoJSON", address + "/items?f=json&limit=10000"))</li>
            </ul>
            <h2>속성 · Attributes</h2>
            <table><tbody>\(fields.joined(separator: "\n"))</tbody></table>
            """)
    }
}

/// A page of features for people.
struct ItemsPage {
    let html: String

    init(
        _ call: Call, _ collection: ServedCollection, _ content: CollectionContent,
        _ page: PageOfRows, _ links: PageLinks
    ) {
        let address = "/collections/\(RequestTarget.encoded(collection.id))"
        let names = ["name_ko", "name_en", "name", "status", "province", "municipality"]
            .filter { content.batch[$0] != nil }
        let shown = names.isEmpty ? content.batch.columns.prefix(5).map(\.name) : names
        let head = (["id"] + shown).map { name in
            "<th scope=\"col\">\(name == "id" ? "id" : FieldWords.of(name))</th>"
        }
        let rows = page.rows.map { row in
            let id = content.batch.id(row) ?? ""
            let day = call["datetime"].map { "&datetime=\(RequestTarget.encoded($0))" } ?? ""
            let link = Page.link(
                id,
                "\(address)/items/\(RequestTarget.encoded(id).replacing("/", with: "%2F"))?f=html\(day)"
            )
            let cells = shown.map { name in
                "<td>\(Page.escaped(content.batch[name]?[row].plain.description ?? ""))</td>"
            }
            return "<tr><th scope=\"row\">\(link)</th>\(cells.joined())</tr>"
        }
        let turns = [
            links.previous.map { Page.link("‹ 앞 · Previous", $0) },
            links.next.map { Page.link("다음 · Next ›", $0) },
        ].compactMap(\.self).joined(separator: " ")
        let count = page.matched.map {
            "<p>\(GroupedNumber.text(Double($0), decimals: 0))곳 · features</p>"
        }
        html = Page(
            collection.title, call,
            path: [
                ("자료 · Collections", "/collections?f=html"),
                (collection.title, address + "?f=html"),
            ]
        ).html(
            """
            \(count ?? "")
            <div class="wide" tabindex="0" role="region" aria-label="표 · Table">
            <table><thead><tr>\(head.joined())</tr></thead>
            <tbody>\(rows.joined(separator: "\n"))</tbody></table></div>
            <p class="turn">\(turns)</p>
            """)
    }
}
