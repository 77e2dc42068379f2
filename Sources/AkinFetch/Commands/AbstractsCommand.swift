import ArgumentParser
import PaperFormats
import Papers

/// `akin fetch abstracts`
struct AbstractsCommand: FetchingCommand {
    static let configuration = CommandConfiguration(
        commandName: "abstracts",
        abstract: "Get the abstracts that papers lack.",
        discussion: """
            OpenAlex is asked first, then arXiv, and Crossref last, for papers with a DOI, an arXiv id or a PubMed id.

            Without a file, the papers are those of the library, and the abstracts are added to it: --library, --wait \
            and --threads are those of akin add. Ctrl-C ends it, and what came until then is added.

            With a file, such as akin export --format jsonl writes, the papers that got an abstract are written as \
            JSON Lines.

            EXAMPLES
              akin fetch abstracts
              akin fetch abstracts --library ~/reading --mailto ada@example.org
              akin fetch abstracts papers.jsonl -o abstracts.jsonl
              akin export --format jsonl | akin fetch abstracts - | akin add -
            """
    )

    @Argument(
        help: ArgumentHelp("Papers, in any format that akin add reads. - is standard input.", valueName: "file"))
    var file: String?

    @OptionGroup var options: FetchOptions

    func validate() throws {
        if file == nil {
            throw ValidationError("akin fetch abstracts reads the library. Without akin, name a file, or - for a pipe.")
        }
    }

    func fetch(with session: FetchSession) async throws -> Int {
        var count = 0
        var waiting: [Paper] = []
        func search(_ papers: [Paper]) async throws {
            var search = AbstractSearch(session: session, papers: papers)
            try await search.run()
            count += search.foundCount
            session.show(count, of: nil)
        }
        do {
            let reader = try PaperReader(
                path: file ?? "-", options: ImportOptions(keepsEmptyPapers: true, threads: 1))
            while let batch = try reader.nextBatch() {
                for record in batch.skipped.prefix(20) { session.remark("skipped \(record)") }
                waiting += batch.papers.filter { paper in
                    paper.abstract.isEmpty && AbstractSearch.canAsk(for: paper) && !session.output.has(paper)
                }
                while waiting.count >= AbstractSearch.batchLength {
                    try await search(Array(waiting.prefix(AbstractSearch.batchLength)))
                    waiting.removeFirst(AbstractSearch.batchLength)
                }
            }
        } catch let error as PaperFormatsError {
            throw FetchError(.file, error.message, remedy: error.remedy)
        }
        if !waiting.isEmpty { try await search(waiting) }
        return count
    }
}
