import Foundation
import TestSupport
import Testing

@Suite("A library that agents ask on standard input")
struct AgentCommandTests {
    @Test func `each request has an answer on a line of its own, whatever stands between`() throws {
        try TemporaryFolder.with { folder in
            let papers = """
                {"id": "a1", "title": "Pandas near midnight", "abstract": "Pandas eat. They sleep on trees."}
                {"id": "a2", "title": "Pandas and bamboo", "abstract": "All pandas eat bamboo."}

                """
            try papers.write(toFile: folder + "/papers.jsonl", atomically: true, encoding: .utf8)
            try #require(
                try AkinProcess.run(["add", "papers.jsonl", "-q", "--library", "library"], in: folder).status == 0)
            let requests = """
                {"jsonrpc": "2.0", "id": "one", "method": "initialize", "params": {"protocolVersion": "2025-06-18"}}
                {"jsonrpc": "2.0", "method": "notifications/initialized"}

                no JSON
                {"jsonrpc": "2.0", "id": 2, "method": "tools/call", \
                "params": {"name": "search", "arguments": {"query": "bamboo"}}}
                {"jsonrpc": "2.0", "id": 3, "method": "tools/call", \
                "params": {"name": "tag", "arguments": {"papers": ["a1"], "tag": "zoo"}}}

                """
            try requests.write(toFile: folder + "/requests", atomically: true, encoding: .utf8)
            func answers(_ command: String) throws -> [String: String] {
                let outcome = try AkinProcess.shell(command, in: folder)
                #expect(outcome.status == 0 && outcome.errors.isEmpty)
                let lines = outcome.output.split(separator: "\n").map(String.init)
                #expect(lines.count == 4)
                return Dictionary(
                    try lines.map { line in
                        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
                        return ("\(object?["id"] ?? "")", line)
                    }, uniquingKeysWith: { first, _ in first })
            }
            let reading = try answers("akin mcp --library library < requests")
            #expect(reading["one"]?.contains("\"protocolVersion\":\"2025-06-18\"") == true)
            #expect(reading["2"]?.contains("Pandas and bamboo") == true)
            #expect(reading["3"]?.contains("-32602") == true)
            #expect(
                try AkinProcess.run(["list", "--count", "tag:zoo", "--library", "library"], in: folder).output == "0\n")
            #expect(try answers("akin mcp --writable --library library < requests")["3"]?.contains("1 of 1") == true)
            #expect(
                try AkinProcess.run(["list", "--count", "tag:zoo", "--library", "library"], in: folder).output == "1\n")
            #expect(try AkinProcess.shell("akin mcp --library nowhere < requests", in: folder).status == 2)
        }
    }
}
