import Akin
import AkinReports
import ArgumentParser
import Papers

/// `akin search TEXT…`
struct SearchCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Find papers by a question or a few words.",
        discussion: """
            EXAMPLES
              akin search running big models with limited memory
              akin search "retrieval augmented generation" --year 2020.. -k 5
              akin search --mode lexical KV cache
              akin search --explain small models that retrieve
            """
    )

    @Argument(help: ArgumentHelp("What to look for.", valueName: "text"))
    var words: [String]

    @OptionGroup var ranking: RankingOptions
    @OptionGroup var options: LibraryOptions

    private var text: String { words.joined(separator: " ") }

    func validate() throws {
        guard !Paper.matchingForm(of: text).isEmpty else {
            throw ValidationError("There is nothing to search for: the text has no letter, digit or symbol.")
        }
    }

    func result(_ console: Console) throws -> CommandResult<AnswerReport> {
        let library = try options.open()
        let (answer, elapsed) = try timed { try library.search(for: text, options: ranking.search) }
        if answer.hits.isEmpty, try library.papers(limit: 1).isEmpty {
            console.remark(
                "The library is empty. Add papers with \(SuggestedCommand("add", "FILE", library: options.folder)).")
        }
        let unknown = answer.hits.isEmpty ? try library.unknownEntries(of: ranking.filter.papers) : []
        var result = answer.result(
            query: text, elapsed: elapsed, listsFar: ranking.far, unknownFilters: unknown)
        // A small library knows years from the model that it starts from, and then finds papers near to the word.
        if result.report.results.isEmpty || !answer.unknownWords.isEmpty, YearRange(text) != nil {
            let list = SuggestedCommand("list", "--year", text, library: options.folder)
            result.remarks.append("For papers of these years, give a search --year \(text); \(list) lists them all.")
        }
        return result
    }
}
