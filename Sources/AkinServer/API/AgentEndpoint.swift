import AkinAgents
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// The Model Context Protocol over HTTP: its transport "Streamable HTTP", in which each message is a request.
///
/// The server sends nothing by itself, so that it has no stream to open by GET.
struct AgentEndpoint: Sendable {
    let server: ServerState

    func respond(_ request: Request, _ context: ServerContext) async throws -> Response {
        let served = try server.library(named: request.uri.queryParameters["library"].map(String.init))
        let message: RPCMessage
        do {
            let body = try await request.body.collect(upTo: APICall.longestBody)
            message = try RPCMessage(Data(body.readableBytesView))
        } catch let error as RPCError {
            return Self.response(.error(error, id: error.id ?? .null), status: .badRequest)
        } catch is NIOTooManyBytesError {
            throw Problem(.contentTooLarge, "The message has more than \(APICall.longestBody) bytes.")
        }
        // Ids of requests are a client's own; without a session nobody else can name them.
        let client = request.headers[.mcpSessionID] ?? "request \(context.requestID)"
        if message.id != nil, message.parameters["_meta"]?["progressToken"] != nil, Self.takesEvents(request) {
            return Self.events { send in
                await served.agents.answer(to: message, from: client) { send($0) }
            }
        }
        guard let answer = await served.agents.answer(to: message, from: client) else {
            return Response(status: .accepted)
        }
        var response = Self.response(answer)
        if message.method == "initialize" { response.headers[.mcpSessionID] = UUID().uuidString }
        return response
    }

    private static func takesEvents(_ request: Request) -> Bool {
        (request.headers[.accept] ?? "").lowercased().contains("text/event-stream")
    }

    private static func response(_ answer: RPCAnswer, status: HTTPResponse.Status = .ok) -> Response {
        .bytes(answer.text, type: "application/json", status: status)
    }

    /// Answers with a stream of events: notifications while the request is being answered, then the answer.
    private static func events(
        _ answer: @escaping @Sendable (@escaping @Sendable (RPCAnswer) -> Void) async -> RPCAnswer?
    ) -> Response {
        let body = ResponseBody { writer in
            let (messages, sender) = AsyncStream<RPCAnswer>.makeStream(bufferingPolicy: .bufferingNewest(100))
            let work = Task {
                if let last = await answer({ sender.yield($0) }) { sender.yield(last) }
                sender.finish()
            }
            // A client that is gone ends the work.
            defer { work.cancel() }
            for await message in messages {
                let text = String(decoding: message.text, as: UTF8.self)
                try await writer.write(ByteBuffer(string: "event: message\ndata: \(text)\n\n"))
            }
            try await writer.finish(nil)
        }
        return Response(
            status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-store"], body: body)
    }
}
