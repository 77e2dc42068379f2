import Foundation
import Papers
import Testing

@Suite("Missing abstracts")
struct AbstractTests {
    /// A library's papers: one with an abstract, one for each service, one of an unknown DOI, one without an identifier.
    static let papers = """
        {"id": "doi:10.1234/has", "title": "Has one", "abstract": "Here it is."}
        {"id": "key1", "title": "At OpenAlex", "abstract": "", "altIds": ["doi:10.1234/openalex"]}
        {"id": "arxiv:2403.10007", "title": "At arXiv", "abstract": ""}
        {"id": "doi:10.1234/crossref", "title": "At Crossref", "abstract": ""}
        {"id": "doi:10.1234/nowhere", "title": "Nowhere", "abstract": ""}
        {"id": "key2", "title": "Without an identifier", "abstract": ""}

        """

    static func service() throws -> FakeService {
        try FakeService { request, _ in
            switch request.path {
            case "/openalex/works":
                .init(
                    body: openAlexPage(
                        [
                            openAlexWork(1, doi: "10.1234/openalex"),
                            openAlexWork(2, doi: "10.1234/crossref", hasAbstract: false),
                        ], total: 2))
            case "/api/query": .init(body: arXivFeed([7], total: 1))
            case "/crossref/works": .init(body: crossrefList(["10.1234/crossref"]))
            default: .init(status: 404)
            }
        }
    }

    @Test
    func `they are found at OpenAlex, arXiv and Crossref, in this order`() throws {
        let service = try Self.service()
        let outcome = try FetchProcess.run(["abstracts", "-"], service: service, input: Self.papers)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let papers = try outcome.papers()
        #expect(papers.map(\.id) == ["key1", "arxiv:2403.10007", "doi:10.1234/crossref"])
        #expect(papers.map(\.title) == ["At OpenAlex", "At arXiv", "At Crossref"])
        #expect(
            papers.map(\.abstract)
                == ["Soils differ from Soils 1", "We measure the moisture of soil number 7.", "Water in soil."])
        #expect(papers[0].alternateIDs == ["doi:10.1234/openalex"])
        #expect(papers.allSatisfy { $0.authors.isEmpty && $0.year == nil })

        let requests = service.requests
        #expect(requests.map(\.path) == ["/openalex/works", "/api/query", "/crossref/works"])
        #expect(
            requests[0].parameters["filter"]
                == "doi:10.1234/openalex|10.48550/arxiv.2403.10007|10.1234/crossref|10.1234/nowhere")
        #expect(requests[1].parameters["id_list"] == "2403.10007")
        #expect(requests[2].parameters["filter"] == "doi:10.1234/crossref,doi:10.1234/nowhere")
    }

    @Test
    func `a service is not asked when nothing is left for it`() throws {
        let service = try Self.service()
        let paper = "{\"id\": \"doi:10.1234/openalex\", \"title\": \"T\", \"abstract\": \"\"}\n"
        #expect(try FetchProcess.run(["abstracts", "-"], service: service, input: paper).status == 0)
        #expect(service.requests.map(\.path) == ["/openalex/works"])
    }

    @Test
    func `papers that lack nothing, or that nobody knows, end with status 1`() throws {
        let service = try Self.service()
        for line in Self.papers.split(separator: "\n").enumerated() where [0, 5].contains(line.offset) {
            let outcome = try FetchProcess.run(["abstracts", "-"], service: service, input: line.element + "\n")
            #expect(outcome.status == 1, "\(outcome.errors)")
        }
        #expect(service.requests.isEmpty)
    }

    @Test
    func `a file that cannot be read ends with status 2`() throws {
        let outcome = try FetchProcess.run(["abstracts", "/nonexistent/papers.jsonl"], service: nil)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("/nonexistent/papers.jsonl"))
    }
}
