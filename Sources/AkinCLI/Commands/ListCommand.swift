import Akin
import AkinReports
import ArgumentParser

/// `akin list`
struct ListCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the papers of the library, in the order they were added.",
        discussion: """
            EXAMPLES
              akin list -k 20
              akin list --year 2023.. --category cs.CL
              akin list --author "Ada Reader" --json
            """
    )

    @Option(name: .short, help: ArgumentHelp("The number of papers to list. Default: all.", valueName: "n"))
    var k: Int?

    @OptionGroup var filter: FilterOptions
    @OptionGroup var options: LibraryOptions

    func validate() throws {
        if let k, k < 0 { throw ValidationError("-k takes a number from 0 up, not \(k).") }
    }

    func result(_ console: Console) throws -> CommandResult<PapersReport> {
        let library = try options.open()
        let papers = try library.papers(matching: filter.papers, limit: k)
        let unknown = try library.unknownEntries(of: filter.papers)
        return CommandResult(
            report: PapersReport(papers, unknownFilters: unknown),
            text: { PaperListing.lines(papers) },
            remarks: papers.isEmpty && unknown.isEmpty ? ["No paper found."] : unknown.map(\.remark),
            status: papers.isEmpty ? .nothingFound : .done
        )
    }
}
