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
            message = try RPCMessage(try await request.jsonBody(upTo: APICall.longestBody))
        } catch let error as RPCError {
            return response(.error(error, id: error.id ?? .null), status: .badRequest)
        } catch let problem as Problem where problem.status == .badRequest {
            return response(.error(RPCError(.parseError, problem.detail), id: .null), status: .badRequest)
        }
        // Ids of requests are a client's own; without a session nobody else can name them.
        let client = request.headers[.mcpSessionID] ?? "request \(context.requestID)"
        if message.id != nil, message.parameters["_meta"]?["progressToken"] != nil, Self.takesEvents(request) {
            return events { send in
                try? await server.agentTurns.take {
                    await served.agents.answer(to: message, from: client) { send($0) }
                }
            }
        }
        let work: @Sendable () async throws -> RPCAnswer? = { await served.agents.answer(to: message, from: client) }
        // Only tools and papers take the engine.
        let isWork = message.method == "tools/call" || message.method == "resources/read"
        guard let answer = try await isWork ? server.agentTurns.take(work) : work() else {
            return Response(status: .accepted)
        }
        var response = response(answer)
        if message.method == "initialize" { response.headers[.mcpSessionID] = UUID().uuidString }
        return response
    }

    private static func takesEvents(_ request: Request) -> Bool {
        (request.headers[.accept] ?? "").lowercased().contains("text/event-stream")
    }

    private func response(_ answer: RPCAnswer, status: HTTPResponse.Status = .ok) -> Response {
        .bytes(Data(text(of: answer).utf8), type: "application/json", status: status)
    }

    private func text(of answer: RPCAnswer) -> String {
        server.withoutPaths(String(decoding: answer.text, as: UTF8.self))
    }

    /// How often a stream of events says something, so that a client that is gone is noticed.
    private static let heartbeat = Duration.seconds(5)

    /// Answers with a stream of events: notifications while the request is being answered, then the answer.
    private func events(
        _ answer: @escaping @Sendable (@escaping @Sendable (RPCAnswer) -> Void) async -> RPCAnswer?
    ) -> Response {
        let body = ResponseBody { writer in
            let (events, sender) = AsyncStream<String>.makeStream(bufferingPolicy: .bufferingNewest(100))
            let send: @Sendable (RPCAnswer) -> Void = {
                sender.yield("event: message\ndata: \(text(of: $0))\n\n")
            }
            let work = Task {
                if let last = await answer(send) { send(last) }
                sender.finish()
            }
            let pulse = Task {
                while !Task.isCancelled {
                    try await Task.sleep(for: Self.heartbeat)
                    sender.yield(":\n\n")
                }
            }
            // A client that is gone ends the work.
            defer {
                work.cancel()
                pulse.cancel()
            }
            for await event in events { try await writer.write(ByteBuffer(string: event)) }
            try await writer.finish(nil)
        }
        return Response(
            status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-store"], body: body)
    }
}
