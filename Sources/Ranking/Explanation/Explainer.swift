import LatentSemantics
import LexicalIndex
package import TextAnalysis

/// Explains why units answer one question.
package struct Explainer {
    private let source: any RankingSource
    private let policy: RankingPolicy
    private let query: RankingQuery
    /// The word that the question writes for each of its terms.
    private let writtenForms: [String: String]
    /// The question's vector by its terms; `nil` in a collection without a model, and where another space ranks than
    /// the one that the collection learned.
    private let question: TermDecomposition?
    private let feedback: Feedback?
    /// The papers of the feedback documents, in their order.
    private let documents: [PaperName]

    /// A paper, as an explanation names it.
    package struct PaperName: Sendable {
        package var id: String
        package var title: String

        package init(id: String, title: String) {
            self.id = id
            self.title = title
        }
    }

    /// Gets ready to explain an answer.
    ///
    /// - Parameters:
    ///   - answer: The answer.
    ///   - source: The source that gave it.
    ///   - documents: The papers of its feedback documents, in their order.
    ///   - policy: The constants.
    package init(
        _ answer: RankedAnswer, from source: some RankingSource, documents: [PaperName],
        _ policy: RankingPolicy = .standard
    ) {
        self.init(
            answer.question, answer.query, feedback: answer.feedback, documents: documents, source: source,
            policy: policy)
    }

    /// Gets ready to explain why papers are like the papers of a question, without a ranking.
    ///
    /// - Throws: The source's error.
    package init(
        _ question: Question, of source: some RankingSource, _ policy: RankingPolicy = .standard
    ) throws {
        let query = try QueryBuilder(source: source, policy: policy).query(for: question).query
        self.init(question, query, feedback: nil, documents: [], source: source, policy: policy)
    }

    private init(
        _ question: Question, _ query: RankingQuery, feedback: Feedback?, documents: [PaperName],
        source: any RankingSource,
        policy: RankingPolicy
    ) {
        self.source = source
        self.policy = policy
        self.query = query
        self.feedback = feedback
        self.documents = documents
        writtenForms = question.text.writtenForms()
        switch question {
        case _ where query.spaces != [.latentSemantics]:
            self.question = nil
        case .text:
            self.question = source.model?.decomposition(
                of: query.vectorTerms.map { ($0.term, $0.weight) })
        case .papers(let near, let awayFrom):
            self.question = source.model.map { model in
                model.combination(
                    of: Question.shares(near: near, awayFrom: awayFrom, policy).map { example, share in
                        (model.decomposition(of: example.text.weightedTerms), share)
                    })
            }
        }
    }

    /// A unit to explain.
    package struct Subject: Sendable {
        package var unit: UnitKey
        /// Its text; field 1 is the abstract.
        package var text: AnalyzedText
        /// What the parts of its score were multiplied by; both 0 if the score is not made of them.
        package var weights: PartWeights
        /// Its semantic part and its feedback part, as the ranking had them. They stand where no terms explain them.
        package var semantic: Double
        package var feedback: Double
        /// What notes add to its score.
        package var notes: Double
        /// What a judge of the first units adds to its score.
        package var judgment: Double

        package init(
            unit: UnitKey, text: AnalyzedText, weights: PartWeights = PartWeights(), semantic: Double = 0,
            feedback: Double = 0, notes: Double = 0, judgment: Double = 0
        ) {
            self.unit = unit
            self.text = text
            self.weights = weights
            self.semantic = semantic
            self.feedback = feedback
            self.notes = notes
            self.judgment = judgment
        }

        /// A unit of an answer.
        package init(_ ranked: RankedUnit, text: AnalyzedText) {
            self.init(
                unit: ranked.unit, text: text, weights: ranked.weights, semantic: ranked.semantic,
                feedback: ranked.feedback, notes: ranked.notes, judgment: ranked.judgment)
        }
    }

    /// Explains why units answer the question: an explanation for each, in their order.
    ///
    /// - Throws: The source's error.
    /// - Complexity: O(*m* · *n* · *rank*) a unit, for *m* distinct terms of the question and *n* of the unit.
    package func explanations(of subjects: [Subject]) throws -> [Explanation] {
        let factors = try source.factors(
            of: query.lexical.features, query.lexical.statistics, to: subjects.map(\.unit))
        let scorer = LexicalScorer(query.lexical, policy)
        return subjects.enumerated().map { index, subject in
            explanation(
                of: subject,
                Parts(subject.text, scorer.contributions(factors.row(index)), query.lexical, source.model))
        }
    }

    private func explanation(of subject: Subject, _ parts: Parts) -> Explanation {
        let similarity = parts.vector.flatMap { found in
            question.map { question in
                SimilarityExplanation(question.renamed(questionWord), found.renamed(parts.written))
            }
        }
        func pair(_ pair: SimilarityExplanation.Pair) -> Explanation.Pair {
            Explanation.Pair(first: pair.first, second: pair.second, share: pair.share)
        }
        let cosine = similarity?.similarity ?? subject.semantic
        let feedback = feedbackExplanation(parts, of: subject)
        // A paper may be found by its notes alone.
        let isSum = subject.weights != PartWeights() || subject.notes > 0
        let lexicalWords = lexicalWords(parts)
        let adjacentWords = Self.list(parts.adjacent) { [$0.first, $0.second] }
        let lexicalScore = (lexicalWords.map(\.share) + adjacentWords.map(\.share)).reduce(0, +)
        let weights = subject.weights != PartWeights() ? subject.weights : PartWeights(lexical: 0, semantic: 1)
        return Explanation(
            similarity: cosine,
            sharedWords: similarity?.shared.map(pair) ?? [],
            bridges: similarity?.bridging.map(pair) ?? [],
            lexicalScore: lexicalScore,
            lexicalWords: lexicalWords,
            adjacentWords: adjacentWords.map { pair, share in
                Explanation.AdjacentWords(
                    first: parts.written(pair.first), second: parts.written(pair.second),
                    share: share)
            },
            feedback: feedback,
            scoreParts: isSum
                ? scoreParts(
                    weights, lexicalScore, cosine, feedback?.similarity ?? 0, notes: subject.notes,
                    judgment: subject.judgment) : nil,
            bestSentence: parts.text.fields.dropFirst().first.flatMap {
                shares(of: parts, weights).bestSentence(of: $0)
            }
        )
    }
}

