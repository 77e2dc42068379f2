import LatentSemantics
package import Papers
package import TextEncoding

/// How a question is answered: which sides rank, and which papers may be found.
package struct AnswerOptions: Sendable {
    package var mode: SearchMode
    /// The semantic weight; `nil` takes what the collection chose, for texts or for papers.
    package var semanticWeight: Double?
    /// The units in the answer, at most.
    package var limit: Int
    /// The spaces of the semantic side, each with the same share.
    package var spaces: [SpaceName]
    /// The unit vectors of a text in spaces that others' encoders made.
    package var vectors: [SpaceVector]
    /// The share of the nearest units that must be among the semantic candidates, on average.
    package var recall: Double
    /// Which papers may be found. The papers that a question is made of are left out besides.
    package var filter: CandidateFilter
    /// The papers that a text names by their title or id.
    package var named: [PaperKey]
    /// The share of a text that a person's notes on papers have, from 0 to 1.
    package var noted: [UnitKey: Double] = [:]
    /// How the first units are judged anew; `nil` where they are not. Where vectors judge, a text needs one.
    package var reranking: Reranking?
    /// Whether everything is wanted that does not rank: the cosines beside a ranking by words alone, and the check
    /// whether the answer is close.
    package var wantsAllParts: Bool

    package init(
        mode: SearchMode, semanticWeight: Double? = nil, limit: Int,
        spaces: [SpaceName] = [.latentSemantics], vectors: [SpaceVector] = [],
        recall: Double = RankingPolicy.standard.recall,
        filter: CandidateFilter = CandidateFilter(), named: [PaperKey] = [], wantsAllParts: Bool = true
    ) {
        self.mode = mode
        self.semanticWeight = semanticWeight
        self.limit = limit
        self.spaces = spaces
        self.vectors = vectors
        self.recall = recall
        self.filter = filter
        self.named = named
        self.wantsAllParts = wantsAllParts
    }
}

/// What a collection answers to a question: units, best first, and what it made of the question.
package struct RankedAnswer: Sendable {
    package let question: Question
    package let query: RankingQuery
    /// The units, best first.
    package private(set) var units: [RankedUnit]
    /// How many standard deviations above random pairs the cosine of each unit lies; `nil` in a collection that is too
    /// small to tell, and where another space ranks than the one that the collection learned.
    package private(set) var zScores: [Double]?
    /// The feedback that took part; `nil` where there was none.
    package let feedback: Feedback?
    /// Whether one of the best units is close to the question, and not merely the nearest. `true` where that was not
    /// checked: by words alone, in another space than the one that the collection learned, for a text that names a
    /// paper, and in a collection that is too small.
    package let isClose: Bool
    /// The words of the question that no paper has and that were not corrected, as they were written.
    package let unknownWords: [String]
    /// The words of the question that are likely mistakes, and what was searched beside them.
    package let corrections: [Correction]
    /// Words of the collection that are spelled much like the unknown ones.
    package let suggestions: [String]

    /// The answer with those units alone whose z-score is not less than a number; the same without z-scores.
    package func units(withZScoresFrom least: Double) -> RankedAnswer {
        guard let zScores else { return self }
        let kept = units.indices.filter { zScores[$0] >= least }
        var answer = self
        answer.units = kept.map { units[$0] }
        answer.zScores = kept.map { zScores[$0] }
        return answer
    }
}

