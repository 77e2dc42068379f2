import Akin
import AkinReports
import ArgumentParser
import Papers

/// `akin show PAPER…`
struct ShowCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show all that is known of a paper, and the papers nearest to it.",
        discussion: """
            EXAMPLES
              akin show InfLLM
              akin show --json InfLLM SirLLM
            """
    )

    @Argument(help: ArgumentHelp("An id, a citation key, a title, or a part of one.", valueName: "paper"))
    var papers: [String]

    @OptionGroup var options: LibraryOptions

    func result(_ console: Console) throws -> CommandResult<NamedPapersReport> {
        let library = try options.open()
        var failure: AkinError?
        let found = try papers.map { name in
            let paper = try library.paper(named: name)
            do throws(AkinError) {
                let near = try library.search(like: [paper.id], options: SearchOptions(k: Self.neighborCount))
                return (paper: paper, neighbors: near.isClose ? near.hits.map(\.paper) : [])
            } catch {
                // The paper can be read though an index is damaged.
                failure = error
                return (paper: paper, neighbors: [])
            }
        }
        return CommandResult(
            report: NamedPapersReport(found.map { NamedPapersReport.Entry($0.paper, neighbors: $0.neighbors) }),
            text: { [found.map { PaperListing.card($0.paper, near: $0.neighbors) }.joined(separator: "\n\n")] },
            remarks: failure.map { ["The nearest papers are not known. \($0.message)"] } ?? []
        )
    }

    /// The nearest papers that are named.
    private static let neighborCount = 3
}
