import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A server on this machine that answers as a test says, and remembers what it was asked.
final class FakeService: Sendable {
    struct Request: Sendable {
        /// The path, without parameters.
        var path: String
        /// The parameters, with their escapes read.
        var parameters: [String: String]
        var userAgent: String
        var acceptedEncodings: String
        var arrival: ContinuousClock.Instant
        /// Whether the answer to the request before it was still on its way.
        var overlaps: Bool
    }

    struct Reply: Sendable {
        var status = 200
        var headers: [String: String] = [:]
        var body = ""
        /// The body, if it is no text.
        var bytes: [UInt8]?
        /// Whether the connection is closed after half of the body.
        var isCut = false
        /// How many seconds the answer takes.
        var delay = 0.0
    }

    private let channel: any Channel
    private let state: State

    final class State: Sendable {
        let requests = Mutex<[Request]>([])
        let running = Atomic(0)
        let answer: @Sendable (_ request: Request, _ number: Int) -> Reply

        init(_ answer: @escaping @Sendable (Request, Int) -> Reply) { self.answer = answer }
    }

    /// Starts a server.
    ///
    /// - Parameter answer: Called for each request with its number, from 0 up.
    /// - Throws: The system's error if it gives no port.
    init(_ answer: @escaping @Sendable (_ request: Request, _ number: Int) -> Reply) throws {
        let state = State(answer)
        self.state = state
        channel = try ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Handler(state))
                }
            }
            .bind(host: "127.0.0.1", port: 0).wait()
    }

    deinit { channel.close(promise: nil) }

    /// What the server was asked.
    var requests: [Request] { state.requests.withLock { $0 } }

    /// The address of the server.
    var base: String { "http://127.0.0.1:\(channel.localAddress?.port ?? 0)" }

    private final class Handler: ChannelInboundHandler, Sendable {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private let state: State

        init(_ state: State) { self.state = state }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            guard case .head(let head) = unwrapInboundIn(data) else { return }
            let parts = head.uri.split(separator: "?", maxSplits: 1)
            let pairs = parts.dropFirst().joined().split(separator: "&").map { $0.split(separator: "=", maxSplits: 1) }
            let request = Request(
                path: String(parts.first ?? ""),
                parameters: Dictionary(
                    pairs.map { (String($0[0]), $0.dropFirst().joined().removingPercentEncoding ?? "") }
                ) { $1 },
                userAgent: head.headers["User-Agent"].joined(separator: ", "),
                acceptedEncodings: head.headers["Accept-Encoding"].joined(separator: ", "), arrival: .now,
                overlaps: state.running.add(1, ordering: .relaxed).oldValue > 0)
            let number = state.requests.withLock { requests in
                requests.append(request)
                return requests.count - 1
            }
            let reply = state.answer(request, number)
            let bound = NIOLoopBound((context, self), eventLoop: context.eventLoop)
            context.eventLoop.scheduleTask(in: .milliseconds(Int64(reply.delay * 1_000))) {
                let (context, handler) = bound.value
                handler.send(reply, context)
            }
        }

        private func send(_ reply: Reply, _ context: ChannelHandlerContext) {
            state.running.subtract(1, ordering: .relaxed)
            var head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: reply.status))
            for (name, value) in reply.headers { head.headers.add(name: name, value: value) }
            let bytes = reply.bytes ?? Array(reply.body.utf8)
            head.headers.add(name: "Content-Length", value: "\(bytes.count)")
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            let sent = reply.isCut ? bytes.prefix(bytes.count / 2) : bytes[...]
            let body = context.channel.allocator.buffer(bytes: sent)
            context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
            if reply.isCut {
                context.close(promise: nil)
            } else {
                context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            }
        }
    }
}
