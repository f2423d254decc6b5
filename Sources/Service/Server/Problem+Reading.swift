import HTTPTypes
import NIOHTTP1

extension Problem {
    /// What is wrong with bytes that are no request, or one whose header is too large.
    ///
    /// - Parameters:
    ///   - fault: What the reader of requests found.
    ///   - limits: How much a header may be.
    init(_ fault: HTTPParserError, _ limits: ServerLimits) {
        if fault == .headerOverflow {
            self.init(
                .requestHeaderFieldsTooLarge, "header-too-large",
                "A request has at most \(limits.headerCount) header fields, of \(limits.headers) bytes "
                    + "together.")
        } else {
            self.init(
                .badRequest, "bad-http",
                "This is no request of HTTP/1.1 (RFC 9112): \(fault.debugDescription).")
        }
        headers[.connection] = "close"
    }
}
