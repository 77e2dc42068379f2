package import LinearAlgebra
import ParallelLoops
package import TextAnalysis

/// Embeds documents part by part, for callers that have no need of all vectors at once.
///
/// It matches the table of the counts with the vocabulary once. Then each document costs its own terms only.
package struct DocumentEmbedding: Sendable {
    private let counts: TermCounts
    private let model: LatentSemanticModel
    private let terms: WeightedTerms

    /// Gets ready to embed documents.
    ///
    /// - Parameters:
    ///   - counts: The terms of the documents, counted by an analyzer of the model's settings.
    ///   - model: The model.
    package init(_ counts: TermCounts, in model: LatentSemanticModel) {
        self.counts = counts
        self.model = model
        terms = WeightedTerms(counts.terms, in: model.vocabulary, weighting: model.parameters.weighting)
    }

    /// The vectors of some documents, as ``LatentSemanticModel/embed(_:threads:)`` makes them.
    ///
    /// - Parameters:
    ///   - documents: Documents of the counts.
    ///   - threads: The most threads to use, at least 1; every core when nil. The result does not depend on it.
    /// - Returns: A row for each document and a column for each dimension.
    /// - Throws: ``LatentSemanticsError`` with the code `damaged` if the file that the model is mapped from holds
    ///   vectors that are not finite.
    package func rows(_ documents: Range<Int>, threads: Int? = nil) throws(LatentSemanticsError) -> DenseMatrix {
        let threads = threads ?? availableCores
        precondition(threads > 0, "an embedding needs a thread, was given \(threads)")
        do throws(LinearAlgebraError) {
            let rows = try terms.rows(of: counts, documents, threads: threads)
            var values = try model.termVectors.projected(rows, threads: threads)
            values.normalizeVectors(ofCount: model.rank, shortest: shortestProjection, threads: threads)
            return DenseMatrix(rowCount: rows.rowCount, columnCount: model.rank, unchecked: values)
        } catch {
            throw LatentSemanticsError(
                .damaged,
                """
                Cannot embed \(counts.documentCount) documents: the term vectors of the model are damaged, not all \
                of them are finite. Restore the model's file or fit it again.
                """,
                cause: error
            )
        }
    }
}
