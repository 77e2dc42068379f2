import LinearAlgebra
import ParallelLoops
public import TextAnalysis

extension LatentSemanticModel {
    /// Fits a model on the terms of few documents with the help of one that was fitted on many of their field.
    ///
    /// Few documents know their own words and not what these mean elsewhere; a model of many knows that, and not the words
    /// that are only here. The space that comes out has both: two texts are alike in it as they are in the space that is
    /// fitted on the documents alone and in that of the base, on average.
    ///
    /// 1. Fit the documents alone.
    /// 2. Join the vocabularies. A term has the documents' global weight, one that they lack that of the base, in
    ///    proportion; its vector is the two vectors that it has in the two spaces, one after the other.
    /// 3. Embed the documents, and scale the two halves so that the documents have the same squared length in each.
    /// 4. Decompose these rows, and turn all term vectors to the axes of the leading right singular vectors. Where there are
    ///    no more documents than axes, nothing is lost by it: no document lies outside of them.
    ///
    /// Term vectors are coded in eight bits a number. The halves of the space are not at right angles, so that its
    /// ``retention(of:threads:)`` is a squared length and no part of a text; with the ``expectedRetention``, which is
    /// put together of what is expected of the halves, it still tells how far new documents are from those of the fit.
    ///
    /// - Parameters:
    ///   - counts: The terms of the documents, counted by an analyzer of the base's ``settings``.
    ///   - base: The model to start from.
    ///   - parameters: What a model of the documents alone would be. The weighting is that of the base.
    ///   - rank: The number of dimensions of the space that comes out, at least 1; that of the base when nil. Where there are
    ///     fewer documents it has fewer.
    ///   - baseShare: The part of the documents' squared length that the base's half has, between 0 and 1.
    ///   - threads: The most threads to use, at least 1; every core when nil.
    /// - Returns: The model. Of terms that no document has, the document frequency is 0.
    /// - Throws: ``LatentSemanticsError`` as for ``fit(_:settings:parameters:threads:)``, or `damaged` if the vectors of the
    ///   base are not finite.
    /// - Complexity: That of the fit, plus O(*terms of the base* · ``rank``²).
    public static func fit(
        _ counts: TermCounts, startingFrom base: LatentSemanticModel, parameters: Parameters = Parameters(),
        rank: Int? = nil, baseShare: Double = 0.5, threads: Int? = nil
    ) throws(LatentSemanticsError) -> LatentSemanticModel {
        precondition(baseShare > 0 && baseShare < 1, "a share lies between 0 and 1, unlike \(baseShare)")
        if let rank, rank < 1 {
            throw LatentSemanticsError(
                .invalidParameter, "Cannot fit a model: the rank is \(rank), at least 1 is needed.")
        }
        let threads = threads ?? availableCores
        var alone = parameters
        alone.weighting = base.parameters.weighting
        let own = try fit(counts, settings: base.settings, parameters: alone, threads: threads)
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
