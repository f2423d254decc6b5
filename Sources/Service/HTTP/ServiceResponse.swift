public import HTTPTypes

/// An answer of the service.
public struct ServiceResponse: Sendable {
    /// The status.
    public var status: HTTPResponse.Status
    /// The header fields.
    public var headers: HTTPFields
    /// The body.
    public var body: [UInt8]
    /// What is sent of the body in the form of gzip, where it was packed beforehand.
    var packed: [UInt8]?

    /// Creates an answer.
    ///
    /// - Parameters:
    ///   - status: The status.
    ///   - type: The media type of the body; `nil` where there is none.
    ///   - body: The body.
    public init(_ status: HTTPResponse.Status = .ok, type: String? = nil, body: [UInt8] = []) {
        self.status = status
        self.body = body
        headers = [:]
        if let type { headers[.contentType] = type }
    }

    /// Creates an answer of text.
    init(_ status: HTTPResponse.Status = .ok, type: String, text: String) {
        self.init(status, type: type, body: Array(text.utf8))
    }
}

/// The media types that are spoken.
enum MediaType {
    static let json = "application/json"
    static let geoJSON = "application/geo+json"
    static let html = "text/html; charset=utf-8"
    static let openAPI = "application/vnd.oai.openapi+json;version=3.0"
    static let problem = "application/problem+json"
    static let vectorTile = "application/vnd.mapbox-vector-tile"
    static let schema = "application/schema+json"
    static let metrics = "text/plain; version=0.0.4; charset=utf-8"
    static let text = "text/plain; charset=utf-8"
}
