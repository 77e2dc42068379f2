public import LinearAlgebra
import MappedFiles
public import TextAnalysis

// MARK: - Many texts

extension LatentSemanticModel {
    /// Embeds documents of the fit or new ones.
    ///
    /// It matches the table of the counts with the vocabulary once. Then each document costs its own terms only.
    ///
    /// - Parameters:
    ///   - counts: The terms of the documents, counted by an analyzer of the model's ``settings``.
    ///   - threads: The most threads to use, at least 1; every core when nil. The result does not depend on it.
    /// - Returns: A row for each document and a column for each dimension. Rows have Euclidean length 1. A document
    ///   without a term in the space has a row of zeros.
    /// - Throws: ``LatentSemanticsError`` with the code `damaged` if the file that the model is mapped from holds
    ///   vectors that are not finite.
    /// - Complexity: O(*nnz* · ``rank``) multiplications for *nnz* frequencies of known terms.
    public func embed(_ counts: TermCounts, threads: Int? = nil) throws(LatentSemanticsError) -> DenseMatrix {
        try DocumentEmbedding(counts, in: self).rows(0..<counts.documentCount, threads: threads)
    }
}

// MARK: - One text

extension LatentSemanticModel {
    /// Embeds one text, for instance a query.
    ///
    /// - Parameter terms: The terms of the text and their frequencies, in any order, as an analyzer of the model's
    ///   ``settings`` writes the terms. Frequencies are finite and not negative, and may be fractions. The frequencies
    ///   of a term that is listed more than once are added.
    /// - Returns: ``rank`` numbers of Euclidean length 1, or zeros if no term of the text has a place in the space.
    /// - Complexity: O(*n* · (log ``termCount`` + ``rank``)) for *n* terms. The first text after opening a file costs
    ///   no more than the next.
    public func embed(_ terms: [(term: String, frequency: Float)]) -> [Float] {
        var vector = project(weightedRow(of: terms))
        vector.normalize(shortest: shortestProjection)
        return vector
    }

    /// A text as a sparse row over the vocabulary, of Euclidean length 1 if it has a known term.
    package struct WeightedRow: Hashable, Sendable {
        /// The terms of the text that the model knows, ascending.
        package let ids: [VocabularyID]

        /// The weight of each.
        package let weights: [Float]
    }

    /// The weighted row of a text, for ``project(_:)``.
    ///
    /// - Parameter terms: As for `embed(_:)`.
    /// - Returns: The terms that the model knows, with the weights that a document of these frequencies would have.
    package func weightedRow(of terms: [(term: String, frequency: Float)]) -> WeightedRow {
        var frequencies: [(id: VocabularyID, frequency: Float)] = []
        for (term, frequency) in terms {
            precondition(
                frequency >= 0 && frequency.isFinite, "the frequency of '\(term)' is \(frequency)"
            )
            guard let id = vocabulary.id(of: term), frequency > 0 else { continue }
            frequencies.append((id, frequency))
        }
        frequencies.sort { $0.id < $1.id }
        var ids: [VocabularyID] = []
        var sums: [Float] = []
        for (id, frequency) in frequencies {
            if id == ids.last {
                sums[sums.count - 1] += frequency
            } else {
                ids.append(id)
                sums.append(frequency)
            }
        }
        var weights = zip(ids, sums).map { id, frequency in
            parameters.weighting.localWeight(frequency) * vocabulary.globalWeight(of: id)
        }
        weights.normalize(shortest: 0)
        return WeightedRow(ids: ids, weights: weights)
    }

    /// A weighted row times V: the text's vector before its length is made 1.
    package func project(_ row: WeightedRow) -> [Float] {
        var vector = [Float](repeating: 0, count: rank)
        for (id, weight) in zip(row.ids, row.weights) { termVectors.add(id, times: weight, to: &vector) }
        return vector
    }
}
