import LinearAlgebra
import MappedFiles
import ParallelLoops
public import TextAnalysis

extension LatentSemanticModel {
    /// Fits a model on the terms of documents.
    ///
    /// 1. Gather how each term is spread over the documents.
    /// 2. Keep the terms whose document frequency lies within the bounds, and give each its global weight.
    /// 3. Weigh the frequencies and divide each document's row by its Euclidean length.
    /// 4. Decompose the matrix and keep its leading right singular vectors.
    /// 5. Measure on a sample of the documents what the space holds of one that it was not fitted on.
    ///
    /// The same counts, parameters and settings give the same model on the same processor, whatever the number of
    /// threads, provided that the program has called `useOneBLASThread()` of `LinearAlgebra`, which also keeps OpenBLAS
    /// from starting threads of its own beside ours. No other function of this module runs OpenBLAS.
    ///
    /// A corpus of one or two documents has a model of rank one or two, provided that ``Parameters`` admit terms of a
    /// single document. Documents without a term that is kept count as documents and have no place in the space.
    ///
    /// - Parameters:
    ///   - counts: The terms of the documents.
    ///   - settings: Those of the analyzer that counted them. They are kept with the model.
    ///   - parameters: What the model shall be.
    ///   - threads: The most threads to use, at least 1; every core when nil.
    /// - Returns: The model, of the rank asked for or the numerical rank of the matrix, whichever is smaller.
    /// - Throws: ``LatentSemanticsError`` if a parameter is out of range, if there are no documents, if no term is
    ///   within the bounds, or if the decomposition fails.
    /// - Complexity: O(*nnz* · ``rank``) multiplications for *nnz* frequencies, plus O((*documents* + *terms*) ·
    ///   ``rank``²) that keep the space orthogonal.
    public static func fit(
        _ counts: TermCounts,
        settings: AnalyzerSettings,
        parameters: Parameters = Parameters(),
        threads: Int? = nil
    ) throws(LatentSemanticsError) -> LatentSemanticModel {
        let threads = threads ?? availableCores
        precondition(threads > 0, "a fit needs a thread, was given \(threads)")
        let vocabulary = try selectVocabulary(for: counts, parameters)
        let svd = try decompose(counts, vocabulary, parameters, threads: threads)
        var model = LatentSemanticModel(
            parameters: parameters,
            settings: settings,
            documentCount: counts.documentCount,
            singularValues: svd.singularValues,
            vocabulary: vocabulary,
            termVectors: TermVectors(rows: .full(FrozenArray(svd.rightVectors.values)), rank: svd.singularValues.count)
        )
        model.expectedRetention = try model.leaveOneOutRetention(of: counts, threads: threads)
        return model
    }
}

/// Decomposes the weighted rows of the documents.
private func decompose(
    _ counts: TermCounts, _ vocabulary: Vocabulary, _ parameters: LatentSemanticModel.Parameters, threads: Int
) throws(LatentSemanticsError) -> TruncatedSVD {
    do throws(LinearAlgebraError) {
        let matrix = try WeightedTerms(counts.terms, in: vocabulary, weighting: parameters.weighting)
            .rows(of: counts, threads: threads)
        return try truncatedSVD(
            of: matrix,
            rank: parameters.rank,
            seed: parameters.seed,
            threads: threads
        )
    } catch {
        throw .decompositionFailed(counts, vocabulary, error)
    }
}
