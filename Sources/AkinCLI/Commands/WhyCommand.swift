import Akin
import ArgumentParser
import Papers
import Ranking

/// `akin why PAPER PAPER`
struct WhyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why",
        abstract: "Say what makes two papers alike.",
        discussion: """
            The cosine of two papers is a sum over pairs of their words: shared words, and bridges between different words \
            that the library's papers use alike. BM25 is that of the second paper for the strongest words of the first. \
            Nothing is guessed; --json lists every pair.

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

    func run() throws {
        let library = try options.open()
        let comparison = try library.comparison(
            of: library.paper(named: first).id, with: library.paper(named: second).id
        )
        let explanation = comparison.explanation
        if options.json {
            JSONOutput.write(ComparisonReport(comparison))
        } else {
            let sentences = [comparison.bestSentenceOfFirst, explanation.bestSentence]
            for (paper, sentence) in zip([comparison.first, comparison.second], sentences) {
                PaperListing.print([paper])
                if let sentence { print(ExplanationListing.sentence(sentence, of: paper.abstract)) }
                print("")
            }
            if explanation.isEmpty {
                options.remark("The two have no word and no meaning in common.")
            } else {
                for line in ExplanationListing.lines(explanation, of: nil) { print(line) }
            }
        }
        if explanation.isEmpty { throw CommandFailure.nothingFound }
    }

    private struct ComparisonReport: Encodable {
        struct Compared: Encodable {
            var id: String
            var title: String
            var bestSentence: ExplanationOutput.Sentence?
        }

        var papers: [Compared]
        var explanation: ExplanationOutput

        init(_ comparison: PaperComparison) {
            let sentences = [comparison.bestSentenceOfFirst, comparison.explanation.bestSentence]
            papers = zip([comparison.first, comparison.second], sentences).map { paper, sentence in
                Compared(
                    id: paper.id, title: paper.title,
                    bestSentence: sentence.flatMap { ExplanationOutput.Sentence($0, of: paper.abstract) }
                )
            }
            explanation = ExplanationOutput(comparison.explanation, abstract: nil)
        }
    }
}
