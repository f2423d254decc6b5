import Formats

/// A page for people: the frame that all share.
struct Page {
    private let title: String
    private let call: Call
    /// The words that lead here, with their addresses.
    private let path: [(words: String, address: String)]

    /// Begins a page.
    ///
    /// - Parameters:
    ///   - title: Its title, Korean first.
    ///   - call: The request.
    ///   - path: The pages above it.
    init(_ title: String, _ call: Call, path: [(words: String, address: String)] = []) {
        self.title = title
        self.call = call
        self.path = path
    }

    /// A text in which no letter is taken for markup.
    static func escaped(_ text: String) -> String {
        var out = ""
        for letter in text.unicodeScalars {
            switch letter {
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "&": out += "&amp;"
            case "\"": out += "&quot;"
            case "'": out += "&#39;"
            default: out.unicodeScalars.append(letter)
            }
        }
        return out
    }

    /// A text that leads somewhere.
    static func link(_ words: String, _ address: String) -> String {
        "<a href=\"\(escaped(address))\">\(escaped(words))</a>"
    }

    /// The whole page around a body, which is markup.
    func html(_ body: String) -> String {
        let crumbs = ([("ClusterAtlas", "/?f=html")] + path).map { Self.link($0.0, $0.1) }
            .joined(separator: " › ")
        return """
            <!DOCTYPE html>
            <html lang="ko">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(Self.escaped(title)) · ClusterAtlas</title>
            <link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
            <link rel="stylesheet" href="/assets/page.css">
            </head>
            <body>
            <a class="skip" href="#content">본문으로 · Skip to content</a>
            <header><nav aria-label="위치 · Where">\(crumbs)</nav>
            <nav aria-label="둘러보기 · Elsewhere"><a href="/map">지도 · Map</a> <a href="/collections?f=html">자료 · Collections</a> <a href="/openapi.json">API</a></nav></header>
            <main id="content">
            <h1>\(Self.escaped(title))</h1>
            \(body)
            </main>
            <footer><a href="\(Self.escaped(call.address(inForm: .json)))">JSON</a></footer>
            </body>
            </html>

            """
    }
}
