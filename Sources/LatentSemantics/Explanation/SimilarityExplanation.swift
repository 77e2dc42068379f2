/// Why two texts are similar: their cosine as a sum over pairs of a term of one text and a term of the other.
///
/// The vectors of two texts are sums over their terms (``TermDecomposition``). So their inner product, the cosine, is a
/// sum over pairs: cos = Σᵢⱼ *pᵢ* · *qⱼ*. The sum is exact and complete. A pair of a term with itself is a shared word.
/// Any other pair is a bridge: the model has learned that the two words occur in similar texts. A share may be below 0,
/// for words that avoid each other in the corpus.
public struct SimilarityExplanation: Sendable {
    /// A term of the first text, a term of the second, and what the two add to the cosine.
    public struct Pair: Hashable, Sendable {
        /// The term of the first text.
        public let first: String

        /// The term of the second text.
        public let second: String

        /// What the pair adds to the cosine.
        public let share: Double
    }

    /// The cosine: the sum of the shares of all pairs.
    public let similarity: Double

    /// The terms that both texts have, each paired with itself, greatest share first.
    public let shared: [Pair]

    /// The pairs of different terms, greatest share first.
    public let bridging: [Pair]

    /// Explains the similarity of two texts.
    ///
    /// - Parameters:
    ///   - first: The decomposed vector of one text.
    ///   - second: The decomposed vector of the other, by the same model.
    /// - Complexity: O(*m* · *n* · *rank*) for texts of *m* and *n* distinct terms: about a millisecond for two
    ///   abstracts.
    public init(_ first: TermDecomposition, _ second: TermDecomposition) {
        precondition(first.rank == second.rank, "vectors of rank \(first.rank) and \(second.rank) are of two models")
        var shared: [Place] = []
        var bridging: [Place] = []
        bridging.reserveCapacity(first.terms.count * second.terms.count)
        var sum = 0.0
        let rank = first.rank
        for i in first.ids.indices {
            for j in second.ids.indices {
                let share = innerProduct(first.parts, i * rank, second.parts, j * rank, count: rank)
                sum += share
                let place = Place(first: i, second: j, share: share)
                if first.ids[i] == second.ids[j] { shared.append(place) } else { bridging.append(place) }
            }
        }
        func pairs(_ places: [Place]) -> [Pair] {
            places.sorted(by: Place.precedes).map { place in
                Pair(first: first.terms[place.first], second: second.terms[place.second], share: place.share)
            }
        }
        similarity = sum
        self.shared = pairs(shared)
        self.bridging = pairs(bridging)
    }
}

/// A pair as the places of its terms, so that sorting tens of thousands is fast.
private struct Place {
    var first: Int
    var second: Int
    var share: Double

    /// Greatest share first. Ties go to the smaller places, which are those of the smaller terms.
    static func precedes(_ left: Self, _ right: Self) -> Bool {
        left.share != right.share
            ? left.share > right.share : (left.first, left.second) < (right.first, right.second)
    }
}

extension LatentSemanticModel {
    /// Explains the similarity of any two texts.
    ///
    ///     let why = model.explainSimilarity(of: terms("bounded memory"), to: terms("a small cache"))
    ///     for pair in why.bridging.prefix(3) { print(pair.first, "~", pair.second, pair.share) }
    ///
    /// - Parameters:
    ///   - first: The terms of one text, as for `embed(_:)`.
    ///   - second: Those of the other.
    /// - Returns: The explanation; the sum of its pairs is the inner product of the two embeddings.
    public func explainSimilarity(
        of first: [(term: String, frequency: Float)], to second: [(term: String, frequency: Float)]
    ) -> SimilarityExplanation {
        SimilarityExplanation(decomposition(of: first), decomposition(of: second))
    }
}
