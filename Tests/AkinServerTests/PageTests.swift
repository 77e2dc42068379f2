import Akin
import Foundation
import Papers
import Testing

@Suite("The page")
struct PageTests {
    @Test func `answers a question without scripts`() async throws {
        try await TestServer.with { (server: TestServer) async throws in
            let page = try await server.get("/?q=pandas+bamboo")
            #expect(page.status == 200)
            #expect(page.header("content-type") == "text/html; charset=utf-8")
            #expect(page.text.contains("href=\"/paper?id=doi%3A10.1145%2F1.2\">Pandas eat bamboo</a>"))
            #expect(page.text.contains("<mark>bamboo</mark>"))
            let part = try await server.get("/?q=pandas+bamboo&part=results")
            #expect(!part.text.contains("<html") && part.text.contains("Pandas eat bamboo"))
        }
    }

    @Test(arguments: [
        "/", "/?q=cache&like=p1&unlike=doi:10.1145%2F1.2&year=2001..2010&venue=VLDB", "/?venue=ICML", "/?read=unread",
        "/?q=cache&count=40&sort=date", "/?q=%22", "/?q=is:read", "/?like=gone", "/paper?id=p1",
        "/why?first=p1&second=p2",
        "/topics", "/map", "/new", "/libraries", "/help", "/api", "/login", "/feed",
    ])
    func `has a page at`(path: String) async throws {
        try await TestServer.with { (server: TestServer) async throws in
            let page = try await server.get(path, [("Accept", "text/html")])
            #expect(page.status == 200, "\(page.text.prefix(2_000))")
            #expect(!page.text.contains("{{#") && !page.text.contains("{{>"))
        }
    }

    @Test func `tells a person what is wrong`() async throws {
        try await TestServer.with { (server: TestServer) async throws in
            let page = try await server.get("/paper?id=nothing", [("Accept", "text/html,*/*")])
            #expect(page.status == 404)
            #expect(page.text.contains("<html") && page.text.contains("nothing"))
        }
    }

    /// Signs that are joined with another scalar to one character are signs for a browser all the same.
    @Test func `escapes titles whatever they hold`() async throws {
        let titles = [
            "<script>alert(1)</script>", "\u{600}<b\u{600}>bold", "\"\u{301} onclick=x", "<\u{200d}b>", "&\u{301}lt;",
            "'\u{301}x",
        ]
        let papers = titles.enumerated().map { Paper(id: "t\($0)", title: "wombat \($1)", abstract: "A wombat \($1).") }
        try await TestServer.with(papers) { (server: TestServer) async throws in
            for path in ["/?q=wombat", "/paper?id=t0", "/paper?id=t1", "/paper?id=t2", "/why?first=t0&second=t1"] {
                let text = try await server.get(path).text.unicodeScalars
                let html = String(String.UnicodeScalarView(text.filter { $0.value < 0x80 }))
                #expect(
                    !html.contains("<script>alert") && !html.contains("<b>") && !html.contains("\" onclick"), "\(path)")
            }
        }
    }

    @Test func `does what its forms say, and tells it once`() async throws {
        try await TestServer.with(isWritable: true) { (server: TestServer) async throws in
            let tagged = try await server.post(
                "/do/tag", form: [("id", "p1"), ("id", "p2"), ("name", "to read"), ("back", "/?q=cache")])
            #expect(tagged.status == 303 && tagged.header("location") == "/?q=cache")
            #expect(try await server.library.papers(matching: PaperFilter(attributes: ["tag": ["to read"]])).count == 2)
            let cookie = String(try #require(tagged.header("set-cookie")).prefix { $0 != ";" })
            let next = try await server.get("/?q=cache", [("Cookie", cookie)])
            #expect(next.text.contains("Tagged 2 papers."))
            #expect(next.header("set-cookie")?.contains("Max-Age=0") == true)
            _ = try await server.post("/do/note", form: [("id", "p1"), ("text", "Read again.")])
            #expect(try await server.get("/paper?id=p1").text.contains("Read again."))
            _ = try await server.post("/do/remove-note", form: [("id", "p1"), ("note", "1")])
            #expect(try await server.library.paper(named: "p1").notes.isEmpty)
            _ = try await server.post("/do/read", form: [("id", "p1"), ("state", "read")])
            #expect(try await server.get("/?read=read").text.contains("Caches of keys, part 1<"))
            _ = try await server.post("/do/watch", form: [("name", "zoo"), ("q", "pandas"), ("year", "2020..")])
            #expect(try server.library.watchedQuestions().map(\.query) == ["(pandas) year:2020.."])
            #expect(try await server.get("/new").text.contains("/feed?question=zoo"))
        }
    }

    @Test func `adds the files of a form`() async throws {
        try await TestServer.with(isWritable: true) { (server: TestServer) async throws in
            let parts = [
                "Content-Disposition: form-data; name=\"back\"\r\n\r\n/add",
                "Content-Disposition: form-data; name=\"file\"; filename=\"../a.bib\"\r\nContent-Type: text/x-bibtex\r\n\r\n"
                    + "@article{a, title = {Zebras of the plains}, year = 1999}\r\n",
                "Content-Disposition: form-data; name=\"file\"; filename=\"b.jsonl\"\r\n\r\nno paper",
            ]
            let body = parts.map { "--mark\r\n\($0)\r\n" }.joined() + "--mark--\r\n"
            let type = [("Content-Type", "multipart/form-data; boundary=mark")]
            let reply = try await server.send("POST", "/do/add", type, body: Data(body.utf8))
            #expect(reply.status == 200, "\(reply.text)")
            #expect(reply.text.contains("1 paper added") && reply.text.contains("b.jsonl"))
            #expect(try await server.library.paper(named: "Zebras of the plains").year == 1999)
            for broken in ["--mark\r\n", "", "--mark\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nx"] {
                #expect(try await server.send("POST", "/do/add", type, body: Data(broken.utf8)).status == 400)
            }
        }
    }

    @Test func `writes what is selected, or the whole answer`() async throws {
        try await TestServer.with { (server: TestServer) async throws in
            let some = try await server.post(
                "/export", form: [("scope", "selection"), ("id", "p1"), ("id", "p2"), ("format", "bibtex")])
            #expect(some.text.split(separator: "@").count == 2)
            let all = try await server.post(
                "/export", form: [("scope", "answer"), ("venue", "VLDB"), ("format", "jsonl")])
            #expect(all.text.split(separator: "\n").count == 20)
        }
    }
}