extension RankingSource {
    /// Answers a question.
    ///
    /// - Parameters:
    ///   - question: The question.
    ///   - options: How it is answered.
    ///   - policy: The constants of the ranking.
    ///   - judgments: What the judge of ``AnswerOptions/reranking`` says of units after it has read them and what the
    ///     question is made of.
    /// - Returns: The answer.
    /// - Throws: The source's error, and the judge's.
    package func answer(
        _ question: Question, _ options: AnswerOptions, _ policy: RankingPolicy = .standard,
        judgments: ([UnitKey], [QuestionPart]) throws -> [Double]? = { _, _ in nil }
    ) throws -> RankedAnswer {
        let spaces = options.wantsAllParts || options.mode != .lexical ? options.spaces : []
        let result = try QueryBuilder(source: self, policy: policy).query(
            for: question, in: spaces, vectors: options.vectors)
        let query = result.query
        let ranker = ranker(for: question, options, policy)
        var (units, feedback) = try ranker.rank(query, in: self)
        if let reranking = options.reranking {
            units = try reranked(units, for: question, options.vectors, reranking, policy, judgments)
        }
        let check =
            options.spaces == [.latentSemantics]
            ? AnswerCheck(calibration, fittedPaperCount: fittedPaperCount, policy) : nil
        var isClose = true
        if options.mode != .lexical, options.wantsAllParts, let check {
            switch question {
            case .text:
                let named = Set(options.named)
                isClose =
                    units.contains { named.contains($0.unit.paper) || options.noted[$0.unit] == 1 }
                    || check.findsMatch(in: units, for: query)
            case .papers:
                isClose = check.findsMatch(in: units)
            }
        }
        return RankedAnswer(
            question: question, query: query, units: units, zScores: check.map { check in units.map(check.zScore) },
            feedback: feedback, isClose: isClose, unknownWords: result.unknownWords, corrections: result.corrections,
            suggestions: options.wantsAllParts ? suggestions(for: result, policy) : [])
    }

    /// The units with the first of them judged anew.
    private func reranked(
        _ units: [RankedUnit], for question: Question, _ given: [SpaceVector], _ reranking: Reranking,
        _ policy: RankingPolicy, _ readJudgments: ([UnitKey], [QuestionPart]) throws -> [Double]?
    ) throws -> [RankedUnit] {
        let first = units.prefix(reranking.depth).map(\.unit)
        var judgments = [Double?](repeating: nil, count: first.count)
        let builder = QueryBuilder(source: self, policy: policy)
        // Judgments compare only if all of the question is in each of them.
        if let space = reranking.space,
            let vector = try builder.vector(of: question, in: space, given, whole: reranking.judge != nil)
        {
            judgments = try vectors(of: first, in: space).map { own in
                own.map { zip($0, vector.components).reduce(0) { $0 + Double($1.0) * Double($1.1) } }
            }
        }
        let unread = first.indices.filter { judgments[$0] == nil }
        if reranking.judge != nil, !unread.isEmpty,
            let read = try readJudgments(unread.map { first[$0] }, question.parts(policy))
        {
            for (place, judgment) in zip(unread, read) { judgments[place] = judgment }
        }
        return reranking.ranked(units, by: judgments)
    }

    private func ranker(for question: Question, _ options: AnswerOptions, _ policy: RankingPolicy) -> Ranker {
        var filter = options.filter
        for paper in question.papers.sortedKeys { filter.excluded.insert(paper) }
        let chosen =
            switch question {
            case _ where options.spaces != [.latentSemantics]: policy.givenSpaceWeight
            case .text: calibration.semanticWeight
            case .papers: calibration.likeSemanticWeight(policy)
            }
        return Ranker(
            mode: options.mode, semanticWeight: options.semanticWeight ?? chosen, limit: options.limit,
            recall: options.recall, filter: filter, named: Set(options.named.map(UnitKey.init)), noted: options.noted,
            policy: policy)
    }

    /// Words of the collection that are spelled much like the words that it does not know.
    private func suggestions(for result: QueryBuilder<Self>.Result, _ policy: RankingPolicy) -> [String] {
        guard let model else { return [] }
        var suggestions: [String] = []
        for word in result.unknownWords.prefix(policy.correctedWordLimit) {
            for term in model.similarlySpelledTerms(to: word, limit: 3) where !suggestions.contains(term) {
                suggestions.append(term)
            }
        }
        return suggestions
    }
}
