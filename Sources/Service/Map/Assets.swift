import Catalogue
import Formats
import HTTPTypes
import Maps
import Synchronization

/// The files that pages of the service consist of, besides the pages.
enum Assets {
    private static let style = "text/css; charset=utf-8"
    private static let script = "text/javascript; charset=utf-8"

    private static let own: [String: ServiceResponse] = responses([
        ("page.css", style, PageStyle.text),
        ("map.css", style, ServedMap.style + MapScript.style),
        ("map.js", script, ServedMap.script(with: MapScript.text)),
        ("icon.svg", "image/svg+xml", PageStyle.icon),
    ])

    /// Leaflet's files, once it was found.
    private static let found = Mutex<[String: ServiceResponse]?>(nil)

    /// Their media types.
    static let types = ["image/svg+xml", style, script]

    /// Their names.
    static let names = ["page.css", "leaflet.css", "leaflet.js", "map.css", "map.js", "icon.svg"]

    private static func responses(_ files: [(name: String, type: String, text: String)])
        -> [String: ServiceResponse]
    {
        var responses: [String: ServiceResponse] = [:]
        for (name, type, text) in files {
            var response = ServiceResponse(type: type, text: text)
            response.headers[.eTag] = EntityTag.of(response.body)
            response.packed = try? Compression.gzip.pack(response.body, file: "")
            responses[name] = response
        }
        return responses
    }

    /// Leaflet's files, read when they are first asked for: without them the service does all but
    /// show its map, and finds them when they are installed while it runs.
    ///
    /// - Returns: The files as answers.
    /// - Throws: ``Problem`` (503) that says what is missing and how to get it.
    static func leaflet() throws(Problem) -> [String: ServiceResponse] {
        if let held = found.withLock({ $0 }) { return held }
        do {
            let leaflet = try Leaflet(besides: CatalogueFolder.companion("leaflet"))
            let made = responses([
                ("leaflet.css", style, leaflet.style), ("leaflet.js", script, leaflet.script),
            ])
            found.withLock { $0 = made }
            return made
        } catch {
            throw Problem(.serviceUnavailable, "no-leaflet", "\(error)")
        }
    }

    /// A file.
    ///
    /// - Parameter name: Its name.
    /// - Returns: The file as an answer.
    /// - Throws: ``Problem`` (404) where there is none, or (503) where Leaflet is missing.
    static func response(_ name: String) throws(Problem) -> ServiceResponse {
        if let response = own[name] { return response }
        if name.hasPrefix("leaflet."), let response = try leaflet()[name] { return response }
        throw Problem(.notFound, "no-such-path", "There is no file \"\(name.prefix(80))\" here.")
    }
}
