package import NIOCore
package import NIOHTTPTypes

/// Watches the client of a connection: tells when it is gone, so that nobody works for it, and closes the connection of
/// one that does not take what is written to it for a while. A long answer in one piece has all of that time for itself.
package final class ClientHandler: ChannelInboundHandler, RemovableChannelHandler {
    package typealias InboundIn = HTTPRequestPart
    package typealias InboundOut = HTTPRequestPart

    private static let patience = TimeAmount.seconds(60)

    package init() {}

    private var closing: Scheduled<Void>?
    private var isGone = false
    private var onDeparture: (@Sendable () -> Void)?

    /// Calls a function when the client of a connection is gone. Each call takes the place of the one before, because a
    /// connection has one request at a time.
    ///
    /// - Parameters:
    ///   - channel: The connection, with a handler of this type.
    ///   - body: The function. It is called at once if the client is gone already.
    static func whenGone(_ channel: any Channel, _ body: @escaping @Sendable () -> Void) {
        channel.eventLoop.execute {
            guard let handler = try? channel.pipeline.syncOperations.handler(type: ClientHandler.self) else {
                // A closed connection has lost its handlers.
                if !channel.isActive { body() }
                return
            }
            if handler.isGone { body() } else { handler.onDeparture = body }
        }
    }

    package func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // Clients that are gone look like ones that only say no more, and those are not waited for.
        if case .inputClosed? = event as? ChannelEvent { leave() }
        context.fireUserInboundEventTriggered(event)
    }

    package func channelWritabilityChanged(context: ChannelHandlerContext) {
        closing?.cancel()
        closing = nil
        if !context.channel.isWritable {
            let channel = context.channel
            closing = context.eventLoop.scheduleTask(in: Self.patience) { channel.close(promise: nil) }
        }
        context.fireChannelWritabilityChanged()
    }

    package func channelInactive(context: ChannelHandlerContext) {
        closing?.cancel()
        leave()
        context.fireChannelInactive()
    }

    private func leave() {
        isGone = true
        onDeparture?()
        onDeparture = nil
    }
}
