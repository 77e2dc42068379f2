import ArgumentParser

/// `akin fetch arxiv`
struct ArXivCommand: FetchingCommand {
    static let configuration = CommandConfiguration(
        commandName: "arxiv",
        abstract: "Get the papers that a search of arXiv finds, best first.",
        discussion: """
            All words have to be in a paper, in whatever field; quotes keep words together. A query may be in arXiv's \
            own words instead: ti: au: abs: cat: with AND, OR and ANDNOT.

            EXAMPLES
              akin fetch arxiv "long context" --max 300 | akin add -
              akin fetch arxiv "cat:cs.IR AND abs:memory" --since 2025 -o retrieval.jsonl
            """
    )

    @Argument(help: "What to look for.")
    var query: String

    @OptionGroup var search: SearchOptions
    @OptionGroup var options: FetchOptions

    func validate() throws {
        if ArXiv.searchQuery(query, since: nil).isEmpty { throw ValidationError("The query has no word.") }
    }

    func fetch(with session: FetchSession) async throws -> Int {
        let query = ArXiv.searchQuery(query, since: search.since)
        var start = 0
        var found = 0
        while start < search.max {
            let count = min(ArXiv.pageLength, search.max - start)
            let (answer, total) = try await session.arXiv.page(query, from: start, count: count)
            session.tell(answer)
            let papers = answer.papers.prefix(count)
            try session.output.write(Array(papers))
            start += count
            found += papers.count
            session.show(found, of: total.map { min($0, search.max) })
            guard !answer.papers.isEmpty, start < total ?? .max else { break }
        }
        return found
    }
}
