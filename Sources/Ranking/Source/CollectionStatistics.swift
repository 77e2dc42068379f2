package import LexicalIndex

/// What a collection says of some terms: all that BM25 and the weights of a query are made of.
///
/// A source gives it once for all terms of a question.
package struct CollectionStatistics: Hashable, Sendable {
    /// The number of units, deleted ones included until their segment is merged.
    package var unitCount: Int

    /// The number of terms of all units together, repetitions included.
    package var totalLength: Int

    /// The number of units that have each term, deleted ones included; a term that is missing has 0.
    package var documentFrequencies: [String: Int]

    package init(unitCount: Int, totalLength: Int, documentFrequencies: [String: Int]) {
        self.unitCount = unitCount
        self.totalLength = totalLength
        self.documentFrequencies = documentFrequencies
    }

    /// Statistics of no collection.
    package static let empty = CollectionStatistics(unitCount: 0, totalLength: 0, documentFrequencies: [:])

    /// The number of units that have a term.
    package func documentFrequency(of term: String) -> Int { documentFrequencies[term] ?? 0 }

    /// The same for BM25: the terms of a query in its order.
    package func corpusStatistics(for terms: some Sequence<String>) -> CorpusStatistics {
        CorpusStatistics(
            documentCount: unitCount, totalLength: totalLength, documentFrequencies: terms.map(documentFrequency))
    }
}
