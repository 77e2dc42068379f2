import PaperStore
public import Papers
public import QueryLanguage
public import Ranking
import TextAnalysis

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
        /// What the paper is ranked by: under `hybrid` a number from 0 to 1, otherwise the part of that mode. A
        /// judge of the first papers changes it.
        public var score: Double
        /// The exact parts, before they are divided by the query's best.
        public var parts: Parts
        /// How many standard deviations the paper's cosine lies above that of two papers drawn at random; `nil` in a
        /// library of fewer than 200 papers. 4 and more is no accident.
        public var zScore: Double?
        /// Papers that are nearly the same, such as a preprint of it: they have no place of their own.
        public var duplicates: [Paper] = []
        /// The sentence that says most on the question; `nil` unless ``SearchOptions/findsSnippets`` asked for it, and
        /// for a paper that has no word of the question.
        public var snippet: Snippet?
        /// The words of the question in the title, as bytes of its UTF-8; empty unless snippets were asked for.
        public var titleMatches: [Range<Int>] = []
        /// The words of the question in the abstract, as bytes of its UTF-8; empty unless snippets were asked for.
        public var abstractMatches: [Range<Int>] = []
        /// Why the paper is in the answer; `nil` unless ``SearchOptions/explains`` asked for it.
        public var explanation: Explanation?
    }

    /// The papers, best first.
    public var hits: [Hit]
    /// Whether any of the first ten papers is close to what was asked, and not merely the nearest of a library that
    /// holds nothing on the subject. A library of fewer than 200 papers, a ranking by words alone and a space whose
    /// vectors were given call every paper close. `false` without papers.
    public var isClose = true
    /// The kind of ranking.
    public var mode: SearchMode
    /// The words of the question that no paper of the library has and that were not corrected, as they were written.
    public var unknownWords: [String]
    /// The words of the question that are likely mistakes, and what was searched beside them.
    public var corrections: [Correction]
    /// Words of the library that are spelled much like ``unknownWords``.
    public var suggestions: [String]
    /// The question, if it is the id of a paper and the library has no such paper. Nothing was searched then.
    public var absentID: String?
    /// What the question was understood as, if it has conditions.
    public var understood: QueryExpression?
    /// Why the question was searched as words although it has signs of the query language; `nil` if it was not.
    public var syntaxError: QuerySyntaxError?
    /// Why no paper meets the conditions of the question; `nil` if some do.
    public var unmet: UnmetCondition?
    /// How many papers meet the question, if it has conditions alone, whatever the options leave out of
    /// ``hits``; `nil` for a question that ranks.
    public var metCount: Int?

    /// The answer where nothing was searched.
    static func empty(_ mode: SearchMode) -> SearchAnswer {
        SearchAnswer(hits: [], isClose: false, mode: mode, unknownWords: [], corrections: [], suggestions: [])
    }
}

extension SearchAnswer {
    /// The answer of a ranking, with its papers read from the store and explained if the options ask for it.
    init(
        _ answer: RankedAnswer, _ options: SearchOptions, from indexed: IndexedPapers, _ papers: PaperStore.Reader
    ) throws {
        let answer = options.minimumZScore.map { answer.units(withZScoresFrom: $0) } ?? answer
        let (found, ranked) = try Self.places(of: answer.units, options, papers)
        var groups = ranked
        if let diversity = options.diversity {
            let vectors = try indexed.index.vectors(of: groups.map { answer.units[$0[0]].unit }, in: options.spaces[0])
            let order = diverseOrder(
                scores: groups.map { answer.units[$0[0]].score }, vectors: vectors, diversity: diversity,
                count: options.depth)
            groups = order.map { groups[$0] }
        }
        groups = Array(groups.prefix(options.depth).dropFirst(options.offset))
        let places = groups.map(\.[0])
        let finder = options.findsSnippets ? SnippetFinder(answer.query) : nil
        let explanations =
            options.explains
            ? try indexed.explanations(
                of: answer, places.map { answer.units[$0] }, places.map { found[$0] }, papers)
            : places.map { _ in nil }
        hits = zip(groups, explanations).enumerated().map { place, hit in
            let (group, explanation) = hit
            let unit = answer.units[group[0]]
            let text = finder.map { _ in indexed.analyzer.analyze(PaperText(found[group[0]])) }
            func matches(inField place: Int) -> [Range<Int>] {
                guard let text, let finder, place < text.fields.count else { return [] }
                return finder.matches(in: text.fields[place])
            }
            return Hit(
                rank: options.offset + place + 1, paper: found[group[0]], score: unit.score,
                parts: Parts(
                    lexical: unit.lexical, semantic: unit.semantic, feedback: unit.feedback, notes: unit.notes,
                    judgment: unit.judgment),
                zScore: answer.zScores?[group[0]], duplicates: group.dropFirst().map { found[$0] },
                snippet: text.flatMap { finder?.snippet(of: $0) },
                titleMatches: matches(inField: 0), abstractMatches: matches(inField: 1),
                explanation: explanation)
        }
        hits = options.sort.sorted(hits)
        isClose = answer.isClose && !hits.isEmpty
        mode = options.mode
        unknownWords = answer.unknownWords
        corrections = answer.corrections
        suggestions = answer.suggestions
    }

    /// The papers that have a place and those folded under them, and the positions of both in the ranking.
    ///
    /// Papers are read from the top of the ranking until enough of them have a place of their own.
    private static func places(
        of units: [RankedUnit], _ options: SearchOptions, _ papers: PaperStore.Reader
    ) throws -> (found: [Paper], groups: [[Int]]) {
        guard options.foldsDuplicates else {
            let found = try papers.papers(forKeys: units.prefix(options.readDepth).map(\.unit.paper))
            return (found, found.indices.map { [$0] })
        }
        var found: [Paper] = []
        var duplicates = NearDuplicates()
        while found.count < units.count, duplicates.groups.count < options.readDepth {
            let missing = min(units.count, options.readDepth - duplicates.groups.count)
            let next = units[found.count...].prefix(missing + min(missing, 5))
            let read = try papers.papers(forKeys: next.map(\.unit.paper))
            duplicates.append(read)
            found += read
        }
        return (found, duplicates.groups)
    }
}

extension IndexedPapers {
    /// Why each unit of an answer is there.
    fileprivate func explanations(
        of answer: RankedAnswer, _ units: [RankedUnit], _ found: [Paper], _ papers: PaperStore.Reader
    ) throws -> [Explanation?] {
        let documents = try papers.papers(forKeys: answer.feedback?.documents.map(\.unit.paper) ?? [])
        let explainer = Explainer(
            answer, from: index, documents: documents.map { Explainer.PaperName(id: $0.id, title: $0.title) })
        return try explainer.explanations(
            of: zip(units, found).map { unit, paper in
                Explainer.Subject(unit, text: analyzer.analyze(PaperText(paper)))
            })
    }
}
