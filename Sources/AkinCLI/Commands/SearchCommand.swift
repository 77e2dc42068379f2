import Akin
import AkinReports
import ArgumentParser

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

    func result(_ console: Console) throws -> CommandResult<AnswerReport> {
        let text = words.joined(separator: " ")
        let library = try options.open()
        let (answer, elapsed) = try timed { try library.search(for: text, options: ranking.search) }
        if answer.hits.isEmpty, try library.papers(limit: 1).isEmpty {
            console.remark("The library is empty. Add papers with `akin add FILE`.")
        }
        return answer.result(query: text, elapsed: elapsed)
    }
}
