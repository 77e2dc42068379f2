import Akin
import AkinAgents
import Foundation
import Papers
import Testing

@Suite("The HTTP API")
struct APITests {
    @Test func `searches as the command line does`() async throws {
        try await TestServer.with { (server: TestServer) async throws in
            let reply = try await server.get("/api/v1/search?q=pandas+bamboo&limit=1&explain=true")
            #expect(reply.status == 200)
            #expect(reply.header("content-type") == "application/json")
            let first = reply.json?["results"]?.array?.first
            #expect(first?["id"]?.string == "doi:10.1145/1.2")
            #expect(first?["explanation"]?["lexical"] != nil)
            #expect(first?["snippet"]?["text"]?.string == "Pandas like bamboo.")
            #expect(reply.json?["query"]?.string == "pandas bamboo")
        }
    }

    @Test func `gives an answer page after page`() async throws {
        try await TestServer.with { (server: TestServer) async throws in
            var (ids, cursor): ([String], String?) = ([], "0")
            while let place = cursor {
                let reply = try await server.get("/api/v1/papers?q=year:2000..&sort=title&limit=15&cursor=\(place)")
                #expect(reply.json?["total"]?.integer == 41)
                ids += reply.json?["papers"]?.array?.compactMap { $0["id"]?.string } ?? []
                cursor = reply.json?["nextCursor"]?.string
            }
            #expect(ids.count == 41 && Set(ids).count == 41)
        }
    }

    @Test func `finds papers like some and unlike others, and says why`() async throws {
        try await TestServer.with { (server: TestServer) async throws in
            let like = try await server.get("/api/v1/like?paper=p1&unlike=doi:10.1145%2F1.2&limit=3&year=2003..")
            #expect(like.status == 200)
            let years = like.json?["results"]?.array?.compactMap { $0["year"]?.integer } ?? []
            #expect(!years.isEmpty && years.allSatisfy { $0 >= 2003 })
            let near = try await server.get("/api/v1/papers/p1/neighbors?limit=2")
            #expect(near.json?["results"]?.array?.count == 2)
            let why = try await server.get("/api/v1/why?first=p1&second=p2")
            #expect(why.json?["explanation"]?["shared"]?.array?.isEmpty == false)
        }
    }

