import LinearAlgebra
import MappedFiles
import ParallelLoops
public import TextAnalysis

extension LatentSemanticModel {
    /// Measures how much of documents the space retains.
    ///
    /// - Parameters:
    ///   - counts: The terms of the documents, counted by an analyzer of the model's ``settings``.
    ///   - threads: The most threads to use, at least 1; every core when nil. The result does not depend on it.
    /// - Returns: The sum over the documents.
    /// - Throws: ``LatentSemanticsError`` with the code `damaged` if the file that the model is mapped from holds
    ///   vectors that are not finite.
    /// - Complexity: That of `embed(_:threads:)`.
    public func retention(of counts: TermCounts, threads: Int? = nil) throws(LatentSemanticsError) -> Retention {
        let threads = threads ?? availableCores
        let measured = try measure(counts, excludingEach: false, threads: threads)
        let rank = rank
        return measured.sum { coordinate in
            1 - min(1, (0..<rank).reduce(0) { $0 + coordinate($1) * coordinate($1) })
        }
    }

    /// Estimates the retention of documents of the fit if each had been left out of it, from a sample.
    ///
    /// Without the document, a term is unknown if fewer other documents have it than a fit requires. The residual is
    /// that of ``leaveOneOutResidual(_:eigenvalues:)``.
    ///
    /// - Parameters:
    ///   - counts: The terms that the model was fitted on.
    ///   - sampleCount: The most documents to measure. With a thousand, the mean residual is exact to about .005.
    ///   - threads: The most threads to use.
    /// - Returns: The sum over the sample.
    /// - Throws: ``LatentSemanticsError`` with the code `damaged` if the model's vectors are not finite.
    func leaveOneOutRetention(
        of counts: TermCounts, sampleCount: Int = 1_000, threads: Int
    ) throws(LatentSemanticsError) -> Retention {
        let sample = SeededSample.ascending(sampleCount, of: counts.documentCount, seed: parameters.seed)
        let measured = try measure(counts.documents(sample), excludingEach: true, threads: threads)
        let eigenvalues = singularValues.map { Double($0) * Double($0) }
        return measured.sum { coordinate in
            leaveOneOutResidual(eigenvalues.indices.map(coordinate), eigenvalues: eigenvalues)
        }
    }

    /// The projections of documents onto the space, and the shares of their unknown terms.
    private func measure(
        _ counts: TermCounts, excludingEach: Bool, threads: Int
    ) throws(LatentSemanticsError) -> MeasuredDocuments {
        do throws(LinearAlgebraError) {
            let terms = WeightedTerms(counts.terms, in: vocabulary, weighting: parameters.weighting)
            let rows = try terms.rows(of: counts, threads: threads)
            let projections = try termVectors.projected(rows, threads: threads)
            // A document that is left out lowers the document frequency of each of its terms by one.
            let smallest = excludingEach ? parameters.minimumDocumentFrequency + 1 : 0
            let rarest = parameters.weighting.globalWeight(
                TermStatistics(documentFrequency: 1, totalFrequency: 1), documentCount: documentCount
            )
            return MeasuredDocuments(
                rank: rank, projections: projections,
                outOfVocabularyShares: (0..<counts.documentCount).map { document in
                    terms.unknownShare(of: document, in: counts, unknownWeight: rarest) {
                        vocabulary.documentFrequencies[Int($0)] >= smallest
                    }
                }
            )
        } catch {
            throw LatentSemanticsError(
                .damaged,
                """
                Cannot measure \(counts.documentCount) documents: the term vectors of the model are damaged, not all \
                of them are finite. Restore the model's file or fit it again.
                """,
                cause: error
            )
        }
    }
}

/// Documents, measured against a space.
private struct MeasuredDocuments {
    var rank: Int
    /// A row of `rank` numbers for each document: its weighted row times V.
    var projections: [Float]
    /// The share of unknown terms in each document; `nil` for one without a term.
    var outOfVocabularyShares: [Double?]

    /// Adds the documents up.
    ///
    /// - Parameter residual: Returns the residual of a document, from a function that returns its coordinates.
    /// - Returns: The retention of the documents that have a term.
    func sum(_ residual: (_ coordinate: (Int) -> Double) -> Double) -> Retention {
        var sum = Retention()
        for (document, share) in outOfVocabularyShares.enumerated() {
            guard let share else { continue }
            let start = document * rank
            let residual = residual { Double(projections[start + $0]) }
            sum = sum + Retention(residual: residual, outOfVocabularyShare: share)
        }
        return sum
    }
}

extension TermCounts {
    /// The counts of some documents, over the same table of terms.
    fileprivate func documents(_ documents: [Int]) -> TermCounts {
        var offsets = [0]
        var ids: [TermID] = []
        var counts: [UInt32] = []
        for document in documents {
            let entries = documentOffsets[document]..<documentOffsets[document + 1]
            ids += termIDs[entries]
            counts += frequencies[entries]
            offsets.append(ids.count)
        }
        return TermCounts(terms: terms, documentOffsets: offsets, termIDs: ids, frequencies: counts)
    }
}
