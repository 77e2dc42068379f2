import LatentSemantics

extension LatentSemanticModel.Parameters {
    /// The parameters of a library's model: the default ones, with a rank and a vocabulary that suit the number of
    /// papers.
    init(forPapers count: Int) {
        self.init()
        rank = min(rank, max(Self.smallestRank, count / Self.papersPerDimension))
        minimumDocumentFrequency = count < Self.smallVocabulary ? 1 : 2
    }

    /// The least number of papers for each dimension. A rank near the number of papers no longer brings words together:
    /// MED's 1,033 papers give semantic nDCG@10 .789 at rank 103 and .747 at 256
    /// (`Benchmarks/Results/2026-11-25-ranking.md`).
    private static let papersPerDimension = 10

    /// The smallest rank, however few the papers. A smaller one tells too few subjects apart.
    private static let smallestRank = 64

    /// The number of papers below which a term of a single paper is kept. There a question has to find the one paper
    /// that has the word.
    private static let smallVocabulary = 1_000
}
