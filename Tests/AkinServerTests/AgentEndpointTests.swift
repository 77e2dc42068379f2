import AkinAgents
import Foundation
import Testing

@Suite("Agents over HTTP")
struct AgentEndpointTests {
    private static let accepts = [("Accept", "application/json, text/event-stream")]

    private func message(_ method: String, id: Int? = 1, _ parameters: JSONValue = .object([:])) -> JSONValue {
        var members: [String: JSONValue] = ["jsonrpc": "2.0", "method": .string(method), "params": parameters]
        if let id { members["id"] = .integer(id) }
        return .object(members)
    }

    @Test func `begins, lists tools, and calls them`() async throws {
        try await TestServer.with { (server: TestServer) async throws in
            let begun = try await server.send("POST", "/mcp", json: message("initialize"), Self.accepts)
            #expect(begun.json?["result"]?["serverInfo"]?["name"]?.string == "akin")
            let session = try #require(begun.header("mcp-session-id"))
            let headers = Self.accepts + [("Mcp-Session-Id", session)]
            let noted = try await server.send(
                "POST", "/mcp", json: message("notifications/initialized", id: nil), headers)
            #expect(noted.status == 202 && noted.body.isEmpty)
            let called = try await server.send(
                "POST", "/mcp",
                json: message("tools/call", ["name": "search", "arguments": ["query": "pandas"]]), headers)
            #expect(called.text.contains("Pandas eat bamboo"))
        }
    }

    @Test func `tells its progress as events`() async throws {
        try await TestServer.with { (server: TestServer) async throws in
            let reply = try await server.send(
                "POST", "/mcp",
                json: message(
                    "tools/call", ["name": "topics", "arguments": [:], "_meta": ["progressToken": "t"]]), Self.accepts)
            #expect(reply.header("content-type") == "text/event-stream")
            let events = reply.text.components(separatedBy: "\n\n").filter { !$0.isEmpty && $0 != ":" }
            #expect(events.allSatisfy { $0.hasPrefix("event: message\ndata: {") })
            #expect(events.last?.contains("\"result\"") == true)
        }
    }

    @Test func `refuses what is no message`() async throws {
        try await TestServer.with { (server: TestServer) async throws in
            let broken = try await server.send(
                "POST", "/mcp", [("Content-Type", "application/json")], body: Data("{".utf8))
            #expect(broken.status == 400 && broken.json?["error"]?["code"]?.integer == -32700)
            #expect(try await server.get("/mcp").status == 405)
        }
    }
}
