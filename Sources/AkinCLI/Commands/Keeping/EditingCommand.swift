import Akin
import AkinReports
import ArgumentParser
import Foundation
import Papers

/// A command that makes a person's edits to papers.
protocol EditingCommand: ReportingCommand {
    /// The papers, as the person names them. `-` stands for the lines of standard input.
    var papers: [String] { get }

    /// What to do with each.
    ///
    /// - Parameters:
    ///   - ids: The papers' ids.
    ///   - library: The library.
    /// - Returns: The edits, one after another.
    /// - Throws: Whatever ends the command with status 2.
    func edits(of ids: [String], in library: Library) throws -> [PaperEdit]

    /// What the papers are filed under, as the list of changes names it; `nil` for edits without a name.
    var filing: String? { get }

    var waiting: WaitingOptions { get }
}

extension EditingCommand {
    var isDoneWithoutOutput: Bool { true }
    var filing: String? { nil }

    /// The letters of a filing that the list of changes shows.
    private static var shownLetters: Int { 40 }

    /// What the change is called.
    private var name: String {
        let command = Self.configuration.commandName ?? "edit"
        return filing.map { "\(command) \(shortened(tidied($0), to: Self.shownLetters))" } ?? command
    }

    func result(_ console: Console) throws -> CommandResult<EditReport> {
        let library = try options.open(waiting: waiting.waiting(console))
        let ids = try namedIDs(papers, in: library)
        let changed = try library.edit(ids: ids, by: edits(of: ids, in: library), as: name)
        let rest = Set(ids).count - changed.count
        let summary =
            changed.isEmpty
            ? "Nothing changed." : "Changed \(changed.count) \(changed.count == 1 ? "paper" : "papers")."
        return CommandResult(
            report: EditReport(changed: changed, unchanged: rest), summary: summary,
            status: ids.isEmpty ? .nothingFound : .done)
    }
}

/// The ids of the papers that a person names. `-` stands for the lines of standard input, of which each begins with an
/// id; what follows a tab does not count.
func namedIDs(_ names: [String], in library: Library) throws -> [String] {
    try names.flatMap { name -> [String] in
        guard name == "-" else { return [try library.paper(named: name).id] }
        var ids: [String] = []
        while let line = readLine() {
            let id = line.split(separator: "\t", maxSplits: 1).first.map { tidied(String($0)) } ?? ""
            if !id.isEmpty { ids.append(try library.paper(named: id).id) }
        }
        return ids
    }
}

/// The papers of a command that edits them.
struct EditedPapers: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "The papers: an id, a title, or a part of one; - for standard input, an id a line.", valueName: "paper"))
    var names: [String]
}
