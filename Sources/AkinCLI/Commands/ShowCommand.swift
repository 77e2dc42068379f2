import Akin
import AkinReports
import ArgumentParser
import Papers

/// `akin show PAPER…`
struct ShowCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show all that is known of a paper.",
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
        let found = try papers.map { try library.paper(named: $0) }
        return CommandResult(
            report: NamedPapersReport(found),
            text: { [found.map(PaperListing.card).joined(separator: "\n\n")] }
        )
    }
}
