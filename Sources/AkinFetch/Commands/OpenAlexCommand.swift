import ArgumentParser

/// `akin fetch openalex`
struct OpenAlexCommand: FetchingCommand {
    static let configuration = CommandConfiguration(
        commandName: "openalex",
        abstract: "Get the works that a search of OpenAlex finds, best first.",
        discussion: """
            The words are looked for in titles, abstracts and full texts; AND, OR, NOT and quotes work. OpenAlex \
            answers a few questions a day without a key. It gives free keys; set yours as $OPENALEX_API_KEY.

            EXAMPLES
              akin fetch openalex "citation recommendation" --since 2020 | akin add -
              akin fetch openalex "peer review" --max 900 --mailto ada@example.org
              akin fetch openalex "peer review" --max 2000 --resume review.jsonl
            """
    )

    @Argument(help: "What to look for.")
    var query: String

    @OptionGroup var search: SearchOptions
    @OptionGroup var options: FetchOptions

    func validate() throws {
        if query.allSatisfy(\.isWhitespace) { throw ValidationError("The query has no word.") }
    }

    func fetch(with session: FetchSession) async throws -> Int {
        // Pages keep their length, so that those that are found by their numbers follow each other.
        let count = min(OpenAlex.pageLength, search.max)
        var position: OpenAlex.Position? = .first
        var found = 0
        while let place = position, found < search.max {
            let page = try await session.openAlex.page(query, since: search.since, at: place, count: count)
            session.tell(page.answer)
            let papers = page.answer.papers.prefix(search.max - found)
            try session.output.write(Array(papers))
            found += papers.count
            session.show(found, of: page.total.map { min($0, search.max) })
            position = page.next
        }
        return found
    }
}
