import Akin
import AkinReports
import ArgumentParser
import Foundation
import Papers

/// `akin undo`
struct UndoCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo", abstract: "Take back the last change of papers.",
        discussion: """
            It takes back additions, removals, merges, tags, collections and notes, one change at a time. Up to 20 are \
            kept. Changes of models and of vectors are not taken back.

            EXAMPLES
              akin undo --list
              akin undo
            """
    )

    @Flag(help: "List the changes that can be taken back, and do nothing.")
    var list = false

    @OptionGroup var waiting: WaitingOptions
    @OptionGroup var options: LibraryOptions

    var isDoneWithoutOutput: Bool { !list }

    func result(_ console: Console) throws -> CommandResult<UndoneReport> {
        let library = try options.open(waiting: waiting.waiting(console))
        let undone = list ? nil : try library.undo()
        let left = try library.lastChanges()
        let isNothing = list ? left.isEmpty : undone == nil
        return CommandResult(
            report: UndoneReport(undone, left: left),
            text: { list ? left.map(Self.line) : undone.map(Self.lines) ?? [] },
            remarks: isNothing ? ["There is no change to take back."] : [],
            status: isNothing ? .nothingFound : .done)
    }

    /// The titles that are named of each kind.
    private static let namedPapers = 10

    private static func lines(_ report: UndoReport) -> [String] {
        let kinds = [("gone", report.removed), ("as before", report.restored)].filter { !$0.1.isEmpty }
        let papers = kinds.flatMap { kind, papers in
            papers.prefix(namedPapers).map { "  \(kind): \(PaperListing.headline(of: $0))" }
                + (papers.count > namedPapers ? ["  \(kind): \(papers.count - namedPapers) more"] : [])
        }
        return ["Took back '\(oneLine(report.change.name))' of \(moment(report.change.time))."] + papers
    }

    private static func line(_ change: LibraryPastChange) -> String {
        let stored = change.storedCount == 1 ? "1 paper" : "\(change.storedCount) papers"
        let titles = change.papers.map { "“\(PaperListing.headline(of: $0))”" }
        let rest = max(change.storedCount, change.formerCount) - titles.count
        let papers = titles.isEmpty ? "" : ": " + titles.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
        return "\(moment(change.time))  \(oneLine(change.name)): stored \(stored), removed or altered "
            + "\(change.formerCount)\(papers)"
    }

    private static func moment(_ time: Int) -> String {
        Date(timeIntervalSince1970: Double(time)).formatted(.iso8601.dateSeparator(.dash).timeSeparator(.colon))
    }
}
