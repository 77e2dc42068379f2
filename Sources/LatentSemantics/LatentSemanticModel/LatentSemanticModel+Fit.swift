import LinearAlgebra
import MappedFiles
import ParallelLoops
public import TextAnalysis

extension LatentSemanticModel {
    /// Fits a model on the terms of documents.
    ///
    /// 1. Collect the statistics of each term.
    /// 2. Keep the terms whose document frequency lies within the bounds, and compute their global weights.
    /// 3. Weight the frequencies, and divide each document's row by its Euclidean length.
    /// 4. Decompose the matrix, and keep its leading right singular vectors.
    /// 5. Estimate, from a sample of the documents, the retention of documents of the same kind.
    ///
    /// The same counts, parameters and settings give the same model on the same processor. The number of threads does
    /// not matter if the program has called `useOneBLASThread()` of `LinearAlgebra`. That also keeps OpenBLAS from
    /// starting threads of its own. No other function of this module runs OpenBLAS, except the fit that starts from a
    /// model.
    ///
    /// A corpus of one or two documents has a model of rank one or two, if ``Parameters`` admit terms of a single
    /// document. Documents without a known term count as documents, and their vectors are zero.
    ///
    /// - Parameters:
    ///   - counts: The terms of the documents.
    ///   - settings: Those of the analyzer that counted them. The model keeps them.
    ///   - parameters: The parameters of the model.
    ///   - threads: The most threads to use, at least 1; every core when nil.
    ///   - progress: Called from time to time with the share of the decomposition that is done. It returns whether to
    ///     go
    ///     on.
    /// - Returns: The model, of the rank asked for or the numerical rank of the matrix, whichever is smaller.
    /// - Throws: ``LatentSemanticsError`` with the code `invalidParameter`, `noDocuments`, `noTerms` if no term is
    ///   within the bounds, `tooLarge`, `decompositionFailed`, or `cancelled` if the closure or the surrounding task
    ///   says
    ///   so.
    /// - Complexity: O(*nnz* · ``rank``) multiplications for *nnz* frequencies, plus O((*documents* + *terms*) ·
    ///   ``rank``²) that keep the space orthogonal.
    public static func fit(
        _ counts: TermCounts,
        settings: AnalyzerSettings,
        parameters: Parameters = Parameters(),
        threads: Int? = nil,
        progress: ((Double) -> Bool)? = nil
    ) throws(LatentSemanticsError) -> LatentSemanticModel {
        let threads = threads ?? availableCores
        precondition(threads > 0, "a fit needs a thread, was given \(threads)")
        let vocabulary = try selectVocabulary(for: counts, parameters)
        let svd = try decompose(counts, vocabulary, parameters, threads: threads, progress: progress)
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
    _ counts: TermCounts, _ vocabulary: Vocabulary, _ parameters: LatentSemanticModel.Parameters, threads: Int,
    progress: ((Double) -> Bool)?
) throws(LatentSemanticsError) -> TruncatedSVD {
    do throws(LinearAlgebraError) {
        let matrix = try WeightedTerms(counts.terms, in: vocabulary, weighting: parameters.weighting)
            .rows(of: counts, threads: threads)
        return try truncatedSVD(
            of: consume matrix,
            rank: parameters.rank,
            seed: parameters.seed,
            threads: threads,
            progress: progress
        )
    } catch {
        throw .decompositionFailed(counts, vocabulary, error)
    }
}
