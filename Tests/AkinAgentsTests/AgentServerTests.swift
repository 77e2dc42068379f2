import Akin
import AkinAgents
import Foundation
import Papers
import QueryLanguage
import Synchronization
import TestSupport
import Testing

@Suite("A library that agents ask")
struct AgentServerTests {
    private static let papers =
        (0..<60).map { number in
            Paper(
                id: "p\(number)", title: "Caches of keys, part \(number)",
                abstract: "A cache of keys and values in memory. Paper \(number) is on memory.",
                authors: ["Ada Reader", "Bo Lee", "Cy Young", "Di Moss"], year: 2000 + number % 20)
        } + [Paper(id: "doi:10.1145/1.2", title: "Pandas eat bamboo", abstract: "Pandas like bamboo.", tags: ["zoo"])]

    private func withServer(
        isWritable: Bool = false, _ body: (_ server: AgentServer, _ library: Library) async throws -> Void
    ) async throws {
        let folder = URL.temporaryDirectory.appending(path: "akin-agents-\(UUID().uuidString)").path()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let library = try await Library.open(creatingAt: folder)
        try await library.add(Self.papers)
        try await body(AgentServer(library, isWritable: isWritable), library)
    }

    private func ask(
        _ server: AgentServer, _ method: String, _ parameters: JSONValue = .object([:])
    ) async throws -> JSONValue {
        let message = try RPCMessage(["jsonrpc": "2.0", "id": 1, "method": .string(method), "params": parameters])
        let answer = try #require(await server.answer(to: message))
        let value = try JSONDecoder().decode(JSONValue.self, from: answer.text)
        #expect(value["id"] == 1 && value["jsonrpc"] == "2.0")
        return value
    }

    private func call(
        _ server: AgentServer, _ tool: String, _ arguments: JSONValue
    ) async throws -> (text: String, isError: Bool) {
        let value = try await ask(server, "tools/call", ["name": .string(tool), "arguments": arguments])
        let text = try #require(value["result"]?["content"]?.array?.first?["text"]?.string)
        return (text, value["result"]?["isError"] == true)
    }

    @Test func `a judge that the library does not have is told of`() async throws {
        try await withServer { (server: AgentServer, _: Library) async throws in
            for (tool, arguments) in [
                ("search", ["query": "caches", "rerank": true]), ("like", ["papers": ["p1"], "rerank": true]),
            ] as [(String, JSONValue)] {
                let answer = try await call(server, tool, arguments)
                #expect(answer.isError && answer.text.contains("remembers no encoder"), "\(answer.text)")
            }
        }
    }

    @Test func `agrees on a version and says what it can`() async throws {
        try await withServer { (server: AgentServer, _: Library) async throws in
            for (asked, given) in [
                ("2024-11-05", "2024-11-05"), ("2025-06-18", "2025-06-18"), ("2025-03-26", "2025-11-25"),
            ] {
                let result = try await ask(server, "initialize", ["protocolVersion": .string(asked)])["result"]
                #expect(result?["protocolVersion"]?.string == given)
                #expect(result?["serverInfo"]?["version"]?.string == Library.version)
                #expect(result?["capabilities"]?["tools"] != nil)
            }
            let pong = try await ask(server, "ping")
            #expect(pong["result"] == .object([:]))
        }
    }

    @Test func `has tools with schemas, and those that write only where that is allowed`() async throws {
        for isWritable in [false, true] {
            try await withServer(isWritable: isWritable) { (server: AgentServer, _: Library) async throws in
                let tools = try #require(try await ask(server, "tools/list")["result"]?["tools"]?.array)
                let names = tools.compactMap { $0["name"]?.string }
                #expect(names.prefix(5) == ["search", "like", "show", "why", "topics"])
                #expect(names.contains("tag") == isWritable)
                for tool in tools {
                    #expect(tool["inputSchema"]?["type"] == "object")
                    #expect(tool["description"]?.string?.isEmpty == false)
                }
                let value = try await ask(
                    server, "tools/call", ["name": "tag", "arguments": ["papers": ["p1"], "tag": "x"]])
                #expect((value["error"]?["code"]?.integer == -32602) != isWritable)
            }
        }
    }

