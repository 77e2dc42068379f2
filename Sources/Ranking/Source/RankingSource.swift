package import LatentSemantics
package import LexicalIndex

/// What a ranking needs of a collection, wherever its papers lie.
///
/// A ranking asks in batches. A source behind a network needs four to seven round trips for a question, and one more if
/// its answer is explained:
///
/// 1. ``statistics(for:)`` of all terms of the question and of what may stand in their place;
/// 2. ``statistics(for:)`` of the words that its rare words may be parted into;
/// 3. ``documentFrequencies(of:)`` of two terms that a word of the question may be parted into, if both exist;
/// 4. ``statistics(for:)`` of the words that mistakes may stand for, if there may be mistakes;
/// 5. ``candidates(for:)`` of both sides, each with the exact parts of both;
/// 6. ``vectors(of:in:)`` of the feedback documents;
/// 7. ``cosines(of:with:)`` of the candidates with their centroid;
/// 8. ``factors(of:_:to:)`` for the papers at the top, if they are explained.
///
/// A question made of papers asks for their vectors first.
///
/// The segments of a library on disk are one source, an exhaustive scan in the tests another.
package protocol RankingSource: Sendable {
    /// The model of the space ``SpaceName/latentSemantics``; `nil` if the collection has none.
    var model: LatentSemanticModel? { get }

    /// A model of many other papers. It tells words that the collection lacks from mistakes; `nil` if there is none.
    var referenceModel: LatentSemanticModel? { get }

    /// The papers that the model was fitted on, or chosen for; 0 if there is none.
    var fittedPaperCount: Int { get }

    /// What the collection has learned about itself.
    var calibration: Calibration { get }

    /// The statistics of terms; terms that repeat count once.
    func statistics(for terms: [String]) throws -> CollectionStatistics

    /// How many units have each two terms side by side, about; 0 only where none was found.
    func documentFrequencies(of pairs: [TermPair]) throws -> [Int]

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

    /// The mean of the unit vectors of a space, which cosines are read against; `nil` where they are read as they are,
    /// as in the space ``SpaceName/latentSemantics``.
    func meanVector(in space: SpaceName) throws -> [Float]?

    /// How strongly each unit has each feature, by BM25's frequency factor; zeros for a unit that the collection does
    /// not have.
    func factors(
        of features: [LexicalFeature], _ statistics: CollectionStatistics, to units: [UnitKey]
    ) throws -> FeatureFactors
}

extension RankingSource {
    package var referenceModel: LatentSemanticModel? { nil }

    package func meanVector(in space: SpaceName) -> [Float]? { nil }
}
