import Formats
public import HTTPTypes

/// A request as it reached the service, without the connection that it came by.
public struct ServiceRequest: Sendable {
    /// What is asked for, as GET, HEAD, OPTIONS or POST.
    public var method: HTTPRequest.Method
    /// The path and the query, as they were sent.
    public var target: String
    /// The header fields.
    public var headers: HTTPFields
    /// The body; empty where there is none.
    public var body: [UInt8]
    /// By which the request is found in the log.
    public var id: String
    /// The host and port by which the client found the service.
    public var host: String?

    /// Creates a request.
    ///
    /// - Parameters:
    ///   - method: What is asked for.
    ///   - target: The path and the query, percent-encoded.
    ///   - headers: The header fields.
    ///   - body: The body.
    ///   - id: By which the request is found in the log.
    ///   - host: The host and port by which the client found the service.
    public init(
        _ method: HTTPRequest.Method = .get, _ target: String, headers: HTTPFields = [:],
        body: [UInt8] = [], id: String = "", host: String? = nil
    ) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
        self.id = id
        self.host = host
    }
}

/// A target in its parts: the words of the path and the parameters of the query, decoded.
struct RequestTarget {
    /// The words between the strokes of the path.
    let path: [String]
    /// Names and values in their order.
    let query: [(name: String, value: String)]

    /// Takes a target apart.
    ///
    /// - Parameter target: The path and the query as they were sent.
    /// - Throws: ``Problem`` (400) where percent signs or UTF-8 are broken.
    init(_ target: String) throws(Problem) {
        let mark = target.firstIndex(of: "?")
        let pathText = target[..<(mark ?? target.endIndex)]
        guard pathText.hasPrefix("/") else {
            throw Problem(.badRequest, "bad-target", "The target \"\(pathText)\" is no path.")
        }
        var words: [String] = []
        for word in pathText.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            words.append(try Self.decoded(word, isQuery: false))
        }
        path = words == [""] ? [] : words
        var query: [(name: String, value: String)] = []
        if let mark {
            for part in target[target.index(after: mark)...].split(separator: "&") {
                let sign = part.firstIndex(of: "=") ?? part.endIndex
                let value = sign < part.endIndex ? part[part.index(after: sign)...] : ""
                query.append(
                    (
                        try Self.decoded(part[..<sign], isQuery: true),
                        try Self.decoded(value, isQuery: true)
                    ))
            }
        }
        self.query = query
    }

    /// A text without its percent signs (RFC 3986); in a query, a plus sign is a space.
    private static func decoded(
        _ text: Substring, isQuery: Bool
    ) throws(Problem) -> String {
        guard let decoded = PercentEncoding.decoded(text, plusIsSpace: isQuery) else {
            let rest = text.replacing("%00", with: "")
            if rest != text, PercentEncoding.decoded(rest, plusIsSpace: isQuery) != nil {
                throw Problem(
                    .badRequest, "bad-target",
                    "\"\(text.prefix(200))\" holds the character of number 0 (%00), which no text here "
                        + "may hold.")
            }
            throw Problem(
                .badRequest, "bad-target",
                "\"\(text.prefix(200))\" is not percent-encoded UTF-8 (RFC 3986, section 2.1).")
        }
        return decoded
    }

    /// A text as one word of a path or one value of a query.
    static func encoded(_ text: String) -> String {
        var out = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: ":"), UInt8(ascii: ","),
                UInt8(ascii: "/"):
                out.unicodeScalars.append(UnicodeScalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                out += "%" + (digits.count == 1 ? "0" : "") + digits
            }
        }
        return out
    }
}
