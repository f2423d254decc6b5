import NIOCore
import NIOHTTPTypes

/// Closes a connection by which a request comes too slowly, or none comes.
///
/// A client that sends a byte now and then is never idle, so what counts is how long a whole
/// header, and then a whole body, takes.
final class RequestDeadline: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart

    private let headerTime: TimeAmount
    private let bodyTime: TimeAmount
    private let metrics: ServiceMetrics
    private var deadline: Scheduled<Void>?
    private var isReading = false

    init(_ limits: ServerLimits, metrics: ServiceMetrics) {
        headerTime = TimeAmount(limits.headerTime)
        bodyTime = TimeAmount(limits.bodyTime)
        self.metrics = metrics
    }

    func handlerAdded(context: ChannelHandlerContext) {
        metrics.opened()
        wait(headerTime, context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        metrics.closed()
        deadline?.cancel()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            isReading = true
            wait(bodyTime, context)
        case .body: break
        case .end:
            isReading = false
            deadline?.cancel()
            deadline = nil
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data), !isReading { wait(headerTime, context) }
        context.write(data, promise: promise)
    }

    private func wait(_ time: TimeAmount, _ context: ChannelHandlerContext) {
        deadline?.cancel()
        let channel = context.channel
        deadline = context.eventLoop.scheduleTask(in: time) { channel.close(promise: nil) }
    }
}
