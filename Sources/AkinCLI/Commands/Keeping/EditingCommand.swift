import Akin
import AkinReports
import ArgumentParser
import Papers

/// A command that makes a person's edits to papers.
protocol EditingCommand: ReportingCommand {
    /// The papers, as the person names them. `-` stands for the lines of standard input.
    var papers: [String] { get }

    /// What to do with each.
    var edits: [PaperEdit] { get throws }

    var waiting: WaitingOptions { get }
}

extension EditingCommand {
    var isDoneWithoutOutput: Bool { true }

    func result(_ console: Console) throws -> CommandResult<EditReport> {
        let library = try options.open(waiting: waiting.waiting(console))
        let ids = try namedIDs(papers, in: library)
        let changed = try library.edit(ids: ids, by: edits, as: Self.configuration.commandName ?? "edit")
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
