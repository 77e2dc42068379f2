import Foundation
import Papers
import TestSupport
import Testing

@Suite("Searching a service")
struct SearchTests {
    @Test
    func `arxiv reads pages of 100 up to the most that is wanted, one request after another`() throws {
        let service = try FakeService { request, _ in
            let start = Int(request.parameters["start"] ?? "") ?? -1
            let count = Int(request.parameters["max_results"] ?? "") ?? 0
            return .init(body: arXivFeed(start..<start + count, total: 1_000), delay: 0.02)
        }
        let outcome = try FetchProcess.run(["arxiv", "soil \"water content\"", "--max", "250"], service: service)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors.isEmpty)
        let papers = try outcome.papers()
        #expect(papers.map(\.id) == (0..<250).map { "arxiv:\(arXivID($0))" })
        #expect(papers[0].title == "Paper 0 on soil moisture")
        #expect(papers[0].abstract == "We measure the moisture of soil number 0.")
        #expect(papers[0].authors == ["Ada Reader"])

        let requests = service.requests
        #expect(requests.map { $0.parameters["start"] } == ["0", "100", "200"])
        #expect(requests.map { $0.parameters["max_results"] } == ["100", "100", "50"])
        #expect(requests[0].path == "/api/query")
        #expect(requests[0].parameters["search_query"] == "all:soil AND all:\"water content\"")
        #expect(requests.allSatisfy { !$0.overlaps })
    }

    @Test
    func `arxiv ends where the search ends, and asks again for a page that is empty before that`() throws {
        let service = try FakeService { request, number in
            let start = Int(request.parameters["start"] ?? "") ?? -1
            return .init(body: arXivFeed(number == 1 ? 0..<0 : start..<min(start + 100, 130), total: 130))
        }
        let outcome = try FetchProcess.run(["arxiv", "soil", "--max", "500"], service: service)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try outcome.papers().count == 130)
        #expect(service.requests.map { $0.parameters["start"] } == ["0", "100", "100"])
    }

    @Test(
        arguments: [
            ("au:reader AND cat:cs.IR", nil, "au:reader AND cat:cs.IR"),
            ("soil OR water", "2024-05", "(all:soil AND all:or AND all:water) AND submittedDate:[202405010000 TO 29"),
            ("(soil: +water?)", nil, "all:soil AND all:water"),
            ("ti:soil", "2024-05-31", "(ti:soil) AND submittedDate:[202405310000 TO 29"),
        ] as [(String, String?, String)])
    func `a query becomes one of arXiv's`(query: String, since: String?, expected: String) throws {
        let service = try FakeService { _, _ in .init(body: arXivFeed(0..<1, total: 1)) }
        let day = since.map { ["--since", $0] } ?? []
        #expect(try FetchProcess.run(["arxiv", query] + day, service: service).status == 0)
        let asked = try #require(service.requests.first?.parameters["search_query"])
        #expect(since == nil ? asked == expected : asked.hasPrefix(expected), "\(asked)")
    }

    @Test
    func `an answer may be packed`() throws {
        let packed = try #require(Data(base64Encoded: packedFeed, options: .ignoreUnknownCharacters))
        let service = try FakeService { _, _ in .init(headers: ["Content-Encoding": "gzip"], bytes: Array(packed)) }
        let outcome = try FetchProcess.run(["arxiv", "soil"], service: service)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try outcome.papers().map(\.abstract) == ["It came packed."])
        #expect(service.requests.map(\.acceptedEncodings) == ["gzip"])
    }

    @Test
    func `openalex follows the cursor, and reads abstracts from their inverted form`() throws {
        let service = try FakeService { request, number in
            let works = (number * 100..<number * 100 + (number == 2 ? 10 : 100)).map { openAlexWork($0) }
            return .init(body: openAlexPage(works, total: 210, next: number == 2 ? nil : "c\(number)=="))
        }
        let outcome = try FetchProcess.run(
            ["openalex", "soil", "--max", "500", "--since", "2020"], service: service)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let papers = try outcome.papers()
        #expect(papers.map(\.id) == (0..<210).map { "doi:\(doi($0))" })
        #expect(papers[7].abstract == "Soils differ from Soils 7")
        #expect(papers[7].alternateIDs == ["openalex:W200007"])

        let requests = service.requests
        #expect(requests.map { $0.parameters["cursor"] } == ["*", "c0==", "c1=="])
        #expect(requests[0].path == "/openalex/works")
        #expect(requests[0].parameters["search"] == "soil")
        #expect(requests[0].parameters["filter"] == "from_publication_date:2020-01-01")
        #expect(requests.allSatisfy { $0.parameters["per_page"] == "100" && $0.parameters["mailto"] == nil })
    }

    @Test
    func `openalex goes on by numbers of pages where a cursor needs a key`() throws {
        let service = try FakeService { request, _ in
            if let cursor = request.parameters["cursor"], cursor != "*" {
                return .init(status: 401, body: #"{"error": "unauthorized", "message": "Get a key."}"#)
            }
            let page = Int(request.parameters["page"] ?? "1") ?? 1
            let works = page > 3 ? [] : ((page - 1) * 100..<page * 100).map { openAlexWork($0) }
            return .init(body: openAlexPage(works, total: 300, next: "next"))
        }
        let outcome = try FetchProcess.run(["openalex", "soil", "--max", "250"], service: service)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try outcome.papers().count == 250)
        #expect(service.requests.map { $0.parameters["page"] ?? "-" } == ["-", "-", "2", "3"])
    }

    @Test
    func `a key of OpenAlex is passed on, and nothing of it is printed`() throws {
        let service = try FakeService { _, number in
            number == 0
                ? .init(body: openAlexPage([openAlexWork(1)], total: 300, next: "c"))
                : .init(status: 401, body: #"{"message": "This key is not known."}"#)
        }
        let outcome = try FetchProcess.run(
            ["openalex", "soil"], service: service, environment: ["OPENALEX_API_KEY": "k123456"])
        #expect(outcome.status == 2)
        #expect(service.requests.allSatisfy { $0.parameters["api_key"] == "k123456" })
        #expect(outcome.errors.contains("This key is not known."))
        #expect(!outcome.errors.contains("k123456"))
        // What came before stays.
        #expect(try outcome.papers().count == 1)
    }

    @Test
    func `a search without a result ends with status 1, and writes nothing`() throws {
        let service = try FakeService { request, _ in
            .init(body: request.path.contains("works") ? openAlexPage([], total: 0) : arXivFeed(0..<0, total: 0))
        }
        for command in ["arxiv", "openalex"] {
            let outcome = try FetchProcess.run([command, "soil"], service: service)
            #expect(outcome.status == 1, "\(outcome.errors)")
            #expect(outcome.output.isEmpty)
            #expect(outcome.errors.isEmpty)
        }
    }

    @Test
    func `pages that are found by their numbers end with the first empty one`() throws {
        let service = try FakeService { request, _ in
            if let cursor = request.parameters["cursor"], cursor != "*" { return .init(status: 401) }
            let works = request.parameters["page"] == nil ? (0..<100).map { openAlexWork($0) } : []
            return .init(body: openAlexPage(works, total: 500, next: "next"))
        }
        let outcome = try FetchProcess.run(["openalex", "soil", "--max", "500"], service: service)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try outcome.papers().count == 100)
        #expect(service.requests.count == 3)
    }

    @Test(arguments: [
        ["arxiv"], ["arxiv", " ! "], ["arxiv", "soil", "--max", "0"], ["arxiv", "soil", "--since", "May"],
        ["openalex", "soil", "--mailto", "nobody"], ["arxiv", "soil", "--interval", "-1"], ["arxiv", "a", "-o", ""],
        ["arxiv", "soil", "-o", "a", "--resume", "b"], ["ids"], ["nothing"],
    ])
    func `a wrong command line ends with status 2 and asks nobody`(arguments: [String]) throws {
        let service = try FakeService { _, _ in .init(status: 404) }
        let outcome = try FetchProcess.run(arguments, service: service)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("Error: "))
        #expect(service.requests.isEmpty)
    }
}
