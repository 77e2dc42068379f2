import Akin
import AkinReports
import ArgumentParser
import Foundation

/// `akin terms WORD…`
struct TermsCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "terms",
        abstract: "List the words that the papers use most like a word.",
        discussion: """
            The words are those of the library's own vector space, with the cosines of their vectors and the number \
            of papers that have them.

            EXAMPLES
              akin terms attention
              akin terms retrieval memory -k 5
            """
    )

    @Argument(help: ArgumentHelp("Words.", valueName: "word"))
    var words: [String]

    @Option(name: .short, help: ArgumentHelp("The number of words to list for each.", valueName: "n"))
    var k = 10

    @OptionGroup var options: LibraryOptions

    func validate() throws {
        guard k >= 0 else { throw ValidationError("-k takes a number from 0 up, not \(k).") }
    }

    func result(_ console: Console) throws -> CommandResult<NearestTermsReport> {
        let library = try options.open()
        let found = try words.map { word throws(AkinError) in try library.nearestTerms(to: word, limit: k) }
        return CommandResult(
            report: NearestTermsReport(found),
            text: { found.filter(\.isKnown).flatMap { lines(of: $0, names: found.count > 1) } },
            remarks: found.filter { !$0.isKnown }.map(remark),
            status: found.contains { !$0.terms.isEmpty } ? .done : .nothingFound)
    }

    private func lines(of found: NearestTerms, names: Bool) -> [String] {
        let heading = names ? [TextStyle.bold(oneLine(found.word))] : []
        return heading
            + found.terms.map { term in
                let cosine = TextStyle.accent(String(format: "%.3f", term.similarity))
                let papers = "\(term.paperCount) \(term.paperCount == 1 ? "paper" : "papers")"
                return "\(cosine)  \(oneLine(term.word))  " + TextStyle.dim(papers)
            } + (names ? [""] : [])
    }

    private func remark(on unknown: NearestTerms) -> String {
        let others = unknown.suggestions.map(oneLine).joined(separator: ", ")
        return "No paper has '\(oneLine(unknown.word))'." + (others.isEmpty ? "" : " Did you mean: \(others)?")
    }
}
