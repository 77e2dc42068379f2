import Akin
import AkinAgents
import Foundation
import Papers
import Testing

@Suite("A server that may write")
struct WritingTests {
    private func withServer(_ body: (TestServer) async throws -> Void) async throws {
        try await TestServer.with(isWritable: true, body)
    }

    @Test func `adds, changes and removes papers, and takes it back`() async throws {
        try await withServer { (server: TestServer) async throws in
            let file = Data("@article{a, title = {Zebras of the plains}, abstract = {Stripes.}, year = 1999}".utf8)
            let added = try await server.send("POST", "/api/v1/papers?name=zoo.bib", body: file)
            #expect(added.json?["added"]?.integer == 1, "\(added.text)")
            let dry = try await server.send("POST", "/api/v1/papers?dryRun=true", body: file)
            #expect(dry.json?["unchanged"]?.integer == 1)
            let edited = try await server.send(
                "PATCH", "/api/v1/papers/Zebras%20of%20the%20plains",
                json: ["addTags": ["Zoo"], "addNotes": ["Striped."], "read": true])
            #expect(edited.json?["changed"]?.array?.count == 1)
            let paper = try await server.library.paper(named: "Zebras of the plains")
            // The tag is there already in another spelling.
            #expect(Set(paper.tags) == ["zoo", "read"] && paper.notes == ["Striped."])
            let removed = try await server.send("DELETE", "/api/v1/papers/Zebras%20of%20the%20plains")
            #expect(removed.json?["removed"]?.array?.count == 1)
            let undone = try await server.send("POST", "/api/v1/undo")
            #expect(undone.json?["restored"]?.array?.count == 1)
        }
    }

    @Test func `edits many papers, or none`() async throws {
        try await withServer { (server: TestServer) async throws in
            let many = try await server.send(
                "POST", "/api/v1/edits", json: ["ids": ["p1", "p2"], "addCollections": ["Thesis"]])
            #expect(many.json?["changed"]?.array?.count == 2)
            let unknown = try await server.send(
                "POST", "/api/v1/edits", json: ["ids": ["p3", "none"], "addTags": ["t"]])
            #expect(unknown.status == 404)
            #expect(try await server.library.paper(named: "p3").tags.isEmpty)
        }
    }

    @Test func `watches questions`() async throws {
        try await withServer { (server: TestServer) async throws in
            let watched = try await server.send("POST", "/api/v1/watches", json: ["name": "zoo", "query": "pandas"])
            #expect(watched.json?["questions"]?.array?.count == 1)
            let feed = try await server.get("/api/v1/feed?question=zoo")
            #expect(feed.text.contains("<title>zoo</title>"))
            #expect(try await server.send("DELETE", "/api/v1/watches/zoo").status == 200)
            #expect(try await server.send("DELETE", "/api/v1/watches/zoo").status == 404)
        }
    }

    @Test func `keeps no file that was sent to it`() async throws {
        try await withServer { (server: TestServer) async throws in
            // Its name tells it from what other tests send.
            let name = "x-\(UUID().uuidString).jsonl"
            let reply = try await server.send(
                "POST", "/api/v1/papers?name=..%2F..%2Fetc%2F\(name)", body: Data("{".utf8))
            #expect(reply.status == 422 && !reply.text.contains("/tmp"), "\(reply.text)")
            let folders = try FileManager.default.contentsOfDirectory(atPath: URL.temporaryDirectory.path())
                .filter { $0.hasPrefix("akin-serve-") }
            let paths = folders.map { URL.temporaryDirectory.appending(path: $0).appending(path: name).path() }
            #expect(!paths.contains(where: FileManager.default.fileExists))
        }
    }

    @Test(arguments: [
        ("POST", "/api/v1/papers"), ("PATCH", "/api/v1/papers/p1"), ("DELETE", "/api/v1/papers/p1"),
        ("POST", "/api/v1/edits"), ("POST", "/api/v1/undo"), ("POST", "/api/v1/watches"),
        ("DELETE", "/api/v1/watches/a"), ("POST", "/do/tag"), ("POST", "/do/add"), ("POST", "/do/unwatch"),
    ])
    func `changes nothing where that is not allowed`(method: String, path: String) async throws {
        try await TestServer.with { (server: TestServer) async throws in
            let reply = try await server.send(
                method, path, [("Content-Type", "application/json")], body: Data("{}".utf8))
            #expect(reply.status == 403)
            #expect(try server.library.paperCount() == TestServer.papers.count)
        }
    }
}