// MARK: - Parts

/// What the parts of a unit's score are made of.
private struct Parts {
    let text: AnalyzedText
    /// The unit's vector by its terms; `nil` in a collection without a model.
    let vector: TermDecomposition?
    /// What each word of the question adds to BM25, in their order, and the feature that counted for it.
    let words: [(value: Double, feature: LexicalFeature)]
    /// What each pair of the question adds to BM25 by standing side by side.
    let adjacent: [TermPair: Double]
    private let writtenForms: [String: String]

    /// The word that the text writes for a term; the term itself if the text does not have it.
    func written(_ term: String) -> String { writtenForms[term] ?? term }

    init(
        _ text: AnalyzedText, _ contributions: LexicalContributions, _ lexical: LexicalTerms,
        _ model: LatentSemanticModel?
    ) {
        self.text = text
        writtenForms = text.writtenForms()
        vector = model?.decomposition(of: text.weightedTerms)
        words = contributions.words.map { ($0.value, lexical.features[$0.feature]) }
        adjacent = Dictionary(
            zip(lexical.pairs.map(\.pair), contributions.pairs), uniquingKeysWith: +)
    }

    /// What each term and each two adjacent terms add to BM25.
    var features: (terms: [String: Double], pairs: [TermPair: Double]) {
        var terms: [String: Double] = [:]
        var pairs = adjacent
        for word in words {
            switch word.feature {
            case .term(let term): terms[term, default: 0] += word.value
            case .pair(let pair): pairs[pair, default: 0] += word.value
            }
        }
        return (terms, pairs)
    }
}

extension AnalyzedText {
    /// The terms and how often each counts, as a model takes them.
    fileprivate var weightedTerms: [(term: String, frequency: Float)] { frequencies.map { ($0.key, Float($0.value)) } }
}

