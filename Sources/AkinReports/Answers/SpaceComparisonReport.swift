package import Akin
import Papers
import Ranking

/// How far two vector spaces agree on which papers are alike.
package struct SpaceComparisonReport: Encodable, Sendable {
    /// A paper on whose nearest papers the spaces disagree.
    package struct Disagreement: Encodable, Sendable {
        package var id: String
        package var title: String
        package var overlap: Double
        /// The ids of the nearest papers that only one space names.
        package var onlyInFirst: [String]
        package var onlyInSecond: [String]
    }

    package var first: String
    package var second: String
    package var k: Int
    /// The papers that were compared.
    package var papers: Int
    /// The mean share of the nearest papers that both spaces name.
    package var overlap: Double
    package var disagreements: [Disagreement]

    /// Reports a comparison.
    package init(_ comparison: SpaceComparison) {
        first = comparison.first.rawValue
        second = comparison.second.rawValue
        k = comparison.k
        papers = comparison.paperCount
        overlap = comparison.overlap
        disagreements = comparison.disagreements.map { disagreement in
            Disagreement(
                id: disagreement.paper.id, title: disagreement.paper.title, overlap: disagreement.overlap,
                onlyInFirst: disagreement.onlyInFirst.map(\.id), onlyInSecond: disagreement.onlyInSecond.map(\.id))
        }
    }
}
