import Akin
import AkinReports
import ArgumentParser
import Papers

/// `akin remove PAPER…`
struct RemoveCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove papers from the library.",
        discussion: """
            The command names the papers and asks before it removes them; --yes does not ask.

            EXAMPLES
              akin remove --yes InfLLM SirLLM
            """
    )

    @Argument(help: ArgumentHelp("The papers: an id, a title, or a part of one.", valueName: "paper"))
    var papers: [String]

    @Flag(help: "Do not ask.")
    var yes = false

    @OptionGroup var waiting: WaitingOptions

    @OptionGroup var options: LibraryOptions

    var isDoneWithoutOutput: Bool { true }

    func result(_ console: Console) throws -> CommandResult<RemovalReport> {
        let library = try options.open(waiting: waiting.waiting(console))
        let found = try papers.map { try library.paper(named: $0) }
        guard try yes || isConfirmed(found, console) else {
            return CommandResult(
                report: RemovalReport(removed: []), remarks: ["Nothing was removed."], status: .nothingFound)
        }
        let removed = try library.remove(ids: found.map(\.id), threads: options.threads)
        return CommandResult(
            report: RemovalReport(removed: removed),
            summary: "Removed \(removed.count) \(removed.count == 1 ? "paper" : "papers")."
        )
    }

    /// Names the papers and asks whether to remove them.
    private func isConfirmed(_ papers: [Paper], _ console: Console) throws -> Bool {
        let names = papers.map { "  \(PaperListing.headline(of: $0)) (\(oneLine($0.id)))" }.joined(separator: "\n")
        guard let isConfirmed = console.confirms("Remove from \(options.path):\n\(names)\n[y/N] ") else {
            throw ValidationError("Nobody is there to be asked about removing\n\(names)\nSay --yes to remove them.")
        }
        return isConfirmed
    }
}
