import Formats
public import HTTPTypes

/// Why a request is not answered as it asks, as a problem document (RFC 9457).
public struct Problem: Error, Sendable {
    /// The status.
    public let status: HTTPResponse.Status
    /// The kind of problem, as a word that programs can tell by: `unknown-parameter`.
    public let kind: String
    /// What is wrong with this request, and what to do.
    public let detail: String
    /// The parameter that it is about, where it is about one.
    public var parameter: String?
    /// Header fields that the answer needs besides.
    public var headers: HTTPFields = [:]

    /// Creates a problem.
    ///
    /// - Parameters:
    ///   - status: The status.
    ///   - kind: The kind of problem, as a word.
    ///   - detail: What is wrong with this request, and what to do.
    ///   - parameter: The parameter that it is about.
    public init(
        _ status: HTTPResponse.Status, _ kind: String, _ detail: String, parameter: String? = nil
    ) {
        self.status = status
        self.kind = kind
        self.detail = detail.replacing("\n  To fix:", with: ". To fix:")
        self.parameter = parameter
    }

    /// The document as an answer.
    ///
    /// - Parameter request: By which the request is found in the log.
    /// - Returns: The answer.
    func response(to request: String) -> ServiceResponse {
        let document = JSONValue.object([
            "type": .string(
                Self.standardKinds.contains(kind)
                    ? "http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/\(kind)"
                    : "urn:clusteratlas:problem:\(kind)"),
            "title": .string(status.reasonPhrase),
            "status": .int(Int64(status.code)),
            "detail": .string(detail),
            "parameter": parameter.map(JSONValue.string),
            "request": request.isEmpty ? nil : .string(request),
        ])
        var response = ServiceResponse(
            status, type: MediaType.problem, text: document.text + "\n")
        for field in headers { response.headers.append(field) }
        if [.serviceUnavailable, .tooManyRequests].contains(status) {
            response.headers[.retryAfter] = response.headers[.retryAfter] ?? "5"
        }
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// The schema of the document, for the interface's description.
    static let schema = JSONValue.object([
        "type": .string("object"),
        "required": .array([.string("type"), .string("title"), .string("status")]),
        "properties": .object([
            "type": .object(["type": .string("string"), "format": .string("uri")]),
            "title": .object(["type": .string("string")]),
            "status": .object(["type": .string("integer")]),
            "detail": .object(["type": .string("string")]),
            "parameter": .object(["type": .string("string")]),
            "request": .object(["type": .string("string")]),
        ]),
    ])
}
