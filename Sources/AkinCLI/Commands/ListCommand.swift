import Akin
import AkinReports
import ArgumentParser
import Papers
import QueryLanguage

/// `akin list`
struct ListCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the papers of the library.",
        discussion: """
            EXAMPLES
              akin list -k 20
              akin list --year 2023.. --category cs.CL
              akin list --author "Ada Reader" --json
              akin list --sort title --format "{year} {title}"
              akin list tag:"to read" -year:..2020
              akin list --count has:abstract
            """
    )

    @Argument(
        help: ArgumentHelp(
            "Conditions in the query language; see akin search --help. Papers must have each word.",
            valueName: "condition"))
    var conditions: [String] = []

    @Option(
        name: [.customShort("k"), .customShort("n")],
        help: ArgumentHelp("The number of papers to list. Default: all.", valueName: "n"))
    var k: Int?

    @Option(help: ArgumentHelp("The papers at the top to pass over, for the next page.", valueName: "n"))
    var offset = 0

    @Option(help: "The order of the papers, date or title. Default: in which they were added.")
    var sort: PaperOrder?

    @Flag(help: "Print the number of papers alone.")
    var count = false

    @OptionGroup var listing: ListingOptions

    @OptionGroup var filter: FilterOptions
    @OptionGroup var options: LibraryOptions

    func validate() throws {
        if let k, k < 0 { throw ValidationError("-k takes a number from 0 up, not \(k).") }
        guard offset >= 0 else { throw ValidationError("--offset takes a number from 0 up, not \(offset).") }
        guard conditions.isEmpty || conditions.joined().contains(where: { $0.isLetter || $0.isNumber }) else {
            throw ValidationError("There is no word and no field in the conditions.")
        }
        try QuestionWords(conditions).validate()
        do {
            _ = try query
        } catch let error as QuerySyntaxError {
            throw ValidationError("\(error) akin search --help says what conditions there are.")
        }
    }

    /// The conditions; `nil` if there are none.
    private var query: QueryExpression? {
        get throws {
            let text = QuestionWords(conditions).text
            return text.isEmpty ? nil : try QueryExpression(parsing: text)
        }
    }

    /// The conditions as they are meant in a library.
    private func query(in library: Library) throws -> QueryExpression? {
        conditions.isEmpty ? nil : try QueryExpression(parsing: QuestionWords(conditions).text(in: library))
    }

    func result(_ console: Console) throws -> CommandResult<PapersReport> {
        let library = try options.open()
        let unknown = try library.unknownEntries(of: filter.papers)
        let query = try query(in: library)
        let found = try library.paperCount(matching: filter.papers, meeting: query)
        if count {
            return CommandResult(
                report: PapersReport([], unknownFilters: unknown), text: { ["\(found)"] },
                stream: options.json ? { _ in StandardOutput.write("{\n  \"count\" : \(found)\n}\n") } : nil,
                remarks: unknown.map(\.line))
        }
        guard k != 0, found > offset else {
            return CommandResult(
                report: PapersReport([], unknownFilters: unknown),
                remarks: unknown.isEmpty ? ["No paper found."] : unknown.map(\.line), status: .nothingFound)
        }
        return CommandResult(
            report: PapersReport([], unknownFilters: unknown),
            stream: { isJSON in try isJSON ? printJSON(of: library, query, unknown) : printText(of: library, query) },
            remarks: unknown.map(\.line)
                + [shareRemark(shown: min(k ?? found, found - offset), from: offset, of: found)].compactMap(\.self))
    }

    private func forEachPaper(of library: Library, _ query: QueryExpression?, _ body: ([Paper]) -> Bool) throws {
        try library.forEachPaper(
            matching: filter.papers, meeting: query, sort: sort, offset: offset, limit: k, body)
    }

    /// Prints the papers as lines, piece by piece.
    private func printText(of library: Library, _ query: QueryExpression?) throws {
        let style = try listing.style
        try forEachPaper(of: library, query) { papers in
            PaperListing.lines(papers, style).forEach(Terminal.print)
            return StandardOutput.isOpen
        }
    }

    /// Prints one JSON object of all papers, piece by piece.
    private func printJSON(of library: Library, _ query: QueryExpression?, _ unknown: [UnknownFilter]) throws {
        var pieces = PapersReportPieces()
        var failure: (any Error)?
        try forEachPaper(of: library, query) { papers in
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
