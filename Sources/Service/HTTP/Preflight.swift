import HTTPTypes

/// What answers bear for browsers: who may read them, and what pages may do.
enum Preflight {
    /// What pages of the service may do: use what it serves itself, and nothing else.
    static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        + "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

    private static let methods = "GET, HEAD, POST, PUT, DELETE, OPTIONS"
    private static let exposed =
        HTTPField.Name("Content-Crs").map {
            "ETag, Link, Location, Retry-After, \($0.rawName), X-Request-Id, Preference-Applied"
        } ?? ""

    private static func name(_ text: String) -> HTTPField.Name {
        HTTPField.Name(text) ?? .vary
    }

    private static let allowMethods = name("Access-Control-Allow-Methods")
    private static let allowHeaders = name("Access-Control-Allow-Headers")
    private static let maxAge = name("Access-Control-Max-Age")
    private static let frame = name("X-Frame-Options")
    private static let referrer = name("Referrer-Policy")
    private static let opener = name("Cross-Origin-Opener-Policy")

    /// The fields of every answer.
    private static let common: [HTTPField] = [
        HTTPField(name: .accessControlAllowOrigin, value: "*"),
        HTTPField(name: name("Access-Control-Expose-Headers"), value: exposed),
        HTTPField(name: .xContentTypeOptions, value: "nosniff"),
        HTTPField(name: referrer, value: "no-referrer"),
        HTTPField(name: .vary, value: "Accept, Accept-Encoding"),
    ]

    /// Adds the fields of every answer, and those of pages to pages.
    static func secure(_ response: inout ServiceResponse) {
        for field in common { response.headers.append(field) }
        if response.headers[.contentType] == MediaType.html {
            response.headers[.contentSecurityPolicy] = policy
            response.headers[frame] = "DENY"
            response.headers[opener] = "same-origin"
        }
    }

    /// The answer to OPTIONS, before another origin's request or by itself.
    static func response(_ allow: String) -> ServiceResponse {
        var response = ServiceResponse(.noContent)
        response.headers[.allow] = allow
        response.headers[allowMethods] = methods
        response.headers[allowHeaders] =
            "Accept, Content-Type, Authorization, X-Api-Key, If-None-Match, Prefer, X-Request-Id, "
            + "Traceparent, Tracestate"
        response.headers[maxAge] = "86400"
        secure(&response)
        return response
    }
}
