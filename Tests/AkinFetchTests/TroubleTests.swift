import Foundation
import Papers
import Testing

@Suite("Trouble with a service")
struct TroubleTests {
    @Test(arguments: [429, 500, 502, 503, 504])
    func `a request is made again after a status that may pass`(status: Int) throws {
        let service = try FakeService { _, number in
            number < 3 ? .init(status: status) : .init(body: arXivFeed(0..<2, total: 2))
        }
        let outcome = try FetchProcess.run(["arxiv", "soil"], service: service)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try outcome.papers().count == 2)
        #expect(service.requests.count == 4)
    }

    @Test
    func `a connection that is cut in the middle of an answer is made again`() throws {
        let service = try FakeService { _, number in
            .init(body: openAlexPage((0..<5).map { openAlexWork($0) }, total: 5), isCut: number < 2)
        }
        let outcome = try FetchProcess.run(["openalex", "soil"], service: service)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try outcome.papers().count == 5)
        #expect(service.requests.count == 3)
    }

    @Test
    func `after five repetitions the error names host, status and remedy`() throws {
        let service = try FakeService { _, _ in .init(status: 503, body: "Busy.") }
        let outcome = try FetchProcess.run(["arxiv", "soil"], service: service)
        #expect(outcome.status == 2)
        #expect(service.requests.count == 6)
        #expect(
            outcome.errors
                == "akin: 127.0.0.1 answered 503 Service Unavailable, 6 times in a row: Busy. Try again later.\n")
    }

    @Test
    func `where nobody listens, the error says so`() throws {
        let outcome = try FetchProcess.run(["arxiv", "soil"], service: nil)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("127.0.0.1"))
        #expect(outcome.errors.contains("6 times in a row"))
        #expect(outcome.errors.contains("Check the connection"))
    }

    @Test
    func `the time that Retry-After asks for is waited`() throws {
        let service = try FakeService { _, number in
            number == 0
                ? .init(status: 429, headers: ["Retry-After": "1"]) : .init(body: arXivFeed(0..<1, total: 1))
        }
        #expect(try FetchProcess.run(["arxiv", "soil"], service: service).status == 0)
        let requests = service.requests
        #expect(requests.count == 2)
        // A slow machine only makes it longer.
        #expect(requests[1].arrival - requests[0].arrival >= .seconds(1))
    }

    @Test(arguments: ["86400", "Fri, 31 Dec 2199 23:59:59 GMT"])
    func `a service that wants to be left alone for hours is not asked again`(time: String) throws {
        let service = try FakeService { _, _ in .init(status: 429, headers: ["Retry-After": time]) }
        let outcome = try FetchProcess.run(["openalex", "soil"], service: service)
        #expect(outcome.status == 2)
        #expect(service.requests.count == 1)
        #expect(outcome.errors.contains("429"))
        #expect(outcome.errors.contains("minutes at the earliest"))
    }

    @Test
    func `a refusal is told with the words of the service, and not repeated`() throws {
        let service = try FakeService { request, _ in
            request.path.contains("works")
                ? .init(status: 403, body: #"{"error": "no", "message": "Unknown \u001b[31m filter."}"#)
                : .init(status: 400, body: arXivErrorFeed)
        }
        let openAlex = try FetchProcess.run(["openalex", "soil"], service: service)
        #expect(openAlex.status == 2)
        #expect(openAlex.errors.contains("403 Forbidden: Unknown  [31m filter."))
        let arXiv = try FetchProcess.run(["arxiv", "soil"], service: service)
        #expect(arXiv.status == 2)
        #expect(arXiv.errors.contains("start must be an integer"))
        #expect(service.requests.count == 2)
    }

    @Test
    func `an error that arXiv tells in a feed is an error`() throws {
        let service = try FakeService { _, _ in .init(body: arXivErrorFeed) }
        let outcome = try FetchProcess.run(["arxiv", "soil"], service: service)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("start must be an integer"))
    }

    @Test(arguments: [
        "", "<html><body>Down for maintenance</body></html>", "{\"meta\": {\"count\": 3}, \"results\": [{\"id\": ",
        "\u{0}\u{1}\u{2}", "[1, 2, 3]", "{}",
    ])
    func `a malformed answer ends with an error that names the host`(body: String) throws {
        let service = try FakeService { _, _ in .init(body: body) }
        for command in ["arxiv", "openalex"] {
            let outcome = try FetchProcess.run([command, "soil"], service: service)
            #expect(outcome.status == 2, "\(command): \(body)")
            #expect(outcome.errors.contains("127.0.0.1"), "\(command): \(outcome.errors)")
            #expect(outcome.output.isEmpty)
        }
    }

    @Test
    func `a record that is no paper is told, and the others are written`() throws {
        let service = try FakeService { _, _ in
            .init(
                body: openAlexPage(
                    [openAlexWork(1), #"{"id": "https://openalex.org/W2", "title": null}"#, openAlexWork(3)], total: 3))
        }
        let outcome = try FetchProcess.run(["openalex", "soil"], service: service)
        #expect(outcome.status == 0)
        #expect(try outcome.papers().map(\.id) == ["doi:\(doi(1))", "doi:\(doi(3))"])
        #expect(outcome.errors.contains("neither a title nor an abstract"))
        let quiet = try FetchProcess.run(["openalex", "soil", "-q"], service: service)
        #expect(quiet.errors.isEmpty)
    }
}