    @Test func `finds papers, page after page`() async throws {
        try await withServer { (server: AgentServer, _: Library) async throws in
            let first = try await call(server, "search", ["query": "cache memory", "limit": 7])
            #expect(!first.isError && first.text.contains("Reader, Lee, Young et al."))
            #expect(first.text.contains("[More: cursor \"7\"]"))
            let next = try await call(server, "search", ["query": "cache memory", "limit": 7, "cursor": "7"])
            #expect(next.text.contains("\n8. ") || next.text.hasPrefix("8. "))
            let pandas = try await call(server, "search", ["query": "tag:zoo"])
            #expect(pandas.text.contains("doi:10.1145/1.2"))
            let like = try await call(server, "like", ["papers": ["p1"], "conditions": "year:2003"])
            #expect(like.text.contains("2003") && !like.text.contains("2004"))
            let explained = try await call(server, "search", ["query": "pandas", "limit": 1, "explain": true])
            #expect(explained.text.contains("both: "))
        }
    }

    @Test(arguments: [200, 500, 2_000, 8_000])
    func `keeps to the characters that it may take, and says what it left out`(limit: Int) async throws {
        try await withServer { (server: AgentServer, _: Library) async throws in
            let answer = try await call(
                server, "search", ["query": "cache", "limit": 50, "max_characters": .integer(limit)])
            #expect(answer.text.count <= limit)
            if limit < 8_000 { #expect(answer.text.contains("[Left out: ")) }
            let shown = try await call(
                server, "show",
                ["papers": .array(Self.papers.map { .string($0.id) }), "max_characters": .integer(limit)])
            #expect(shown.text.count <= limit && shown.text.contains("Left out"))
        }
    }

    @Test func `tells what is wrong with a call`() async throws {
        try await withServer { (server: AgentServer, _: Library) async throws in
            let wrong: [(String, JSONValue, String)] = [
                ("search", .object([:]), "'query' is missing"), ("search", ["query": 3], "is a text"),
                ("search", ["query": "x", "limit": 0], "from 1 to 50"),
                ("search", ["query": "x", "cursor": "abc"], "cursor"),
                ("search", ["query": "x", "k": 3], "no argument 'k'"),
                ("show", ["papers": ["absent paper"]], "absent paper"), ("like", .object([:]), "Name papers"),
                ("like", ["words": "x", "conditions": "(x"], "do not parse"), ("topics", ["count": 1000], "1 to 200"),
                ("search", ["query": "x", "max_characters": 5], "from 200"), ("search", "x", "an object"),
            ]
            for (tool, arguments, remedy) in wrong {
                let answer = try await call(server, tool, arguments)
                #expect(answer.isError && answer.text.contains(remedy), "\(tool) \(arguments): \(answer.text)")
            }
            let unknownTool = try await ask(server, "tools/call", ["name": "nosuch"])
            #expect(unknownTool["error"]?["code"]?.integer == -32602)
            let unknownMethod = try await ask(server, "nosuch")
            #expect(unknownMethod["error"]?["code"]?.integer == -32601)
            #expect(throws: RPCError.self) { try RPCMessage(Data("{".utf8)) }
            #expect(throws: RPCError.self) { try RPCMessage(Data("[]".utf8)) }
            #expect(throws: RPCError.self) { try RPCMessage(["jsonrpc": "2.0", "id": .null, "method": "ping"]) }
        }
    }

    @Test func `writes notes and tags where it may`() async throws {
        try await withServer(isWritable: true) { (server: AgentServer, library: Library) async throws in
            let noting = try await call(server, "add_note", ["paper": "p3", "text": "Read this."])
            #expect(noting.text.contains("p3"))
            let noted = try await library.paper(id: "p3")
            #expect(noted?.notes == ["Read this."])
            let tagging = try await call(server, "tag", ["papers": ["p3", "p4"], "tag": "x"])
            #expect(tagging.text.contains("2 of 2"))
            let removal = try await call(server, "tag", ["papers": "p3", "tag": "x", "remove": true])
            #expect(removal.text.contains("1 of 1"))
            let tagged = try await library.paper(id: "p4")
            #expect(tagged?.tags == ["x"])
        }
    }

    @Test func `writes as many notes at once as an agent asks for`() async throws {
        let folder = URL.temporaryDirectory.appending(path: "akin-agents-\(UUID().uuidString)").path()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await Library.open(creatingAt: folder).add(Self.papers)
        let server = AgentServer(try await Library.open(at: folder, waiting: .atMost(.seconds(60))), isWritable: true)
        try await withThrowingTaskGroup { group in
            for number in 0..<8 {
                group.addTask {
                    try await self.call(
                        server, "add_note", ["paper": .string("p\(number)"), "text": .string("Note \(number).")])
                }
            }
            for try await outcome in group { #expect(!outcome.isError, "\(outcome.text)") }
        }
        let query = try QueryExpression(parsing: "has:notes")
        let count = try await Library.open(at: folder).inBackground { library throws(AkinError) in
            try library.paperCount(meeting: query)
        }
        #expect(count == 8)
    }

    @Test func `keeps the spelling of tags that are there`() async throws {
        try await withServer(isWritable: true) { (server: AgentServer, library: Library) async throws in
            let spelled = try await call(server, "tag", ["papers": ["p3"], "tag": "ZOO"])
            #expect(spelled.text.contains("1 of 1"))
            let zoo = try await library.paper(id: "p3")
            #expect(zoo?.tags == ["zoo"])
            let nothing = try await call(server, "tag", ["papers": [], "tag": "x"])
            #expect(nothing.isError)
        }
    }

    @Test func `keeps to its characters though a question has many unknown words`() async throws {
        try await withServer { (server: AgentServer, _: Library) async throws in
            let words = (0..<10).map { "cache \(String(repeating: "q", count: 150))\($0)" }.joined(separator: " ")
            let answer = try await call(server, "search", ["query": .string(words), "max_characters": 200])
            #expect(answer.text.count <= 200 && answer.text.contains("1. "))
            let deep = try await call(server, "search", ["query": "cache", "cursor": "10000"])
            #expect(!deep.isError && !deep.text.contains("cursor"))
        }
    }

    @Test func `gives papers as resources, and prompts`() async throws {
        try await withServer { (server: AgentServer, _: Library) async throws in
            let uri: JSONValue = "akin://paper/doi:10.1145%2F1.2"
            let contents = try await ask(server, "resources/read", ["uri": uri])["result"]?["contents"]?.array
            #expect(contents?.first?["text"]?.string?.contains("Pandas like bamboo.") == true)
            let absent = try await ask(server, "resources/read", ["uri": "akin://x"])
            #expect(absent["error"]?["code"]?.integer == -32002)
            let prompts = try await ask(server, "prompts/list")
            #expect(prompts["result"]?["prompts"]?.array?.count == 3)
            let prompt = try await ask(
                server, "prompts/get", ["name": "literature_search", "arguments": ["question": "Why?"]])
            #expect(prompt["result"]?["messages"]?.array?.count == 1)
            let missing = try await ask(server, "prompts/get", ["name": "related_work"])
            #expect(missing["error"]?["code"]?.integer == -32602)
        }
    }

    @Test func `tells its progress, and stops when a request is cancelled`() async throws {
        try await withServer { (server: AgentServer, _: Library) async throws in
            let told = Mutex(0)
            let message = try RPCMessage([
                "jsonrpc": "2.0", "id": "a", "method": "tools/call",
                "params": ["name": "topics", "arguments": .object([:]), "_meta": ["progressToken": "t"]],
            ])
            _ = await server.answer(to: message) { _ in told.withLock { $0 += 1 } }
            #expect(told.withLock { $0 } > 0)
            let cancellation = try RPCMessage([
                "jsonrpc": "2.0", "method": "notifications/cancelled", "params": ["requestId": "a"],
            ])
            let answer = await server.answer(to: message) { _ in
                Task { _ = await server.answer(to: cancellation) }
                // The request waits here until it is cancelled.
                while !Task.isCancelled
                    && told.withLock({
                        $0 += 1; return $0 < 2_000
                    })
                { usleep(1_000) }
            }
            #expect(answer == nil)
        }
    }
}
