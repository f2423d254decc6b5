import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Closes a connection on which nothing comes forward: by which a request comes too slowly, an answer
/// is not taken, or nothing happens.
///
/// A client that sends a byte now and then is never idle, so what counts is how long a whole header, and
/// then a whole body, takes. An answer may take its time as long as parts of it are taken.
///
/// Where an answer is the last one, because it says so or because it comes before the end of its request,
/// what still comes is not read any more: the connection is closed in our direction, so that the client
/// finds the answer, and altogether a little later (RFC 9112, section 9.6).
final class ConnectionWatch: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let limits: ServerLimits
    private let metrics: ServiceMetrics
    /// When a request must be there.
    private var reading: Scheduled<Void>?
    /// When the next part of an answer must be taken.
    private var sending: Scheduled<Void>?
    /// Whether a request has begun and not ended.
    private var isReading = false
    /// Requests that have begun and whose answers have not ended.
    private var unanswered = 0
    /// Parts of answers that the client has not taken.
    private var unsent = 0
    /// Whether the answer that is being written is the last one.
    private var isLast = false
    /// Whether the last answer was written whole.
    private var isEnding = false

    init(_ limits: ServerLimits, metrics: ServiceMetrics) {
        self.limits = limits
        self.metrics = metrics
    }

    func handlerAdded(context: ChannelHandlerContext) {
        metrics.opened()
        reading = closing(in: limits.headerTime, context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        metrics.closed()
        reading?.cancel()
        sending?.cancel()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if isEnding { return }
        switch unwrapInboundIn(data) {
        case .head:
            isReading = true
            unanswered += 1
            reading?.cancel()
            reading = closing(in: limits.bodyTime, context)
        case .body: break
        case .end:
            isReading = false
            reading?.cancel()
            reading = nil
        }
        context.fireChannelRead(data)
    }

    /// Tells a client what it sent that cannot be read; within a request its answer tells it.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let fault = error as? HTTPParserError, unanswered == 0, !isEnding else {
            return context.fireErrorCaught(error)
        }
        var response = Problem(fault, limits).response(to: "")
        Preflight.secure(&response)
        response.headers[.contentLength] = String(response.body.count)
        unanswered += 1
        let head = HTTPResponse(status: response.status, headerFields: response.headers)
        let parts: [HTTPResponsePart] = [
            .head(head), .body(ByteBuffer(bytes: response.body)), .end(nil),
        ]
        for part in parts { write(context: context, data: wrapOutboundOut(part), promise: nil) }
        context.flush()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        var part = unwrapOutboundIn(data)
        switch part {
        case .head(let head) where head.status.kind == .informational:
            // It comes before the answer, and asks for the rest of the request.
            return context.write(data, promise: promise)
        case .head(var head):
            if isReading { head.headerFields[.connection] = "close" }
            isLast = head.headerFields[.connection]?.lowercased() == "close"
            part = .head(head)
        case .body: break
        case .end:
            unanswered -= 1
            isEnding = isEnding || isLast
        }
        if unsent == 0 { sending = closing(in: limits.sendTime, context) }
        unsent += 1
        let sent = promise ?? context.eventLoop.makePromise(of: Void.self)
        sent.futureResult.assumeIsolated().whenComplete { [self] _ in taken(context) }
        context.write(wrapOutboundOut(part), promise: sent)
    }

    /// Goes on when the client has taken a part of an answer.
    private func taken(_ context: ChannelHandlerContext) {
        unsent -= 1
        sending?.cancel()
        sending = nil
        if unsent > 0 {
            sending = closing(in: limits.sendTime, context)
        } else if isEnding {
            reading?.cancel()
            reading = closing(in: limits.lingerTime, context)
            context.close(mode: .output, promise: nil)
        } else if unanswered == 0, !isReading {
            reading?.cancel()
            reading = closing(in: limits.headerTime, context)
        }
    }

    private func closing(in time: Duration, _ context: ChannelHandlerContext) -> Scheduled<Void> {
        let channel = context.channel
        return context.eventLoop.scheduleTask(in: TimeAmount(time)) { channel.close(promise: nil) }
    }
}
