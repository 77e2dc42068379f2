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
        let unknown = try library.unknownEntries(of: filter.papers)
        guard try k != 0 && !library.papers(matching: filter.papers, limit: 1).isEmpty else {
            return CommandResult(
                report: PapersReport([], unknownFilters: unknown),
                remarks: unknown.isEmpty ? ["No paper found."] : unknown.map(\.remark), status: .nothingFound)
        }
        return CommandResult(
            report: PapersReport([], unknownFilters: unknown),
            stream: { isJSON in try isJSON ? printJSON(of: library, unknown) : printText(of: library) },
            remarks: unknown.map(\.remark))
    }

    /// Prints the papers as lines, piece by piece.
    private func printText(of library: Library) throws {
        try library.forEachPaper(matching: filter.papers, limit: k) { papers in
            PaperListing.lines(papers).forEach(Terminal.print)
            return StandardOutput.isOpen
        }
    }

    /// Prints one JSON object of all papers, piece by piece.
    private func printJSON(of library: Library, _ unknown: [UnknownFilter]) throws {
        var pieces = PapersReportPieces()
        var failure: (any Error)?
        try library.forEachPaper(matching: filter.papers, limit: k) { papers in
            do {
                StandardOutput.write(try pieces.next(papers))
            } catch {
                failure = error
            }
            return failure == nil && StandardOutput.isOpen
        }
        if let failure { throw failure }
        StandardOutput.write(try pieces.end(unknownFilters: unknown))
        StandardOutput.write("\n")
    }
}
