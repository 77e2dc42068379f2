import Papers
import Testing

@Suite("Politeness to services")
struct PolitenessTests {
    @Test
    func `requests name the program, and the person's address where it is known`() throws {
        let service = try FakeService { request, _ in
            request.path.hasPrefix("/crossref")
                ? .init(body: crossrefList([])) : .init(body: openAlexPage([], total: 0))
        }
        let variable = ["AKIN_MAILTO": "ada@example.org"]
        _ = try FetchProcess.run(["ids", doi(1)], service: service)
        _ = try FetchProcess.run(["ids", doi(1)], service: service, environment: variable)
        _ = try FetchProcess.run(
            ["ids", doi(1), "--mailto", "grace@example.org"], service: service, environment: variable)
        let requests = service.requests
        let paths = ["/openalex/works", "/crossref/works"]
        #expect(requests.map(\.path) == paths + paths + paths)
        let agents = requests.map { $0.userAgent }
        #expect(agents.allSatisfy { $0.hasPrefix("akin/") })
        #expect(!agents[0].contains("mailto"))
        #expect(agents[2...3].allSatisfy { $0.hasSuffix(" (mailto:ada@example.org)") })
        #expect(agents[4...5].allSatisfy { $0.hasSuffix(" (mailto:grace@example.org)") })
        #expect(
            requests.map { $0.parameters["mailto"] }
                == [nil, nil, "ada@example.org", "ada@example.org", "grace@example.org", "grace@example.org"])
    }

    @Test
    func `two requests to a service are at least the interval apart`() throws {
        let service = try FakeService { request, _ in
            let start = Int(request.parameters["start"] ?? "") ?? 0
            return .init(body: arXivFeed(start..<start + 100, total: 300))
        }
        #expect(try FetchProcess.run(["arxiv", "a", "--max", "300"], service: service, interval: 0.2).status == 0)
        let arrivals = service.requests.map(\.arrival)
        #expect(arrivals.count == 3)
        for (first, second) in zip(arrivals, arrivals.dropFirst()) { #expect(second - first >= .milliseconds(200)) }
    }

    @Test
    func `without --interval, arXiv is asked every three seconds at most`() throws {
        let service = try FakeService { request, _ in
            let start = Int(request.parameters["start"] ?? "") ?? 0
            return .init(body: arXivFeed(start..<start + 100, total: 200))
        }
        let outcome = try FetchProcess.run(["arxiv", "soil", "--max", "200"], service: service, interval: nil)
        #expect(outcome.status == 0)
        let requests = service.requests
        #expect(requests[1].arrival - requests[0].arrival >= .seconds(3))
    }
}
