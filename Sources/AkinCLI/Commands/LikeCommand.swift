import Akin
import AkinReports
import ArgumentParser
import Papers

/// `akin like PAPER…`
struct LikeCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "like",
        abstract: "Find papers like one or several papers of the library.",
        discussion: """
            A PAPER is an id (also a link to arXiv, a DOI and the like), a title, the part of a title before its \
            colon, or some words of a title.

            EXAMPLES
              akin like InfLLM
              akin like "A Survey on Mixture of Experts" InfLLM
              akin like InfLLM --unlike "LLM in a flash"
            """
    )

    @Argument(help: ArgumentHelp("The papers to be near.", valueName: "paper"))
    var papers: [String]

    @Option(help: ArgumentHelp("A paper to stay away from; may be repeated.", valueName: "paper"))
    var unlike: [String] = []

    @OptionGroup var ranking: RankingOptions
    @OptionGroup var options: LibraryOptions

    func result(_ console: Console) throws -> CommandResult<AnswerReport> {
        let library = try options.open()
        let (asked, elapsed) = try timed {
            let near = try papers.map { try library.paper(named: $0) }
            let away = try unlike.map { try library.paper(named: $0) }
            let answer = try library.search(like: near.map(\.id), unlike: away.map(\.id), options: ranking.search)
            return (answer: answer, titles: near.map(PaperListing.headline).joined(separator: "; "))
        }
        return asked.answer.result(
            query: asked.titles, heading: "Papers like \(asked.titles)", elapsed: elapsed,
            unknownFilters: try library.unknownEntries(of: ranking.filter.papers),
            listing: try ranking.listing.style, group: ranking.group)
    }
}