extension Explainer {
    /// What each word of the question adds to BM25, greatest share first.
    private func lexicalWords(_ parts: Parts) -> [Explanation.LexicalWord] {
        let words = zip(query.lexical.words, parts.words).filter { $1.value != 0 }
        return words.map { word, part in
            let substitute = word.alternatives.first { $0.feature == part.feature && part.feature != .term(word.term) }
            return Explanation.LexicalWord(
                word: part.feature.terms.map(parts.written).joined(separator: " "), share: part.value,
                asked: substitute.map { _ in writtenForms[word.term] ?? word.term }, reason: substitute?.reason)
        }
        .sorted { $0.share != $1.share ? $0.share > $1.share : $0.word < $1.word }
    }

    /// A word of the question's side, as the question writes it. What stands in its place is not in the question, and
    /// is shown as the papers write it most often.
    private func questionWord(_ term: String) -> String {
        writtenForms[term] ?? source.model?.surfaceForm(of: term) ?? term
    }

    private func feedbackExplanation(_ parts: Parts, of subject: Subject) -> Explanation.Feedback? {
        guard let feedback else { return nil }
        guard query.spaces == [.latentSemantics], let centroid = feedback.centroids.first else {
            return Explanation.Feedback(similarity: subject.feedback, documents: [], words: [])
        }
        guard let vector = parts.vector else { return nil }
        let shares = vector.shares(of: centroid.vector.components)
        let words = Self.list(Dictionary(zip(vector.terms, shares), uniquingKeysWith: +)) { [$0] }
        let documentShares = feedback.shares(of: vector.vector, in: centroid.vector.space)
        return Explanation.Feedback(
            similarity: shares.reduce(0, +),
            documents: zip(documents, documentShares).map { document, share in
                Explanation.FeedbackDocument(id: document.id, title: document.title, share: share)
            },
            words: words.map { Explanation.Word(word: parts.written($0), share: $1) })
    }

    private func scoreParts(
        _ weights: PartWeights, _ lexical: Double, _ cosine: Double, _ feedback: Double, notes: Double,
        judgment: Double
    ) -> ScoreParts {
        // A semantic side below 0 counts as 0 in the score, and so do both of its parts.
        let weight = cosine + policy.feedbackWeight * feedback > 0 ? weights.semantic : 0
        return ScoreParts(
            lexical: weights.lexical * lexical, semantic: weight * cosine,
            feedback: weight * policy.feedbackWeight * feedback, notes: notes, judgment: judgment)
    }

    /// What each term and each pair of a unit adds to its score under given weights. Where that is nothing at all, what
    /// they add to the BM25 score.
    private func shares(of parts: Parts, _ weights: PartWeights) -> PlaceShares {
        var shares: [String: Double] = [:]
        if let question, let vector = parts.vector {
            var direction = question.vector
            if let centroid = feedback?.centroids.first?.vector.components, centroid.count == direction.count {
                for axis in direction.indices { direction[axis] += Float(policy.feedbackWeight) * centroid[axis] }
            }
            let semantic = vector.shares(of: direction)
            if semantic.reduce(0, +) > 0 {
                for (term, share) in zip(vector.terms, semantic) { shares[term] = weights.semantic * share }
            }
        }
        let lexicalWeight = shares.isEmpty && weights.lexical == 0 ? 1 : weights.lexical
        let (terms, pairs) = parts.features
        for (term, share) in terms { shares[term, default: 0] += lexicalWeight * share }
        return PlaceShares(shares, pairs: pairs.mapValues { lexicalWeight * $0 }, in: parts.text)
    }

    /// Shares that are not 0, greatest first; ties go to the smaller name.
    private static func list<Key>(
        _ shares: [Key: Double], by name: (Key) -> [String]
    ) -> [(key: Key, share: Double)] {
        shares.filter { $0.value != 0 }
            .sorted {
                $0.value != $1.value ? $0.value > $1.value : name($0.key).lexicographicallyPrecedes(name($1.key))
            }
            .map { ($0.key, $0.value) }
    }
}
