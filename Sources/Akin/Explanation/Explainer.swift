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

    /// Explains the answers to a text.
    init(_ queries: QueryTerms, _ query: RankingQuery, text: String) {
        self.queries = queries
        self.query = query
        question = queries.generation.model?.decomposition(of: query.terms.map { ($0.term, $0.weight) })
        questionWords = WrittenWords([text], analyzer: queries.analyzer)
    }

    /// Explains the answers to papers to be near and papers to stay away from.
    init(
        _ queries: QueryTerms, _ query: RankingQuery, near: [QueryTerms.Example], awayFrom: [QueryTerms.Example]
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
    }

    /// Explains why a paper answers the question.
    ///
    /// - Parameters:
    ///   - paper: The paper.
    ///   - key: Its key.
    ///   - weights: What the parts of its score were multiplied by; both 0 if the score is not made of them.
    /// - Returns: The explanation.
    func explanation(of paper: Paper, key: UInt64, weights: PartWeights = PartWeights()) -> Explanation {
        let frequencies = queries.frequencies(in: paper.indexedTexts)
        let words = WrittenWords(paper.indexedTexts, analyzer: queries.analyzer)
        let found = queries.generation.model?.decomposition(of: frequencies.map { ($0.key, $0.value) })
        let similarity = found.flatMap { found in
            question.map { SimilarityExplanation($0.renamed { questionWords[$0] }, found.renamed { words[$0] }) }
        }
        func pair(_ pair: SimilarityExplanation.Pair) -> Explanation.Pair {
            Explanation.Pair(first: pair.first, second: pair.second, share: pair.share)
        }
        let lexical = queries.generation.lexicalContributions(of: query.terms, key: key)
        let isSum = weights != PartWeights()
        let cosine = similarity?.similarity ?? 0
        let lexicalScore = lexical.reduce(0, +)
        return Explanation(
            similarity: cosine,
            sharedWords: similarity?.shared.map(pair) ?? [],
            bridges: similarity?.bridging.map(pair) ?? [],
            lexicalScore: lexicalScore,
            lexicalWords: zip(query.terms, lexical).filter { $1 != 0 }
                .sorted { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0.term < $1.0.term }
                .map { Explanation.Word(word: words[$0.term], share: $1) },
            scoreParts: isSum
                ? SearchAnswer.Parts(
                    lexical: weights.lexical * lexicalScore, semantic: weights.semantic * max(0, cosine)) : nil,
            bestSentence: bestSentence(
                of: paper.abstract,
                shares: shares(of: found, lexical, isSum ? weights : PartWeights(lexical: 0, semantic: 1)),
                frequencies: frequencies, analyzer: queries.analyzer
            )
        )
    }

    /// What each term of a paper adds to its score under given weights; to the BM25 score where that would be nothing at
    /// all.
    private func shares(
        of found: TermDecomposition?, _ lexical: [Double], _ weights: PartWeights
    ) -> [String: Double] {
        var shares: [String: Double] = [:]
        if let question, let found {
            let semantic = found.shares(of: question.vector)
            // A cosine below 0 counts as 0 in the score, and so do all of its shares.
            if semantic.reduce(0, +) > 0 {
                for (term, share) in zip(found.terms, semantic) { shares[term] = weights.semantic * share }
            }
        }
        let lexicalWeight = shares.isEmpty && weights.lexical == 0 ? 1 : weights.lexical
        for (term, share) in zip(query.terms, lexical) { shares[term.term, default: 0] += lexicalWeight * share }
        return shares
    }
}
