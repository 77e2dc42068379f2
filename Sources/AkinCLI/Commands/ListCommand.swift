import Akin
import ArgumentParser

/// `akin list`
struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the papers of the library, in the order they were added."
    )

    @Option(name: .short, help: ArgumentHelp("The number of papers to list. Default: all.", valueName: "n"))
    var k: Int?

    @OptionGroup var filter: FilterOptions
    @OptionGroup var options: LibraryOptions

    func validate() throws {
        if let k, k < 0 { throw ValidationError("-k takes a number from 0 up, not \(k).") }
    }

    func run() throws {
        let papers = try options.open().papers(matching: filter.papers, limit: k)
        if options.json {
            JSONOutput.write(PapersOutput(papers))
        } else {
            PaperListing.print(papers)
            if papers.isEmpty { options.remark("No paper found.") }
        }
        if papers.isEmpty { throw CommandFailure.nothingFound }
    }
}
