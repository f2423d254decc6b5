import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypes
import Tracing

/// Takes requests from their connections, and gives the answers back.
struct ServiceResponder: HTTPResponder {
    let service: AtlasService
    let limits: ServerLimits
    let logger: Logger
    private let counter = RequestCounter()

    init(service: AtlasService, limits: ServerLimits, logger: Logger) {
        self.service = service
        self.limits = limits
        self.logger = logger
    }

    /// What is known of a request besides itself: the connection that it came by.
    struct Context: InitializableFromSource {
        fileprivate let channel: any Channel

        init(source: ApplicationRequestContextSource) { channel = source.channel }
    }

    private static let requestID = HTTPField.Name("X-Request-Id")

    func respond(to request: Request, context: Context) async throws -> Response {
        let start = ContinuousClock.now
        let id = counter.id(of: request.headers)
        let target = request.head.path ?? "/"
        var trace = InstrumentationContext.current ?? .topLevel
        InstrumentationSystem.instrument.extract(
            request.headers, into: &trace, using: HeaderReader())
        return await withSpan(request.method.rawValue, context: trace, ofKind: .server) { span in
            var answer = await answer(to: request, target, id, context)
            if let name = Self.requestID { answer.headers[name] = id }
            if span.isRecording {
                span.updateAttributes { attributes in
                    attributes["http.request.method"] = request.method.rawValue
                    attributes["http.response.status_code"] = answer.status.code
                    attributes["url.path"] = String(target.prefix { $0 != "?" }.prefix(500))
                }
            }
            if answer.status.kind == .serverError { span.setStatus(SpanStatus(code: .error)) }
            tell(request.method, target, id, answer, since: start)
            var response = Response(
                status: answer.status, headers: answer.headers, body: Self.inParts(answer.body))
            if request.method == .head {
                response = response.createHeadResponse()
            } else {
                service.metrics.sent(bytes: answer.body.count)
            }
            return response
        }
    }

    /// Writes into the log how a request was answered.
    private func tell(
        _ method: HTTPRequest.Method, _ target: String, _ id: String, _ answer: ServiceResponse,
        since start: ContinuousClock.Instant
    ) {
        guard logger.logLevel <= .info else { return }
        logger.info(
            "answered",
            metadata: [
                "request": .string(id), "method": .string(method.rawValue),
                "target": .string(String(target.prefix(500))),
                "status": .stringConvertible(answer.status.code),
                "bytes": .stringConvertible(answer.body.count),
                "ms": .stringConvertible((ContinuousClock.now - start) / .milliseconds(1)),
            ])
    }

    /// Finds what goes with a trace among header fields.
    private struct HeaderReader: Extractor {
        func extract(key: String, from carrier: HTTPFields) -> String? {
            HTTPField.Name(key).flatMap { carrier[$0] }
        }
    }

    /// A body in parts, so that it can be seen whether a client takes it.
    private static func inParts(_ bytes: [UInt8]) -> ResponseBody {
        if bytes.isEmpty { return ResponseBody() }
        var rest = ByteBuffer(bytes: bytes)
        var parts: [ByteBuffer] = []
        while let part = rest.readSlice(length: min(1 << 16, rest.readableBytes)),
            part.readableBytes > 0
        {
            parts.append(part)
        }
        return ResponseBody(contentsOf: parts)
    }

    private func answer(
        to request: Request, _ target: String, _ id: String, _ context: Context
    ) async -> ServiceResponse {
        guard target.utf8.count <= limits.target else {
            var problem = Problem(
                .uriTooLong, "target-too-long",
                "A path and query hold \(limits.target) bytes at most.")
            problem.headers[.connection] = "close"
            var response = problem.response(to: id)
            Preflight.secure(&response)
            return response
        }
        let asked = ServiceRequest(
            request.method, target, headers: request.headers, id: id, host: request.head.authority)
        return await service.respond(to: asked) { try await body(of: request, context) }
    }

    /// Reads the body of a request; a client that waits to be asked for it is asked (RFC 9110, section
    /// 10.1.1).
    ///
    /// - Throws: ``Problem``: 413 where it is larger than may be, 400 where it does not come whole.
    private func body(of request: Request, _ context: Context) async throws -> [UInt8] {
        var problem = Problem(
            .contentTooLarge, "body-too-large", "A body holds \(limits.body) bytes at most.")
        problem.headers[.connection] = "close"
        let said = request.headers[.contentLength].flatMap { Int($0) } ?? 0
        guard said <= limits.body else { throw problem }
        if request.headers[.expect]?.lowercased() == "100-continue" {
            let head = HTTPResponsePart.head(HTTPResponse(status: .continue))
            try? await context.channel.writeAndFlush(head).get()
        }
        do {
            return Array(try await request.body.collect(upTo: limits.body).readableBytesView)
        } catch is NIOTooManyBytesError {
            throw problem
        } catch {
            throw Problem(.badRequest, "broken-body", "The body did not come whole.")
        }
    }
}
