import Akin
import AkinServer
import Foundation
import Papers
import ServerSettings
import Testing

@Suite("A server among strangers")
struct SafetyTests {
    private static let token = "a token of some length"

    @Test(arguments: ["evil.example", "127.0.0.1.evil.example", "", "localhost.evil"])
    func `is not asked by another's name`(host: String) async throws {
        try await TestServer.with { (server: TestServer) async throws in
            #expect(try await server.get("/api/v1/info", [("Host", host)]).status == 421)
        }
    }

    @Test(arguments: ["localhost", "LOCALHOST:80", "127.0.0.1", "[::1]:8017", "papers.example"])
    func `is asked by its own names`(host: String) async throws {
        try await TestServer.with(allowedHosts: ["papers.example"]) { (server: TestServer) async throws in
            #expect(try await server.get("/api/v1/info", [("Host", host)]).status == 200)
        }
    }

    @Test func `changes nothing for pages elsewhere`() async throws {
        try await TestServer.with(isWritable: true) { (server: TestServer) async throws in
            let form = [("id", "p1"), ("name", "hostile")]
            for headers in [
                [("Sec-Fetch-Site", "cross-site")], [("Sec-Fetch-Site", "same-site")],
                [("Origin", "https://evil.example")], [("Origin", "null")],
            ] {
                #expect(try await server.post("/do/tag", form: form, headers).status == 403, "\(headers)")
            }
            #expect(try await server.library.paper(named: "p1").tags.isEmpty)
            let own = try await server.post("/do/tag", form: form, [("Origin", "http://127.0.0.1:\(server.port)")])
            #expect(own.status == 303)
        }
    }

    @Test func `asks for the token, and never in an address`() async throws {
        try await TestServer.with(token: Self.token) { (server: TestServer) async throws in
            #expect(try await server.get("/api/v1/info").status == 401)
            #expect(try await server.get("/api/v1/info?token=\(Self.token.replacing(" ", with: "+"))").status == 401)
            #expect(try await server.get("/api/v1/info", [("Authorization", "Bearer wrong")]).status == 401)
            #expect(try await server.get("/api/v1/info", [("Authorization", "Bearer \(Self.token)")]).status == 200)
            #expect(try await server.get("/healthz").status == 200)
            let page = try await server.get("/", [("Accept", "text/html")])
            #expect(page.status == 401 && page.text.contains("name=\"token\""))
            let wrong = try await server.post("/login", form: [("token", "wrong")])
            #expect(wrong.status == 401)
            let right = try await server.post("/login", form: [("token", Self.token)])
            let cookie = try #require(right.header("set-cookie"))
            #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"))
            let pair = String(cookie.prefix { $0 != ";" })
            #expect(try await server.get("/", [("Cookie", pair)]).status == 200)
        }
    }

    @Test func `does not listen beyond this machine without a token`() throws {
        var settings = ServerSettings(libraries: [ServerSettings.Library(name: "none", path: "/nowhere")])
        settings.host = "0.0.0.0"
        #expect { try Server(settings, token: nil) { _ in } } throws: { "\($0)".contains("without a token") }
        #expect { try Server(settings, token: "short") { _ in } } throws: { "\($0)".contains("too short") }
    }

    @Test func `keeps browsers safe`() async throws {
        try await TestServer.with { (server: TestServer) async throws in
            for path in ["/", "/api/v1/info", "/nothing", "/app.js"] {
                let reply = try await server.get(path)
                let policy = reply.header("content-security-policy") ?? ""
                #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "\(path)")
                #expect(reply.header("x-content-type-options") == "nosniff")
                #expect(reply.header("access-control-allow-origin") == nil)
            }
        }
    }

    @Test func `refuses what is too large or too deep`() async throws {
        try await TestServer.with { (server: TestServer) async throws in
            #expect(try await server.get("/api/v1/search?q=" + String(repeating: "a", count: 140_000)).status == 414)
            #expect(try await server.get("/api/v1/search?q=" + String(repeating: "a", count: 10_001)).status == 400)
            let deep = String(repeating: "[", count: 100_000)
            let json = [("Content-Type", "application/json")]
            #expect(try await server.send("POST", "/api/v1/search", json, body: Data(deep.utf8)).status == 400)
            let long = Data(repeating: UInt8(ascii: " "), count: 2 << 20)
            #expect(try await server.send("POST", "/api/v1/search", json, body: long).status == 413)
            let text = [("Content-Type", "text/plain")]
            #expect(try await server.send("POST", "/api/v1/search", text, body: Data("{}".utf8)).status == 415)
        }
    }

    @Test(arguments: ["//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nSet-Cookie: x=1", ""])
    func `sends nobody elsewhere after a form`(back: String) async throws {
        try await TestServer.with(isWritable: true) { (server: TestServer) async throws in
            let reply = try await server.post("/do/tag", form: [("id", "p1"), ("name", "t"), ("back", back)])
            #expect(reply.status == 303)
            #expect(reply.header("location") == "/")
        }
    }
}
