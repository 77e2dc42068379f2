import Akin
import AkinReports
import ArgumentParser
import Papers
import Ranking

/// `akin remove PAPER…`
struct RemoveCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove papers from the library, or a vector space.",
        discussion: """
            The command names the papers and asks before it removes them; --yes does not ask.

            EXAMPLES
              akin remove --yes InfLLM SirLLM
              akin remove --yes --space minilm
            """
    )

    @Argument(help: ArgumentHelp("The papers: an id, a title, or a part of one.", valueName: "paper"))
    var papers: [String] = []

    @Option(help: ArgumentHelp("A vector space to remove with all its vectors; the papers stay.", valueName: "name"))
    var space: SpaceName?

    @Flag(help: "Do not ask.")
    var yes = false

    @OptionGroup var waiting: WaitingOptions

    @OptionGroup var options: LibraryOptions

    var isDoneWithoutOutput: Bool { true }

    func validate() throws {
        guard papers.isEmpty != (space == nil) else {
            throw ValidationError("Name papers, or a vector space by --space, and not both.")
        }
    }

    func result(_ console: Console) throws -> CommandResult<RemovalReport> {
        let library = try options.open(waiting: waiting.waiting(console))
        if let space { return try remove(space, from: library, console) }
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

    private func remove(
        _ space: SpaceName, from library: Library, _ console: Console
    ) throws -> CommandResult<RemovalReport> {
        if !yes {
            guard let isConfirmed = console.confirms("Remove the vector space '\(space)' from \(options.path)? [y/N] ")
            else { throw ValidationError("Nobody is there to be asked. Say --yes to remove the space '\(space)'.") }
            guard isConfirmed else {
                return CommandResult(
                    report: RemovalReport(removed: []), remarks: ["Nothing was removed."], status: .nothingFound)
            }
        }
        try library.removeSpace(space)
        return CommandResult(
            report: RemovalReport(removed: [], removedSpace: "\(space)"),
            summary: "Removed the vector space '\(space)'.")
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
