import Akin
import ArgumentParser
import Papers

/// `akin remove PAPER…`
struct RemoveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove papers from the library."
    )

    @Argument(help: ArgumentHelp("The papers: an id, a title, or a part of one.", valueName: "paper"))
    var papers: [String]

    @Flag(help: "Do not ask.")
    var yes = false

    @OptionGroup var options: LibraryOptions

    func run() throws {
        let library = try options.open()
        let found = try papers.map { try library.paper(named: $0) }
        guard try isConfirmed(found) else {
            options.remark("Nothing was removed.")
            if options.json { JSONOutput.write(Report(removed: [])) }
            throw CommandFailure.nothingFound
        }
        let removed = try library.remove(ids: found.map(\.id), threads: options.threads)
        if options.json {
            JSONOutput.write(Report(removed: removed))
        } else if !options.quiet {
            print("Removed \(removed.count) \(removed.count == 1 ? "paper" : "papers").")
        }
    }

    /// Names the papers and asks, where somebody can answer.
    private func isConfirmed(_ papers: [Paper]) throws -> Bool {
        if yes { return true }
        let names = papers.map { "  \(PaperListing.headline(of: $0)) (\($0.id))" }.joined(separator: "\n")
        guard Terminal.canAsk else {
            throw ValidationError("Nobody is there to be asked about removing\n\(names)\nSay --yes to remove them.")
        }
        Terminal.note("Remove from \(options.path):\n\(names)\n[y/N] ")
        return ["y", "yes"].contains(readLine()?.lowercased() ?? "")
    }

    private struct Report: Encodable {
        var removed: [String]
    }
}
