import PaperStore
import Papers
public import QueryLanguage
import Ranking

extension Library {
    /// Recommends papers that a person with these likes would want.
    ///
    /// ```swift
    /// let liked = try QueryExpression(parsing: "tag:liked")
    /// for item in try library.recommendations(from: liked).recommendations {
    ///     print(item.hit.score, item.hit.paper.title, item.terms.map(\.word), item.nearest?.title ?? "")
    /// }
    /// ```
    ///
    /// A linear classifier is learned on the spot from the terms and the vectors of the liked papers and of others. The
    /// score of a paper is its relevance, which the classifier gives, times a preference for new papers
    /// (``RecommendationOptions/recency``). The liked papers, those to stay away from, those that were read and hidden
    /// ones are left out, and among the first 1,000 the near duplicates of the liked paper that is nearest. The same
    /// library and call give the same answer on one day.
    ///
    /// - Parameters:
    ///   - liked: The papers that are liked, by their conditions; every word is one. `nil` stands for the papers with
    ///     the tag `liked` or, if there are none, those that were read.
    ///   - against: Papers that are not wanted. They count against their like, and win where they are liked as well.
    ///   - query: Conditions that recommended papers have to meet.
    ///   - options: How many papers, from which part of the library.
    /// - Returns: The papers, best first; none if no paper is liked.
    /// - Throws: `AkinError`: `invalidArgument` for an option out of range; `damaged`, `olderVersion` or `newerVersion`
    ///   if a file of the library cannot be used.
    /// - Complexity: O(*p* + *n*) for *p* postings and *n* papers, and some passes over up to 16,000 examples;
    ///   half a second at 157,000 papers.
    public func recommendations(
        from liked: QueryExpression? = nil, against: QueryExpression? = nil, meeting query: QueryExpression? = nil,
        options: RecommendationOptions = RecommendationOptions()
    ) throws(AkinError) -> RecommendationAnswer {
        try options.validate()
        return try read { papers, generation in
            guard let generation else { return RecommendationAnswer() }
            let examples = try Examples(liked: liked, against: against, papers, generation)
            var answer = RecommendationAnswer()
            answer.likedCount = examples.liked.count
            answer.againstCount = examples.against.count
            answer.defaultExamples = examples.defaults
            guard !examples.liked.isEmpty else { return answer }
            let candidates = try examples.candidates(meeting: query, options.filter, papers, generation)
            answer.candidateCount = candidates.count
            guard options.k > 0, !candidates.isEmpty else { return answer }
            let model = PreferenceModel(
                liked: examples.liked, against: examples.against, all: examples.all, generation.index)
            let ranking = try RecommendationRanking(
                model, candidates, liked: PaperKeySet(examples.liked), options, papers, generation)
            answer.recommendations = try ranking.recommendations()
            return answer
        }
    }
}

/// The papers that a call learns from.
private struct Examples {
    let all: [PaperKey]
    private(set) var liked: [PaperKey]
    let against: [PaperKey]
    private(set) var defaults: RecommendationAnswer.DefaultExamples?

    /// Finds the papers that a call means.
    ///
    /// - Throws: The error of the store.
    init(
        liked: QueryExpression?, against: QueryExpression?, _ papers: PaperStore.Reader, _ generation: Generation
    ) throws {
        all = try papers.keys()
        let conditions = try QueryConditions(papers, generation.indexed)
        let unwanted = try against.map {
            try conditions.keys(meeting: papers.known($0), demand: .words) ?? PaperKeySet()
        }
        if let liked {
            self.liked = try conditions.keys(meeting: papers.known(liked), demand: .words)?.sortedKeys ?? []
        } else {
            defaults = .liked
            self.liked = try papers.keys(tagged: Paper.likedTag)
            if self.liked.isEmpty {
                self.liked = try papers.keys(tagged: Paper.readTag)
                defaults = self.liked.isEmpty ? .liked : .read
            }
        }
        if let unwanted { self.liked.removeAll(where: unwanted.contains) }
        self.against = unwanted?.sortedKeys ?? []
    }

    /// The papers that may be recommended, ascending.
    ///
    /// - Throws: The error of the store.
    func candidates(
        meeting query: QueryExpression?, _ filter: PaperFilter, _ papers: PaperStore.Reader, _ generation: Generation
    ) throws -> [PaperKey] {
        var leftOut = PaperKeySet(liked + against)
        for tag in [Paper.readTag, Paper.hiddenTag] {
            leftOut = leftOut.union(PaperKeySet(try papers.keys(tagged: tag)))
        }
        let asked = try query.flatMap {
            try QueryConditions(papers, generation.indexed).keys(meeting: papers.known($0), demand: .words)
        }
        let chosen = filter.isEmpty ? all : try papers.keys(matching: filter).sorted()
        return chosen.filter { !leftOut.contains($0) && asked?.contains($0) ?? true }
    }
}

extension PaperStore.Reader {
    /// The papers with a tag.
    ///
    /// - Throws: `PaperStoreError`.
    fileprivate func keys(tagged tag: String) throws(PaperStoreError) -> [PaperKey] {
        try keys(matching: PaperFilter(attributes: ["tag": [tag]]))
    }
}
