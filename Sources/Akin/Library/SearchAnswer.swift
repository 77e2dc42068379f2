import PaperStore
public import Papers
public import Ranking

/// What a library answers: papers, best first, and what it made of the question.
public struct SearchAnswer: Sendable {
    /// The parts that a score is made of.
    public typealias Parts = ScoreParts

    /// A paper of the answer.
    public struct Hit: Sendable {
        /// The place in the answer; the best paper has rank 1.
        public var rank: Int
        /// The paper.
        public var paper: Paper
        /// What the paper is ranked by: under `hybrid` a number from 0 to 1, otherwise the part of that mode.
        public var score: Double
        /// The exact parts, before they are divided by the query's best.
        public var parts: Parts
        /// How many standard deviations the paper's cosine lies above that of two papers drawn at random; `nil` in a
        /// library of fewer than 200 papers. 4 and more is no accident.
        public var zScore: Double?
        /// Papers that are nearly the same, such as a preprint of it: they have no place of their own.
        public var duplicates: [Paper] = []
        /// Why the paper is in the answer; `nil` unless ``SearchOptions/explains`` asked for it.
        public var explanation: Explanation?
    }

    /// The papers, best first.
    public var hits: [Hit]
    /// Whether any of the first ten papers is close to what was asked, and not merely the nearest of a library that
    /// holds nothing on the subject. A library of fewer than 200 papers and a ranking by words alone always give
    /// `true`.
    public var isClose = true
    /// The kind of ranking.
    public var mode: SearchMode
    /// The words of the question that no paper of the library has, as they were written.
    public var unknownWords: [String]
    /// The words of the question that are likely mistakes, and what was searched beside them.
    public var corrections: [Correction]
    /// Words of the library that are spelled much like those that it does not know and did not correct.
    public var suggestions: [String]
    /// The question, if it is the id of a paper and the library has no such paper. Nothing was searched then.
    public var absentID: String?

    /// The answer of a library without papers.
    static func empty(_ mode: SearchMode) -> SearchAnswer {
        SearchAnswer(hits: [], mode: mode, unknownWords: [], corrections: [], suggestions: [])
    }
}

extension SearchAnswer {
    /// The answer of a ranking, with its papers read from the store and explained if the options ask for it.
    init(
        _ answer: RankedAnswer, _ options: SearchOptions, from generation: Generation, _ papers: PaperStore.Reader
    ) throws {
        let found = try papers.papers(forKeys: answer.units.map(\.unit.paper))
        let groups =
            options.foldsDuplicates
            ? NearDuplicates(of: found).groups.prefix(options.k) : found.indices.map { [$0] }[...]
        let places = groups.map(\.[0])
        let explanations =
            options.explains
            ? try generation.explanations(
                of: answer, places.map { answer.units[$0] }, places.map { found[$0] }, papers)
            : places.map { _ in nil }
        hits = zip(groups, explanations).enumerated().map { rank, hit in
            let (group, explanation) = hit
            let unit = answer.units[group[0]]
            return Hit(
                rank: rank + 1, paper: found[group[0]], score: unit.score,
                parts: Parts(lexical: unit.lexical, semantic: unit.semantic, feedback: unit.feedback),
                zScore: answer.zScores?[group[0]], duplicates: group.dropFirst().map { found[$0] },
                explanation: explanation)
        }
        isClose = answer.isClose
        mode = options.mode
        unknownWords = answer.unknownWords
        corrections = answer.corrections
        suggestions = answer.suggestions
    }
}

extension Generation {
    /// Why each unit of an answer is there.
    fileprivate func explanations(
        of answer: RankedAnswer, _ units: [RankedUnit], _ found: [Paper], _ papers: PaperStore.Reader
    ) throws -> [Explanation?] {
        let documents = try papers.papers(forKeys: answer.feedback?.documents.map(\.unit.paper) ?? [])
        let explainer = Explainer(
            answer, from: index, documents: documents.map { Explainer.PaperName(id: $0.id, title: $0.title) })
        return try explainer.explanations(
            of: zip(units, found).map { unit, paper in
                Explainer.Subject(
                    unit: unit.unit, text: analyzer.analyze(PaperText(paper)), weights: unit.weights)
            })
    }
}
