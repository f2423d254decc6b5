import Formats
import HTTPTypes
import Maps

/// The files that pages of the service consist of, besides the pages.
enum Assets {
    private static let all: [(name: String, type: String, text: String)] = [
        ("page.css", "text/css; charset=utf-8", PageStyle.text),
        ("map.css", "text/css; charset=utf-8", ServedMap.style + MapScript.style),
        ("map.js", "text/javascript; charset=utf-8", ServedMap.script(with: MapScript.text)),
        ("icon.svg", "image/svg+xml", PageStyle.icon),
    ]

    /// Their names.
    static let names = all.map(\.name)

    private static let responses: [String: ServiceResponse] = {
        var responses: [String: ServiceResponse] = [:]
        for (name, type, text) in all {
            var response = ServiceResponse(type: type, text: text)
            response.headers[.eTag] = EntityTag.of(response.body)
            response.packed = try? Compression.gzip.pack(response.body, file: "")
            responses[name] = response
        }
        return responses
    }()

    /// A file.
    ///
    /// - Parameter name: Its name.
    /// - Returns: The file as an answer.
    /// - Throws: ``Problem`` (404) where there is none.
    static func response(_ name: String) throws(Problem) -> ServiceResponse {
        if let response = responses[name] { return response }
        throw Problem(.notFound, "no-such-path", "There is no file \"\(name.prefix(80))\" here.")
    }
}
