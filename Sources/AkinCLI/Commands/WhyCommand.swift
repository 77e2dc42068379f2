import Akin
import AkinReports
import ArgumentParser
import Papers
import Ranking

/// `akin why PAPER PAPER`
struct WhyCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "why",
        abstract: "Say what makes two papers alike.",
        discussion: """
            The cosine of two papers is a sum over pairs of their words: shared words, and bridges between different \
            words that the library's papers use alike. BM25 is the score of the second paper for the strongest words \
            of the first. All numbers are exact. --json lists every pair.

            EXAMPLES
              akin why InfLLM SirLLM
              akin search --explain "long context"
            """
    )

    @Argument(help: ArgumentHelp("An id, a title, or a part of one.", valueName: "paper"))
    var first: String

    @Argument(help: ArgumentHelp("Another paper.", valueName: "paper"))
    var second: String

    @OptionGroup var options: LibraryOptions

    func result(_ console: Console) throws -> CommandResult<ComparisonReport> {
        let library = try options.open()
        let comparison = try library.comparison(
            of: library.paper(named: first).id, with: library.paper(named: second).id
        )
        let isEmpty = comparison.explanation.isEmpty
        return CommandResult(
            report: ComparisonReport(comparison),
            text: { ExplanationListing.lines(comparison) },
            remarks: isEmpty ? ["The two have no word and no meaning in common."] : [],
            status: isEmpty ? .nothingFound : .done
        )
    }
}
