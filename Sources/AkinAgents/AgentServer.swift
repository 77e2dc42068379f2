package import Akin
import Foundation
package import LibraryEncoders
import Papers
import Synchronization

/// Answers agents that speak the Model Context Protocol, <https://modelcontextprotocol.io>, about one library.
///
/// It knows no transport: whoever has one hands it messages and sends on what it answers. It holds no state of a
/// conversation but the requests that are being answered, so that any number of clients may share it.
package final class AgentServer: Sendable {
    /// The versions of the protocol that are spoken, the latest last. That of 2025-03-26 asks for batches of messages,
    /// which the others do not know.
    package static let versions = ["2024-11-05", "2025-06-18", "2025-11-25"]

    private let library: Library
    private let isWritable: Bool
    private let models: OpenModels

    /// What each client is having answered. Ids of requests are a client's own.
    private let running = Mutex<[Request: Task<Void, Never>]>([:])

    private struct Request: Hashable {
        var client: String
        var id: JSONValue
    }

    /// Creates a server.
    ///
    /// - Parameters:
    ///   - library: The library.
    ///   - isWritable: Whether agents may tag papers and write notes.
    ///   - models: The models that are open.
    package init(_ library: Library, isWritable: Bool, models: OpenModels = OpenModels(threads: nil)) {
        self.library = library
        self.isWritable = isWritable
        self.models = models
    }

    /// Answers a message.
    ///
    /// - Parameters:
    ///   - message: The message.
    ///   - client: What tells this client from others.
    ///   - notify: Sends a notification to the client while a request is being answered.
    /// - Returns: The answer; `nil` for a notification, and for a request that was cancelled.
    package func answer(
        to message: RPCMessage, from client: String = "", notify: @escaping @Sendable (RPCAnswer) -> Void = { _ in }
    ) async -> RPCAnswer? {
        guard let id = message.id else {
            if message.method == "notifications/cancelled", let id = message.parameters["requestId"] {
                running.withLock { $0[Request(client: client, id: id)] }?.cancel()
            }
            return nil
        }
        let request = Request(client: client, id: id)
        let outcome = Mutex<RPCAnswer?>(nil)
        let task = Task {
            let answer = await self.answer(message, id, notify)
            outcome.withLock { $0 = answer }
        }
        running.withLock { $0[request] = task }
        await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
        running.withLock { $0[request] = nil }
        return task.isCancelled ? nil : outcome.withLock { $0 }
    }

    private func answer(
        _ message: RPCMessage, _ id: JSONValue, _ notify: @escaping @Sendable (RPCAnswer) -> Void
    ) async -> RPCAnswer {
        do {
            return .result(try await result(of: message, notify), id: id)
        } catch let error as RPCError {
            return .error(error, id: id)
        } catch let error as AgentMistake {
            return .error(RPCError(.invalidParameters, error.message), id: id)
        } catch let error as AkinError {
            return .error(RPCError(.internalError, error.message), id: id)
        } catch {
            return .error(RPCError(.internalError, "\(error)"), id: id)
        }
    }

    private func result(
        of message: RPCMessage, _ notify: @escaping @Sendable (RPCAnswer) -> Void
    ) async throws -> JSONValue {
        let parameters = message.parameters
        switch message.method {
        case "initialize": return initialization(parameters)
        case "ping": return .object([:])
        case "tools/list": return ["tools": .array(tools.map(\.definition))]
        case "tools/call": return try await call(parameters, notify)
        case "resources/list": return ["resources": []]
        case "resources/templates/list": return ["resourceTemplates": [Self.paperTemplate]]
        case "resources/read": return try await resource(parameters)
        case "prompts/list": return ["prompts": .array(AgentPrompt.allCases.map(\.definition))]
        case "prompts/get":
            guard let prompt = parameters["name"]?.string.flatMap(AgentPrompt.init(rawValue:)) else {
                throw RPCError(.invalidParameters, "There is no such prompt.")
            }
            return try prompt.messages(parameters["arguments"])
        case "logging/setLevel": return .object([:])
        default: throw RPCError(.methodNotFound, "There is no method '\(message.method)'.")
        }
    }

    // MARK: - The beginning

    private func initialization(_ parameters: JSONValue) -> JSONValue {
        let asked = parameters["protocolVersion"]?.string ?? ""
        let version = Self.versions.contains(asked) ? asked : Self.versions.last ?? asked
        return [
            "protocolVersion": .string(version),
            "capabilities": [
                "tools": ["listChanged": false], "resources": .object([:]), "prompts": ["listChanged": false],
            ],
            "serverInfo": ["name": "akin", "title": "Akin", "version": .string(Library.version)],
            "instructions": .string(
                "Akin searches the person's own library of papers, offline. Search first; use like with good finds; read "
                    + "abstracts with show before you rely on a paper. Answers are short: follow the cursor for more."),
        ]
    }

    private var tools: [AgentTool] { AgentTool.allCases.filter { isWritable || !$0.writes } }

    // MARK: - Tools

    private func call(
        _ parameters: JSONValue, _ notify: @escaping @Sendable (RPCAnswer) -> Void
    ) async throws -> JSONValue {
        let name = parameters["name"]?.string ?? ""
        guard let tool = AgentTool(rawValue: name), isWritable || !tool.writes else {
            let known = tools.map(\.rawValue).joined(separator: ", ")
            throw RPCError(.invalidParameters, "There is no tool '\(name)'. There are: \(known).")
        }
        let token = parameters["_meta"]?["progressToken"]
        do {
            let text = try await library.inBackground { library in
                try tool.call(parameters["arguments"], of: library, models: models) { fraction in
                    if let token {
                        notify(
                            .notification(
                                method: "notifications/progress",
                                parameters: ["progressToken": token, "progress": .number(fraction), "total": 1]))
                    }
                    return true
                }
            }
            return Self.content(text, isError: false)
        } catch let error as AgentMistake {
            return Self.content(error.message, isError: true)
        } catch let error as AkinError {
            return Self.content(error.message, isError: true)
        }
    }

    private static func content(_ text: String, isError: Bool) -> JSONValue {
        ["content": [["type": "text", "text": .string(text)]], "isError": .bool(isError)]
    }

    // MARK: - Papers as resources

    private static let prefix = "akin://paper/"

    private static let paperTemplate: JSONValue = [
        "uriTemplate": .string(prefix + "{id}"), "name": "paper", "title": "A paper",
        "description": "A paper of the library by its id: title, abstract, tags and notes.", "mimeType": "text/plain",
    ]

    private func resource(_ parameters: JSONValue) async throws -> JSONValue {
        let uri = parameters["uri"]?.string ?? ""
        let absent = RPCError(.resourceNotFound, "There is no resource '\(uri)'.")
        guard uri.hasPrefix(Self.prefix), let id = String(uri.dropFirst(Self.prefix.count)).removingPercentEncoding
        else { throw absent }
        let paper: Paper
        do throws(AkinError) {
            paper = try await library.inBackground { library throws(AkinError) in try library.paper(named: id) }
        } catch {
            if error.code == .paperNotFound { throw absent }
            throw error
        }
        return ["contents": [["uri": .string(uri), "mimeType": "text/plain", "text": .string(paper.agentCard)]]]
    }
}
