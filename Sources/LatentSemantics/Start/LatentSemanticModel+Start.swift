import LinearAlgebra
import ParallelLoops
public import TextAnalysis

extension LatentSemanticModel {
    /// Fits a model on the terms of few documents, starting from a model of many documents of their field.
    ///
    /// Few documents teach little about their words, and a model of many documents lacks the words that only these few
    /// have. The new space has both. The similarity of two texts in it is the mean of two similarities: in the space of
    /// the documents, and in the base.
    ///
    /// 1. Fit the documents without the base.
    /// 2. Join the vocabularies. A term has its global weight in the documents. A term that they lack has its global
    ///    weight in the base, scaled to match. Its vector is its two vectors in the two spaces, one after the other.
    /// 3. Embed the documents, and scale the two halves so that the documents have the same squared length in each.
    /// 4. Decompose these rows, and rotate all term vectors to the axes of the leading right singular vectors. If there
    ///    are no more documents than axes, this loses nothing.
    ///
    /// Term vectors are coded in eight bits a number. The halves of the space are not orthogonal, so its
    /// ``retention(of:threads:)`` is a squared length and no share of a text. It still tells how far new documents are
    /// from the documents of the fit: compare it with the ``expectedRetention``, which combines the expected retentions
    /// of the halves.
    ///
    /// - Parameters:
    ///   - counts: The terms of the documents, counted by an analyzer of the base's ``settings``.
    ///   - base: The model to start from.
    ///   - parameters: The parameters for the fit of the documents. The weighting is taken from the base.
    ///   - rank: The number of dimensions of the new space, at least 1; as many as the base has when nil. The number of
    ///     documents caps it.
    ///   - baseShare: The base's share of the documents' squared length, between 0 and 1.
    ///   - threads: The most threads to use, at least 1; every core when nil.
    ///   - progress: Called from time to time with the share of the documents' own decomposition that is done. It
    ///     returns whether to go on.
    /// - Returns: The model. Terms that no document has have the document frequency 0.
    /// - Throws: ``LatentSemanticsError`` as for ``fit(_:settings:parameters:threads:progress:)``, or `damaged` if the vectors
    ///   of the base are not finite.
    /// - Complexity: That of the fit, plus O(*terms of the base* · ``rank``²).
    public static func fit(
        _ counts: TermCounts, startingFrom base: LatentSemanticModel, parameters: Parameters = Parameters(),
        rank: Int? = nil, baseShare: Double = 0.5, threads: Int? = nil, progress: ((Double) -> Bool)? = nil
    ) throws(LatentSemanticsError) -> LatentSemanticModel {
        precondition(baseShare > 0 && baseShare < 1, "a share lies between 0 and 1, unlike \(baseShare)")
        if let rank, rank < 1 {
            throw LatentSemanticsError(
                .invalidParameter, "Cannot fit a model: the rank is \(rank), at least 1 is needed.")
        }
        let threads = threads ?? availableCores
        var alone = parameters
        alone.weighting = base.parameters.weighting
        let own = try fit(
            counts, settings: base.settings, parameters: alone, threads: threads, progress: progress)
        var joint = alone
        joint.rank = rank ?? base.rank
        guard let terms = JointVocabulary(own.vocabulary, base.vocabulary) else {
            throw LatentSemanticsError(
                .tooLarge, "Cannot start from a model: the text of the terms of both exceeds 4 GiB. Train it on fewer."
            )
        }
        do throws(LinearAlgebraError) {
            let space = try JointSpace(
                own, base, terms, counts, rank: joint.rank, baseShare: baseShare, threads: threads)
            return LatentSemanticModel(
                parameters: joint, settings: base.settings, documentCount: counts.documentCount,
                singularValues: space.singularValues, vocabulary: terms.vocabulary,
                termVectors: try space.termVectors(threads: threads),
                expectedRetention: space.expectedRetention(of: counts)
            )
        } catch {
            throw .decompositionFailed(counts, terms.vocabulary, error)
        }
    }
}
