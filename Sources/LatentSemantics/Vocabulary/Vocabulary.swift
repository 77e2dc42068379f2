import MappedFiles
import TextAnalysis

/// The number of a term in a model's vocabulary. It is the column of the term in a weighted row, and its row among the
/// term vectors.
///
/// A `TermID` is something else: the number of a term in the counts of some documents.
package struct VocabularyID: RawRepresentable, Hashable, Comparable, Sendable, BitwiseCopyable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    package static func < (left: VocabularyID, right: VocabularyID) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// The terms that a model knows, in ascending order of their bytes, with their statistics.
///
/// Its arrays lie in memory after a fit, and in the mapped file after opening. Bisection finds a term in either.
package struct Vocabulary: Sendable {
    /// The terms, strictly ascending by bytes.
    let terms: StringTable

    /// The word to show for each term.
    let surfaceForms: StringTable

    /// The number of documents of the fit with each term.
    let documentFrequencies: FrozenArray<UInt32>

    /// The global part of each term's weight.
    let globalWeights: FrozenArray<Float>

    /// The number of terms.
    package var count: Int { terms.count }

    init(
        terms: StringTable,
        surfaceForms: StringTable,
        documentFrequencies: FrozenArray<UInt32>,
        globalWeights: FrozenArray<Float>
    ) {
        precondition(
            surfaceForms.count == terms.count && documentFrequencies.count == terms.count
                && globalWeights.count == terms.count,
            """
            a vocabulary of \(terms.count) terms has \(surfaceForms.count) surface forms, \
            \(documentFrequencies.count) document frequencies and \(globalWeights.count) global weights
            """
        )
        self.terms = terms
        self.surfaceForms = surfaceForms
        self.documentFrequencies = documentFrequencies
        self.globalWeights = globalWeights
    }

    /// The id of a term, or `nil` if it is not in the vocabulary. O(log *count*) comparisons.
    package func id(of term: String) -> VocabularyID? {
        terms.index(of: term).map { VocabularyID(rawValue: UInt32($0)) }
    }

    /// A term.
    package func term(_ id: VocabularyID) -> String {
        terms[Int(id.rawValue)]
    }

    /// The most frequent original word behind a term.
    package func surfaceForm(of id: VocabularyID) -> String {
        surfaceForms[Int(id.rawValue)]
    }

    /// The number of documents of the fit with a term.
    package func documentFrequency(of id: VocabularyID) -> Int {
        Int(documentFrequencies[Int(id.rawValue)])
    }

    /// The global part of a term's weight.
    package func globalWeight(of id: VocabularyID) -> Float {
        globalWeights[Int(id.rawValue)]
    }
}
