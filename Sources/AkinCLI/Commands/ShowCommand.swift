import Akin
import ArgumentParser
import Papers

/// `akin show PAPER…`
struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show all that is known of a paper."
    )

    @Argument(help: ArgumentHelp("An id, a title, or a part of one.", valueName: "paper"))
    var papers: [String]

    @OptionGroup var options: LibraryOptions

    func run() throws {
        let library = try options.open()
        let found = try papers.map { try library.paper(named: $0) }
        if options.json {
            if found.count == 1 {
                JSONOutput.write(PaperOutput(found[0]))
            } else {
                JSONOutput.write(PapersOutput(found))
            }
        } else {
            print(found.map(card).joined(separator: "\n\n"))
        }
    }

    private func card(_ paper: Paper) -> String {
        var lines = [TextStyle.bold(PaperListing.headline(of: paper))]
        let fields = [
            ("authors", paper.authors.joined(separator: ", ")),
            ("year", paper.year.map(String.init) ?? ""),
            ("venue", paper.venue ?? ""),
            ("categories", paper.categories.joined(separator: ", ")),
            ("keywords", paper.keywords.joined(separator: ", ")),
            ("url", paper.url ?? ""),
            ("id", ([paper.id] + paper.alternateIDs).joined(separator: ", ")),
        ]
        for (name, value) in fields where !value.isEmpty {
            lines.append(TextStyle.dim(name + String(repeating: " ", count: 12 - name.count)) + value)
        }
        if !paper.abstract.isEmpty { lines += ["", wrapped(paper.abstract, width: min(100, Terminal.width))] }
        return lines.joined(separator: "\n")
    }
}
