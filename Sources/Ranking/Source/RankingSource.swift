package import LatentSemantics

/// What a ranking needs of a collection, wherever its papers lie.
///
/// A ranking asks in batches. A source behind a network needs five round trips for a question, and one more if its
/// answer is explained:
///
/// 1. ``statistics(for:)`` of all terms of the question;
/// 2. ``candidates(for:)`` of both sides, each with the exact parts of both;
/// 3. ``vectors(of:in:)`` of the feedback documents;
/// 4. ``cosines(of:with:)`` of the candidates with their centroid;
/// 5. ``contributions(of:to:)`` for the papers at the top, to check whether the answer is close, and once more if it is
/// explained.
///
/// A question made of papers asks for their vectors first, and is not checked by contributions.
///
/// The segments of a library on disk are one source, an exhaustive scan in the tests another.
package protocol RankingSource: Sendable {
    /// The model of the space ``SpaceName/latentSemantics``; `nil` if the collection has none.
    var model: LatentSemanticModel? { get }

    /// The papers that the model was fitted on, or chosen for; 0 if there is none.
    var fittedPaperCount: Int { get }

    /// What the collection has learned about itself.
    var calibration: Calibration { get }

    /// The statistics of terms; terms that repeat count once.
    func statistics(for terms: [String]) throws -> CollectionStatistics

    /// The units that either side names, and the required ones, each once and with its exact parts. Their order does
    /// not matter.
    ///
    /// BM25 chooses its candidates by the scores of terms. What pairs add is part of a candidate's score and does not
    /// decide who is a candidate.
    func candidates(for request: CandidateRequest) throws -> Candidates

    /// The cosine of each unit with a vector, 0 where the unit has none in that space.
    func cosines(of units: [UnitKey], with vector: SpaceVector) throws -> [Double]

    /// The unit vector of each unit in a space, `nil` where it has none.
    func vectors(of units: [UnitKey], in space: SpaceName) throws -> [[Float]?]

    /// What each term and pair adds to the BM25 score of each unit, `nil` for a unit that the collection does not have.
    func contributions(of lexical: LexicalTerms, to units: [UnitKey]) throws -> [LexicalContributions?]
}
