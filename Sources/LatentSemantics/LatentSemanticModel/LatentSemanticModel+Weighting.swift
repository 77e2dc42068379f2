public import LinearAlgebra
import ParallelLoops
public import TextAnalysis

extension LatentSemanticModel {
    /// The matrix that ``fit(_:settings:parameters:threads:progress:)`` decomposes.
    ///
    /// - Parameters:
    ///   - counts: The terms of the documents.
    ///   - parameters: As for the fit; the rank and the seed do not matter.
    ///   - threads: The most threads to use, at least 1; every core when nil. The result does not depend on it.
    /// - Returns: A row of Euclidean length 1 for each document, and a column for each known term, in ascending byte
    ///   order. The row of a document without a known term is empty.
    /// - Throws: ``LatentSemanticsError`` with the code `invalidParameter`, `noDocuments`, `noTerms`, `tooLarge`, or
    ///   `decompositionFailed` if the counts are not valid.
    /// - Complexity: O(*nnz*) for *nnz* frequencies.
    public static func weightedRows(
        of counts: TermCounts, parameters: Parameters = Parameters(), threads: Int? = nil
    ) throws(LatentSemanticsError) -> CSRMatrix {
        let threads = threads ?? availableCores
        precondition(threads > 0, "weighing needs a thread, was given \(threads)")
        let vocabulary = try selectVocabulary(for: counts, parameters)
        do throws(LinearAlgebraError) {
            return try WeightedTerms(counts.terms, in: vocabulary, weighting: parameters.weighting)
                .rows(of: counts, threads: threads)
        } catch {
            throw .decompositionFailed(counts, vocabulary, error)
        }
    }

    /// The terms that a fit keeps, with their global weights.
    static func selectVocabulary(
        for counts: TermCounts, _ parameters: Parameters
    ) throws(LatentSemanticsError) -> Vocabulary {
        if let problem = parameters.problem {
            throw LatentSemanticsError(.invalidParameter, "Cannot fit a model: \(problem).")
        }
        guard counts.documentCount > 0 else {
            throw LatentSemanticsError(.noDocuments, "Cannot fit a model on no documents: add some first.")
        }
        let statistics = TermStatistics.gather(counts)
        let kept = Vocabulary.selectTerms(
            statistics,
            documentCount: counts.documentCount,
            minimumDocumentFrequency: parameters.minimumDocumentFrequency,
            maximumDocumentFraction: parameters.maximumDocumentFraction
        )
        guard !kept.isEmpty else { throw .noTerms(of: counts, parameters) }
        guard
            let vocabulary = Vocabulary(
                keeping: kept,
                of: counts.terms,
                statistics: statistics,
                weighting: parameters.weighting,
                documentCount: counts.documentCount
            )
        else {
            throw LatentSemanticsError(
                .tooLarge,
                """
                Cannot fit a model on \(counts.documentCount) documents: the text of their \(kept.count) terms \
                exceeds 4 GiB. Raise the minimum document frequency.
                """
            )
        }
        return vocabulary
    }
}

extension LatentSemanticsError {
    /// No term of the counts is within the bounds of the parameters.
    fileprivate static func noTerms(
        of counts: TermCounts, _ parameters: LatentSemanticModel.Parameters
    ) -> LatentSemanticsError {
        guard counts.terms.count > 0 else {
            return LatentSemanticsError(
                .noTerms,
                "Cannot fit a model: the \(counts.documentCount) documents hold no term. They need titles or abstracts."
            )
        }
        return LatentSemanticsError(
            .noTerms,
            """
            Cannot fit a model: none of the \(counts.terms.count) terms occurs in at least \
            \(parameters.minimumDocumentFrequency) and at most a fraction of \(parameters.maximumDocumentFraction) of \
            the \(counts.documentCount) documents. Widen these bounds or add documents.
            """
        )
    }

    /// The matrix of the counts cannot be made or decomposed.
    static func decompositionFailed(
        _ counts: TermCounts, _ vocabulary: Vocabulary, _ cause: LinearAlgebraError
    ) -> LatentSemanticsError {
        if cause.code == .cancelled {
            return LatentSemanticsError(.cancelled, "Stopped a fit before its end, as was asked.", cause: cause)
        }
        return LatentSemanticsError(
            .decompositionFailed,
            "Cannot fit a model on \(counts.documentCount) documents and \(vocabulary.count) terms: \(cause)",
            cause: cause
        )
    }
}
