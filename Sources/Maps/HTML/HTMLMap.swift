internal import Features
internal import Formats

/// A map as one page of HTML that works without a network: to pan and zoom, with layers to switch,
/// a legend, search, and all attributes of what is clicked.
///
/// The page holds its data, styles and scripts, asks for nothing else but an online map where one is
/// wanted, and says so in its content security policy. It is moved by ``Leaflet``. The same content and the same Leaflet give the same
/// bytes.
public struct HTMLMap {
    private var content: MapContent
    private let style: MapStyle
    private let map: ProjectedMap
    private let leaflet: Leaflet
    private let base: OnlineBase?

    /// Prepares the page.
    ///
    /// - Parameters:
    ///   - content: What it shows.
    ///   - design: By which attributes it is drawn.
    ///   - leaflet: What it is moved by.
    ///   - base: An online map below the layers; `nil` for a page that needs no network.
    /// - Throws: ``MapError`` where there is nothing to draw or a field is none; `GeometryError`
    ///   for a position that cannot be projected.
    public init(
        _ content: MapContent, _ design: MapDesign = MapDesign(), _ leaflet: Leaflet,
        base: OnlineBase? = nil
    ) throws {
        self.content = content
        self.content.provenance?.leafletVersion = leaflet.version
        self.leaflet = leaflet
        style = try MapStyle(content.layers, design)
        self.base = base
        map = try ProjectedMap(content, onTiles: base != nil)
    }

    /// The page.
    public var html: String {
        let title = SVGText.escaped(content.title.lines.joined(separator: " · "))
        let (scripts, styles) = (
            [leaflet.script, ViewerScript.text], [leaflet.style, ViewerStyle.text]
        )
        let policy =
            "default-src 'none'; script-src \(Self.sources(scripts)); "
            + "style-src \(Self.sources(styles)); base-uri 'none'; form-action 'none'"
            + (base.map { "; img-src \($0.origin)" } ?? "")
        return """
            <!DOCTYPE html>
            <html lang="\(content.title.korean == nil ? "en" : "ko")">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="\(policy)">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(title)</title>
            \(styles.map { "<style>\($0)</style>" }.joined(separator: "\n"))
            </head>
            <body>
            \(ViewerPage.body)
            <script type="application/json" id="data">
            \(MapData(content, style, map, base).json)
            </script>
            \(scripts.map { "<script>\($0)</script>" }.joined(separator: "\n"))
            </body>
            </html>

            """
    }

    /// Texts as the sources that a content security policy allows.
    private static func sources(_ texts: [String]) -> String {
        texts.map { "'sha256-\(digest($0))'" }.joined(separator: " ")
    }

    /// The SHA-256 of a text in base 64 (RFC 4648), as a content security policy names it.
    private static func digest(_ text: String) -> String {
        let digits = Array(InputRecord.sha256(of: text))
        var bytes: [UInt32] = []
        for at in stride(from: 0, to: digits.count, by: 2) {
            bytes.append(UInt32(String(digits[at...(at + 1)]), radix: 16) ?? 0)
        }
        // 32 bytes are ten groups of three, and two more.
        let rest = 3 - bytes.count % 3
        bytes += Array(repeating: 0, count: rest)
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var text = ""
        for at in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[at] << 16 | bytes[at + 1] << 8 | bytes[at + 2]
            for shift: UInt32 in [18, 12, 6, 0] { text.append(letters[Int((group >> shift) & 63)]) }
        }
        return text.dropLast(rest) + String(repeating: "=", count: rest)
    }
}
