import LatentSemantics
import Papers
import TextAnalysis

/// Explains why papers answer one question.
struct Explainer {
    private let queries: QueryTerms
    private let query: RankingQuery
    /// The question's vector by its terms; `nil` in a library without a space.
    private let question: TermDecomposition?
    private let questionWords: WrittenWords
    private let documents: FeedbackDocuments?

    /// Explains the answers to a text.
    init(_ queries: QueryTerms, _ query: RankingQuery, text: String, documents: FeedbackDocuments?) {
        self.queries = queries
        self.query = query
        question = queries.generation.model?
            .decomposition(of: (query.terms + query.unknownTerms).map { ($0.term, $0.weight) })
        questionWords = WrittenWords([text], analyzer: queries.analyzer)
        self.documents = documents
    }

    /// Explains the answers to papers to be near and papers to stay away from.
    init(
        _ queries: QueryTerms, _ query: RankingQuery, near: [QueryTerms.Example], awayFrom: [QueryTerms.Example],
        documents: FeedbackDocuments? = nil
    ) {
        self.queries = queries
        self.query = query
        question = queries.generation.model.map { model in
            model.combination(
                of: QueryTerms.shares(near: near, awayFrom: awayFrom).map { example, share in
                    (model.decomposition(of: queries.frequencies(in: example.texts).map { ($0.key, $0.value) }), share)
                }
            )
        }
        questionWords = WrittenWords((near + awayFrom).flatMap(\.texts), analyzer: queries.analyzer)
        self.documents = documents
    }

    /// Explains why a paper answers the question.
    ///
    /// - Parameters:
    ///   - paper: The paper.
    ///   - key: Its key.
    ///   - weights: What the parts of its score were multiplied by; both 0 if the score is not made of them.
    /// - Returns: The explanation.
    func explanation(of paper: Paper, key: UInt64, weights: PartWeights = PartWeights()) -> Explanation {
        let parts = Parts(of: paper, key: key, queries, query)
        let similarity = parts.vector.flatMap { found in
            question.map { SimilarityExplanation($0.renamed { questionWords[$0] }, found.renamed { parts.words[$0] }) }
        }
        func pair(_ pair: SimilarityExplanation.Pair) -> Explanation.Pair {
            Explanation.Pair(first: pair.first, second: pair.second, share: pair.share)
        }
        let cosine = similarity?.similarity ?? 0
        let feedback = explainedFeedback(parts)
        let isSum = weights != PartWeights()
        let lexicalWords = Self.list(parts.lexical) { $0 }
        let adjacentWords = Self.list(parts.adjacent) { [$0.first, $0.second] }
        let lexicalScore = (lexicalWords.map(\.share) + adjacentWords.map(\.share)).reduce(0, +)
        return Explanation(
            similarity: cosine,
            sharedWords: similarity?.shared.map(pair) ?? [],
            bridges: similarity?.bridging.map(pair) ?? [],
            lexicalScore: lexicalScore,
            lexicalWords: lexicalWords.map { Explanation.Word(word: parts.words[$0], share: $1) },
            adjacentWords: adjacentWords.map {
                Explanation.AdjacentWords(first: parts.words[$0.first], second: parts.words[$0.second], share: $1)
            },
            feedback: feedback,
            scoreParts: isSum ? scoreParts(weights, lexicalScore, cosine, feedback?.similarity ?? 0) : nil,
            bestSentence: bestSentence(
                of: paper.abstract, shares: shares(of: parts, isSum ? weights : PartWeights(lexical: 0, closeness: 1)),
                analyzer: queries.analyzer
            )
        )
    }
}

// MARK: - Parts

extension Explainer {
    /// What the parts of a paper's score are made of.
    private struct Parts {
        /// The terms of each text that is indexed of the paper.
        let terms: [[Term]]
        let words: WrittenWords
        /// The paper's vector by its terms; `nil` in a library without a space.
        let vector: TermDecomposition?
        /// What each of the question's terms adds to BM25.
        let lexical: [String: Double]
        /// What each of its pairs adds to BM25.
        let adjacent: [TermPair: Double]

        init(of paper: Paper, key: UInt64, _ queries: QueryTerms, _ query: RankingQuery) {
            let texts = paper.indexedTexts
            terms = texts.map(queries.analyzer.terms)
            words = WrittenWords(texts, analyzer: queries.analyzer)
            vector = queries.generation.model?.decomposition(
                of: queries.frequencies(in: texts).map { ($0.key, $0.value) })
            lexical = queries.generation.lexicalContributions(of: query.terms, key: key)
            adjacent = queries.generation.lexicalContributions(of: query.pairs, key: key)
        }
    }

    private func explainedFeedback(_ parts: Parts) -> Explanation.Feedback? {
        guard let documents, let vector = parts.vector else { return nil }
        let shares = vector.shares(of: documents.feedback.center)
        let words = Self.list(Dictionary(zip(vector.terms, shares), uniquingKeysWith: +)) { $0 }
        return Explanation.Feedback(
            similarity: shares.reduce(0, +),
            documents: documents.shares(of: vector.vector),
            words: words.map { Explanation.Word(word: parts.words[$0], share: $1) }
        )
    }

    private func scoreParts(
        _ weights: PartWeights, _ lexical: Double, _ cosine: Double, _ feedback: Double
    ) -> SearchAnswer.Parts {
        // A closeness below 0 counts as 0 in the score, and so do both of its parts.
        let weight = cosine + Feedback.weight * feedback > 0 ? weights.closeness : 0
        return SearchAnswer.Parts(
            lexical: weights.lexical * lexical, semantic: weight * cosine, feedback: weight * Feedback.weight * feedback
        )
    }

    /// What each term of a paper, and each two side by side, add to its score under given weights; to the BM25 score where
    /// that would be nothing at all.
    private func shares(of parts: Parts, _ weights: PartWeights) -> PlaceShares {
        var shares: [String: Double] = [:]
        if let question, let vector = parts.vector {
            var direction = question.vector
            if let center = documents?.feedback.center, center.count == direction.count {
                for axis in direction.indices { direction[axis] += Float(Feedback.weight) * center[axis] }
            }
            let closeness = vector.shares(of: direction)
            if closeness.reduce(0, +) > 0 {
                for (term, share) in zip(vector.terms, closeness) { shares[term] = weights.closeness * share }
            }
        }
        let lexicalWeight = shares.isEmpty && weights.lexical == 0 ? 1 : weights.lexical
        for (term, share) in parts.lexical { shares[term, default: 0] += lexicalWeight * share }
        return PlaceShares(shares, pairs: parts.adjacent.mapValues { lexicalWeight * $0 }, in: parts.terms)
    }

    /// Shares that are not 0, greatest first; ties go to the smaller name.
    private static func list<Key, Name: Sequence>(
        _ shares: [Key: Double], by name: (Key) -> Name
    ) -> [(key: Key, share: Double)] where Name.Element: Comparable {
        shares.filter { $0.value != 0 }
            .sorted {
                $0.value != $1.value ? $0.value > $1.value : name($0.key).lexicographicallyPrecedes(name($1.key))
            }
            .map { ($0.key, $0.value) }
    }
}
