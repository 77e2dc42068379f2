package import Akin
import Papers
import Ranking

/// What makes two papers alike.
package struct ComparisonReport: Codable, Hashable, Sendable {
    /// One of the two papers.
    package struct Compared: Codable, Hashable, Sendable {
        package var id: String
        package var title: String
        /// The sentence of its abstract that adds most.
        package var bestSentence: Sentence?

        init(_ paper: Paper, bestSentence range: Range<Int>?) {
            id = paper.id
            title = paper.title
            bestSentence = range.flatMap { Sentence($0, of: paper.abstract) }
        }
    }

    /// The first paper and the second.
    package var papers: [Compared]
    package var explanation: ExplanationReport

    /// Reports a comparison.
    package init(_ comparison: PaperComparison) {
        papers = [
            Compared(comparison.first, bestSentence: comparison.bestSentenceOfFirst),
            Compared(comparison.second, bestSentence: comparison.explanation.bestSentence),
        ]
        explanation = ExplanationReport(comparison.explanation, abstract: nil)
    }
}