    @Test func `a value may begin with a letter that combines, and a number may have a point`() async throws {
        try await TestServer.with { (server: TestServer) async throws in
            for path in ["papers?where=type%3D%CC%B8x", "papers?q=\u{338}x", "papers?limit=3&q=%CC%B8"] {
                let reply = try await server.get("/api/v1/\(path)")
                #expect(reply.status == 200, "\(path): \(reply.text)")
            }
            for (limit, status) in [("3.0", 200), ("3.5", 400), ("1e400", 400)] {
                let reply = try await server.send(
                    "POST", "/api/v1/search", [("Content-Type", "application/json")],
                    body: Data(#"{"q": "cache", "limit": \#(limit)}"#.utf8))
                #expect(reply.status == status, "\(limit): \(reply.text)")
                if status == 200 { #expect(reply.json?["results"]?.array?.count == 3) }
            }
        }
    }

    @Test func `years that end before they begin are told of`() async throws {
        try await TestServer.with { (server: TestServer) async throws in
            for path in [
                "search?q=cache", "papers?q=cache", "like?paper=p1", "facets?q=cache", "papers/p1/neighbors?limit=1",
            ] {
                let reply = try await server.get("/api/v1/\(path)&year=2020..2010")
                #expect(reply.status == 422 && reply.text.contains("end before they begin"), "\(path): \(reply.text)")
            }
        }
    }

    @Test func `takes ids with slashes in its paths`() async throws {
        try await TestServer.with { (server: TestServer) async throws in
            let paper = try await server.get("/api/v1/papers/doi:10.1145%2F1.2")
            #expect(paper.json?["title"]?.string == "Pandas eat bamboo")
            let absent = try await server.get("/api/v1/papers/nothing%20like%20it")
            #expect(absent.status == 404)
            #expect(absent.header("content-type") == "application/problem+json")
            #expect(absent.json?["code"]?.string == "paperNotFound")
            #expect(absent.text.contains(server.library.path) == false)
        }
    }

    @Test func `counts papers by their fields`() async throws {
        try await TestServer.with { (server: TestServer) async throws in
            let all = try await server.get("/api/v1/facets")
            #expect(all.json?["papers"]?.integer == 41)
            #expect(all.json?["venue"]?.array?.first?["papers"]?.integer == 20)
            let some = try await server.get("/api/v1/facets?q=tag:zoo")
            #expect(some.json?["papers"]?.integer == 1)
        }
    }

    @Test func `answers several questions at once`() async throws {
        try await TestServer.with { (server: TestServer) async throws in
            let reply = try await server.send(
                "POST", "/api/v1/search",
                json: ["searches": [["q": "pandas", "limit": 1], ["q": "caches", "limit": 2]]])
            let answers = reply.json?["answers"]?.array ?? []
            #expect(answers.map { $0["results"]?.array?.count } == [1, 2])
        }
    }

    @Test(arguments: [
        ("/api/v1/search", 400, "'q' is missing"), ("/api/v1/search?q=a&limit=-1", 400, "from 0 to 1000"),
        ("/api/v1/search?q=a&limit=99999999999999999999", 400, "from 0 to 1000"),
        ("/api/v1/search?q=a&alpha=nan", 400, "number from 0"),
        ("/api/v1/search?q=a&nonsense=1", 400, "no parameter 'nonsense'"),
        ("/api/v1/search?q=a&q=b", 400, "more than once"), ("/api/v1/search?q=%FF", 400, "no UTF-8"),
        ("/api/v1/search?q=a&library=other", 404, "No library"), ("/api/v1/papers?q=(a", 422, "does not parse"),
        ("/api/v1/like", 422, "Name a paper"), ("/api/v1/nothing", 404, "nothing at"),
        ("/api/v1/search?q=a&cursor=x", 400, "cursor"), ("/api/v1/search?q=a&space=nothing", 404, "nothing"),
    ])
    func `tells what is wrong with a request`(path: String, status: Int, reason: String) async throws {
        try await TestServer.with { (server: TestServer) async throws in
            let reply = try await server.get(path)
            #expect(reply.status == status)
            #expect(reply.json?["detail"]?.string?.contains(reason) == true, "\(reply.text)")
            #expect(reply.json?["status"]?.integer == status)
        }
    }

    @Test func `names the methods of a path`() async throws {
        try await TestServer.with { (server: TestServer) async throws in
            let reply = try await server.send("DELETE", "/api/v1/search")
            #expect(reply.status == 405)
            #expect(reply.header("allow") == "GET, HEAD, POST")
        }
    }

    @Test func `knows what a client has until the library changes`() async throws {
        try await TestServer.with { (server: TestServer) async throws in
            let first = try await server.get("/api/v1/papers/p1")
            let tag = try #require(first.header("etag"))
            let again = try await server.get("/api/v1/papers/p1", [("If-None-Match", tag)])
            #expect(again.status == 304 && again.body.isEmpty)
            try await server.library.edit(ids: ["p1"], by: [.addTag("new")])
            let changed = try await server.get("/api/v1/papers/p1", [("If-None-Match", tag)])
            #expect(changed.status == 200)
            #expect(changed.json?["tags"]?.array == ["new"])
        }
    }

    @Test func `packs answers for those who unpack them`() async throws {
        try await TestServer.with { (server: TestServer) async throws in
            let packed = try await server.get("/api/v1/search?q=cache&limit=20", [("Accept-Encoding", "br, gzip")])
            #expect(packed.header("content-encoding") == "gzip")
            #expect(packed.body.starts(with: [0x1F, 0x8B]))
            let plain = try await server.get("/api/v1/search?q=cache&limit=20", [("Accept-Encoding", "gzip;q=0")])
            #expect(plain.header("content-encoding") == nil && plain.json != nil)
            #expect(packed.body.count < plain.body.count)
        }
    }

    @Test func `writes papers in every format`() async throws {
        try await TestServer.with { (server: TestServer) async throws in
            let lines = try await server.get("/api/v1/export")
            #expect(lines.text.split(separator: "\n").count == 41)
            for format in ["bibtex", "biblatex", "ris", "csl-json", "csv", "markdown"] {
                let reply = try await server.get("/api/v1/export?format=\(format)&paper=doi:10.1145%2F1.2")
                #expect(reply.status == 200 && reply.text.contains("bamboo"), "\(format)")
                #expect(reply.header("content-disposition")?.hasPrefix("attachment") == true)
            }
            let question = try await server.get("/api/v1/export?q=tag:zoo")
            #expect(question.text.split(separator: "\n").count == 1)
        }
    }

    @Test func `makes vectors in the shape of OpenAI`() async throws {
        try await TestServer.with { (server: TestServer) async throws in
            let reply = try await server.send(
                "POST", "/v1/embeddings", json: ["model": "akin", "input": ["a cache in memory", "pandas"]])
            let vectors = reply.json?["data"]?.array ?? []
            #expect(vectors.count == 2)
            let numbers = vectors[0]["embedding"]?.array?.compactMap { value -> Double? in
                if case .number(let number) = value { number } else { value.integer.map(Double.init) }
            }
            let length = numbers?.reduce(0) { $0 + $1 * $1 } ?? 0
            #expect(abs(length - 1) < 1e-3)
            let packed = try await server.send(
                "POST", "/v1/embeddings", json: ["input": "pandas", "encoding_format": "base64", "dimensions": 2])
            let bytes = packed.json?["data"]?.array?.first?["embedding"]?.string.flatMap { Data(base64Encoded: $0) }
            #expect(bytes?.count == 8)
            #expect(packed.json?["usage"]?["total_tokens"] == 1)
            let refused = try await server.send("POST", "/v1/embeddings", json: ["input": [[1, 2]]])
            #expect(refused.status == 400)
            let models = try await server.get("/v1/models")
            #expect(models.json?["data"]?.array?.compactMap { $0["id"]?.string } == ["akin", "papers"])
        }
    }

    @Test func `lists topics, and what is new`() async throws {
        try await TestServer.with { (server: TestServer) async throws in
            #expect(try await server.get("/api/v1/topics").json?["papers"]?.integer == 41)
            #expect(try await server.get("/api/v1/map").json?["papers"]?.array?.count == 41)
            #expect(try await server.get("/api/v1/digest").json?["added"]?.integer == 41)
            let feed = try await server.get("/api/v1/feed")
            #expect(feed.header("content-type")?.hasPrefix("application/atom+xml") == true)
            #expect(try await server.get("/api/v1/feed?question=none").status == 404)
        }
    }

    @Test func `sees what others add while it serves`() async throws {
        try await TestServer.with { (server: TestServer) async throws in
            #expect(try await server.get("/api/v1/search?q=zebras").json?["results"]?.array?.isEmpty == false)
            try await Library(at: server.library.path).add([
                Paper(id: "z", title: "Zebras of the plains", abstract: "Zebras have stripes.")
            ])
            let reply = try await server.get("/api/v1/search?q=zebras&limit=1")
            #expect(reply.json?["results"]?.array?.first?["id"]?.string == "z")
        }
    }

    @Test func `answers health checks, and counts what it did`() async throws {
        try await TestServer.with { (server: TestServer) async throws in
            #expect(try await server.get("/healthz").text == "ok\n")
            #expect(try await server.get("/readyz").status == 200)
            _ = try await server.get("/api/v1/info", [("X-Request-Id", "mine-7")])
            let figures = try await server.get("/metrics")
            #expect(figures.text.contains("akin_papers{library=\"papers\"} 41"))
            #expect(figures.text.contains("path=\"/api/v1/info\",method=\"GET\",status=\"200\""))
            #expect(server.log.all.contains { $0.contains("\"id\":\"mine-7\"") && $0.contains("/api/v1/info") })
        }
    }
}
