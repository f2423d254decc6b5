import Formats
import Maps

/// The map for people: the viewer of maps, with what only a service can add.
struct MapPage {
    let html: String

    /// Puts the page together.
    ///
    /// - Parameters:
    ///   - data: The data of the viewer.
    ///   - collections: What the layers are to the service, in their order.
    ///   - measures: Whether the service has processes.
    init(_ data: String, collections: JSONValue, measures: Bool) {
        let rows = "<table><tbody id=\"card-rows\">"
        let body = ServedMap.body
            .replacing(
                "<div id=\"card-body\">", with: Self.card(measures) + "<div id=\"card-body\">"
            )
            .replacing(rows, with: Self.near + rows)
            .replacing("<h2>층과 범례", with: Self.tools(measures) + "<h2>층과 범례")
        html = """
            <!DOCTYPE html>
            <html lang="ko">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>지도 · Map · ClusterAtlas</title>
            <link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
            <link rel="stylesheet" href="/assets/leaflet.css">
            <link rel="stylesheet" href="/assets/map.css">
            </head>
            <body>
            \(body)
            <script type="application/json" id="data">
            \(data)
            </script>
            <script type="application/json" id="collections">\(collections.text.replacing("<", with: "\\u003c"))</script>
            <script src="/assets/leaflet.js"></script>
            <script src="/assets/map.js"></script>
            </body>
            </html>

            """
    }

    /// What stands above the facts of a place.
    private static func card(_ measures: Bool) -> String {
        """
        <p id="card-links"></p>
        <p id="card-tools"><button id="near" type="button" aria-pressed="false"\(measures ? "" : " hidden")>가까운 대학 · Nearest universities</button></p>

        """
    }

    /// The universities nearest to a place.
    private static let near = """
        <div id="card-near" hidden><table aria-label="가까운 대학 · Nearest universities"><tbody id="near-rows"></tbody></table>
        <p id="near-said" role="status"></p>
        <p><a id="near-save" hidden>가까운 대학을 GeoJSON으로 · Nearest as GeoJSON</a></p></div>

        """

    /// What stands between the search and the legend.
    private static func tools(_ measures: Bool) -> String {
        """
        <h2>재기 · Measure</h2>
        <p id="tools"><button id="rings" type="button" aria-pressed="false">거리 원 · Distance rings</button>
        <button id="share" type="button">이 화면의 주소 · Link to this view</button></p>
        <p id="said" role="status"></p>
        <fieldset id="cover"\(measures ? "" : " hidden")><legend>미치는 범위 · Coverage</legend>
        <label for="cover-layer">무엇에서 · From what</label>
        <select id="cover-layer"></select>
        <label for="cover-km">얼마나 멀리 · How far: <output id="cover-told" for="cover-km"></output></label>
        <input id="cover-km" type="range" min="1" max="50" step="1" value="10">
        <p id="cover-said" role="status"></p>
        <p><a id="cover-save" hidden>범위를 GeoJSON으로 · Coverage as GeoJSON</a></p></fieldset>
        <form id="key-line" hidden><label for="key">이 서비스의 열쇠 · Key of this service</label>
        <input id="key" type="password" autocomplete="off"></form>

        """
    }
}
