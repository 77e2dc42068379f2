import Foundation
import Papers
import Testing

@Suite("Papers by their identifiers")
struct IdentifierTests {
    /// Answers with the papers that are asked for.
    private static func service(unknownToOpenAlex unknown: Set<String> = []) throws -> FakeService {
        try FakeService { request, _ in
            let filter = request.parameters["filter"] ?? ""
            switch request.path {
            case "/api/query":
                let ids = (request.parameters["id_list"] ?? "").split(separator: ",")
                let numbers = ids.compactMap { Int($0.split(separator: ".").last ?? "") }.map { $0 - 10_000 }
                return .init(body: arXivFeed(numbers, total: numbers.count))
            case "/openalex/works" where filter.hasPrefix("pmid:"):
                let work = openAlexWork(9).replacing(
                    #""ids": {"#, with: #""ids": {"pmid": "https://pubmed.ncbi.nlm.nih.gov/123", "#)
                return .init(body: openAlexPage([work], total: 1))
            case "/openalex/works":
                let dois = filter.dropFirst(4).split(separator: "|").map(String.init).filter { !unknown.contains($0) }
                return .init(
                    body: openAlexPage(
                        dois.map { openAlexWork(Int($0.split(separator: ".").last ?? "") ?? 999, doi: $0) },
                        total: dois.count))
            case "/crossref/works":
                let dois = filter.split(separator: ",").map { String($0.dropFirst(4)) }
                return .init(body: crossrefList(dois.filter { !$0.hasSuffix("none") }))
            default: return .init(status: 404)
            }
        }
    }

    @Test
    func `each service is asked for its own papers, in one request for many`() throws {
        let service = try Self.service()
        let outcome = try FetchProcess.run(
            [
                "ids", "https://doi.org/\(doi(1))", "arXiv:\(arXivID(5))v1", "pmid:123", doi(2), "doi:\(doi(1))",
                arXivID(6), "2023.acl-long.77",
            ], service: service)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors.isEmpty)
        let ids = try outcome.papers().map(\.id)
        #expect(ids.sorted().count == 6, "\(ids)")
        #expect(ids.prefix(2) == ["arxiv:\(arXivID(5))", "arxiv:\(arXivID(6))"])
        #expect(
            service.requests.map { $0.parameters["id_list"] ?? $0.parameters["filter"] ?? "" }
                == [
                    "\(arXivID(5)),\(arXivID(6))", "pmid:123",
                    "doi:\(doi(1))|\(doi(2))|10.18653/v1/2023.acl-long.77",
                ])
    }

    @Test
    func `standard input gives identifiers, 50 a request`() throws {
        let service = try Self.service()
        let lines = (0..<120).map { doi($0) }.joined(separator: "\n")
        let outcome = try FetchProcess.run(["ids", "-"], service: service, input: "\n" + lines)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(Set(try outcome.papers().map(\.id)) == Set((0..<120).map { "doi:\(doi($0))" }))
        #expect(
            service.requests.map { $0.parameters["filter"]?.split(separator: "|").count } == [50, 50, 20])
    }

    @Test
    func `Crossref is asked for what OpenAlex does not know, and the rest is told`() throws {
        let service = try Self.service(unknownToOpenAlex: [doi(2), "10.1234/none"])
        let outcome = try FetchProcess.run(["ids", doi(1), doi(2), "10.1234/none"], service: service)
        #expect(outcome.status == 0)
        let papers = try outcome.papers()
        #expect(papers.map(\.id) == ["doi:\(doi(1))", "doi:\(doi(2))"])
        #expect(papers.last?.abstract == "Water in soil.")
        #expect(outcome.errors == "akin: Found 2 of 3. Not found: doi:10.1234/none\n")
        #expect(service.requests.last?.parameters["filter"] == "doi:\(doi(2)),doi:10.1234/none")
    }

    @Test
    func `an identifier with a sign that separates others is asked for by itself`() throws {
        let strange = "10.1234/a,b|c"
        let service = try FakeService { request, _ in
            request.path.hasPrefix("/openalex/works/doi")
                ? .init(body: openAlexWork(1, doi: strange)) : .init(status: 404)
        }
        let outcome = try FetchProcess.run(["ids", strange], service: service)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try outcome.papers().map(\.id) == ["doi:\(strange)"])
        #expect(service.requests.map(\.path) == ["/openalex/works/doi%3A10.1234%2Fa%2Cb%7Cc"])
    }

    @Test
    func `what is no identifier is told, and nobody is asked if there is no other`() throws {
        let service = try Self.service()
        let mixed = try FetchProcess.run(["ids", "soil moisture", doi(1)], service: service)
        #expect(mixed.status == 0)
        #expect(mixed.errors.contains("'soil moisture' is no DOI"))
        let asked = service.requests.count
        #expect(try FetchProcess.run(["ids", "12345"], service: service).status == 2)
        #expect(service.requests.count == asked)
    }

    @Test
    func `nothing found is status 1`() throws {
        let service = try Self.service(unknownToOpenAlex: ["10.1234/none"])
        let outcome = try FetchProcess.run(["ids", "10.1234/none"], service: service)
        #expect(outcome.status == 1)
        #expect(outcome.output.isEmpty)
    }
}
