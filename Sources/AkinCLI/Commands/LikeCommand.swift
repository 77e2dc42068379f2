import Akin
import ArgumentParser
import Papers

/// `akin like PAPER…`
struct LikeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "like",
        abstract: "Find papers like one or several papers of the library.",
        discussion: """
            A PAPER is an id, a title, the part of a title before its colon, or some words of a title.

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

    func run() throws {
        let library = try options.open()
        let clock = ContinuousClock()
        let start = clock.now
        let near = try papers.map { try library.paper(named: $0) }
        let away = try unlike.map { try library.paper(named: $0) }
        let answer = try library.search(like: near.map(\.id), unlike: away.map(\.id), options: ranking.search)
        let titles = near.map(PaperListing.headline).joined(separator: "; ")
        try answer.report(
            query: titles, heading: "Papers like \(titles)", elapsed: clock.now - start, listsFar: ranking.far,
            options: options
        )
    }
}
