import Akin
import AkinAgents
import EncoderTestSupport
import Foundation
import LibraryEncoders
import Ranking
import TestSupport
import Testing
import TextEncoding

@Suite("Sentence encoders over HTTP")
struct EncoderTests {
    /// A server whose library remembers a small encoder and has its vectors.
    private static func withServer(_ body: (_ server: TestServer, _ model: String) async throws -> Void) async throws {
        let folder = URL.temporaryDirectory.appending(path: "akin-model-\(UUID().uuidString)").path()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try ModelFiles(isCrossEncoder: false).write(to: folder)
        try await TestServer.with { (server: TestServer) async throws in
            let remembered = RememberedEncoder(folder: folder)
            let encoder = try OpenModels(threads: 1).encoder(of: remembered)
            try await server.library.encode(in: "tiny", with: encoder)
            try await server.library.inBackground { try $0.remember(remembered, of: "tiny") }
            try await body(server, folder)
        }
    }

    @Test func `the encoder orders the first papers anew, and makes vectors`() async throws {
        try await Self.withServer { (server: TestServer, model: String) async throws in
            for path in ["search?q=memory+bamboo", "like?paper=p1"] {
                let judged = try await server.get("/api/v1/\(path)&rerank=true")
                #expect(judged.status == 200, "\(judged.text)")
                let parts = judged.json?["results"]?.array?.compactMap { $0["parts"] } ?? []
                #expect(parts.contains { $0["judgment"] != nil }, "\(path)")
            }
            let models = try await server.get("/v1/models")
            #expect(models.json?["data"]?.array?.last?["id"]?.string == "papers/tiny")
            for name in ["papers/tiny", "akin/tiny/query"] {
                let reply = try await server.send(
                    "POST", "/v1/embeddings", json: ["model": .string(name), "input": "the"])
                #expect(reply.json?["data"]?.array?.first?["embedding"]?.array?.count == 8, "\(reply.text)")
            }
            for name in ["papers/other", "papers/lsa", "papers/tiny/x", "papers/tiny/query/x", "papers/"] {
                let reply = try await server.send(
                    "POST", "/v1/embeddings", json: ["model": .string(name), "input": "the"])
                #expect((400..<500).contains(reply.status), "\(name): \(reply.text)")
            }
        }
    }

    @Test func `an encoder that is gone is told of without its folder`() async throws {
        try await Self.withServer { (server: TestServer, model: String) async throws in
            try FileManager.default.removeItem(atPath: model)
            let reply = try await server.get("/api/v1/search?q=the+memory&rerank=true")
            #expect(reply.status == 500 && reply.text.contains("encoder") && !reply.text.contains(model))
            #expect(try await server.get("/api/v1/search?q=the+memory").status == 200)
        }
    }
}
