import Akin
import AkinReports
import ArgumentParser
import Papers

/// `akin duplicates`
struct DuplicatesCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "duplicates",
        abstract: "List papers that are probably one, and merge them.",
        discussion: """
            A preprint and its final version often have other titles, ids and dates. The list shows papers with much \
            the same abstract, or with the same title, by the same authors. Nothing is merged unless you say so. A \
            merged paper keeps what the first one says, takes what it lacks from the others, and is found by the ids \
            of all.

            EXAMPLES
              akin duplicates
              akin duplicates --merge InfLLM SirLLM
              akin duplicates --merge --all
            """
    )

    @Argument(help: ArgumentHelp("The papers to merge, by id or title; the first one stays.", valueName: "paper"))
    var papers: [String] = []

    @Flag(help: "Merge the named papers into the first of them.")
    var merge = false

    @Flag(help: "With --merge: merge every group of the list.")
    var all = false

    @OptionGroup var waiting: WaitingOptions

    @OptionGroup var options: LibraryOptions

    func validate() throws {
        if merge, all == !papers.isEmpty {
            throw ValidationError("--merge takes the papers to merge, or --all.")
        }
        if !merge, all || !papers.isEmpty { throw ValidationError("Papers and --all go with --merge.") }
        if merge, papers.count == 1 { throw ValidationError("--merge takes two papers at least.") }
    }

    func result(_ console: Console) throws -> CommandResult<DuplicatesReport> {
        let library = try options.open(waiting: waiting.waiting(console))
        if !papers.isEmpty {
            let ids = try papers.map { try library.paper(named: $0).id }
            return merged([try library.merge(ids: ids, threads: options.threads)])
        }
        let groups = try console.showingProgress { progress in try library.duplicates(progress: progress) }
        if merge, !groups.isEmpty {
            return merged(try library.merge(groups: groups.map { $0.papers.map(\.id) }, threads: options.threads))
        }
        return CommandResult(
            report: DuplicatesReport(groups: groups),
            text: { groups.flatMap { PaperListing.lines($0.papers) + [""] } },
            summary: groups.isEmpty
                ? nil
                : "\(groups.count) \(groups.count == 1 ? "group" : "groups"). --merge and two ids make one paper of two.",
            remarks: groups.isEmpty ? ["No duplicates found."] : [],
            status: groups.isEmpty ? .nothingFound : .done)
    }

    private func merged(_ papers: [Paper]) -> CommandResult<DuplicatesReport> {
        CommandResult(
            report: DuplicatesReport(merged: papers), text: { PaperListing.lines(papers) },
            summary: "Merged into \(papers.count) paper(s).")
    }
}
