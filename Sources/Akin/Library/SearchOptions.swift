public import Papers
public import Ranking

/// How to search: how many papers to find, how to rank them, and which papers to choose from.
public struct SearchOptions: Sendable, Hashable {
    /// The semantic weight of a library that is too small to choose its own.
    public static let defaultAlpha = RankingPolicy.standard.defaultSemanticWeight

    /// The recall that searches ask of the vector index.
    public static let defaultRecall = RankingPolicy.standard.recall

    /// The number of papers in the answer, at most. Default 10.
    public var k: Int
    /// The papers at the top of the ranking to pass over, for the next page of an answer. Default 0.
    ///
    /// Pages fit together up to the 160th paper. Beyond, a deeper page ranks more candidates, and papers may come twice
    /// or not at all; ask for a larger ``k`` instead.
    public var offset: Int
    /// The kind of ranking. Default hybrid.
    public var mode: SearchMode
    /// The semantic weight of a hybrid ranking, from 0 (BM25 alone) to 1 (the cosine alone).
    ///
    /// `nil`, the default, takes the library's own: ``LibraryInfo/alpha``, or ``LibraryInfo/likeAlpha`` where the query
    /// is made of papers. Where another space ranks than the one that the library learned, it is .5. A higher weight
    /// finds more papers that say the same in other words, and loses some that say it in the question's words.
    public var alpha: Double?
    /// The vector spaces that rank, each with the same share. Default: the one that the library learned.
    ///
    /// In a space whose vectors were given, a question in words needs its own vector there. Without one, the papers
    /// that its words find best say what the question means, as feedback documents do.
    public var spaces: [SpaceName]
    /// Which papers may be in the answer. Default: all.
    public var filter: PaperFilter
    /// Whether each paper of the answer has an explanation, ``SearchAnswer/Hit/explanation``. Default: no. An
    /// explanation takes one to some milliseconds.
    public var explains: Bool
    /// Whether papers that are nearly the same, such as a preprint and its final version, take one place: the others
    /// are ``SearchAnswer/Hit/duplicates`` of the best. Default: yes.
    public var foldsDuplicates: Bool

    /// Whether papers with the tag `hidden` are left out. Default: yes. A filter or a question that asks for the tag
    /// finds them all the same.
    public var leavesOutHidden = true

    /// The order in which the papers of a page are given. Default: by relevance. Their ranks stay those of relevance. A
    /// question of conditions alone ranks nothing, and its papers are sorted before they are cut into pages.
    public var sort = PaperOrder.relevance

    /// How much the papers of an answer should differ, from 0 to 1; `nil`, the default, does not look at it.
    ///
    /// The answer is then chosen by maximal marginal relevance from its best 100 papers: each next paper is the one
    /// with the greatest (1 − *d*) · score / best score − *d* · its greatest cosine with a chosen one. See J. Carbonell
    /// & J. Goldstein, "The Use of MMR, Diversity-Based Reranking for Reordering Documents and Producing Summaries"
    /// (1998), <https://doi.org/10.1145/290941.291025>.
    public var diversity: Double?

    /// The least z-score of a paper; `nil`, the default, is none. A library of fewer than 200 papers has no z-scores,
    /// and every paper of it passes. Spaces whose vectors were given have none, and asking for one there is an error.
    public var minimumZScore: Double?

    /// Whether each paper of the answer has a snippet, ``SearchAnswer/Hit/snippet``. Default: no. A snippet takes some
    /// 50 microseconds.
    public var findsSnippets = false

    /// A second look at the first papers by the vectors of an encoder, or by a judge that reads them; `nil`, the
    /// default, is none. Where vectors judge, a question in words needs its own in their space, and papers that a
    /// question is made of have theirs. Without one, the judge reads all, or nothing is judged.
    public var reranking: Reranking?

    /// The share of the nearest papers that must be among the candidates, on average, from 0 to 1. Default .99.
    ///
    /// A search takes 200 candidates from the vector index, or `k` if that is more. The recall counts all of them, so
    /// the few at the top of the answer are hardly ever missed. The index knows from its own measurement what a recall
    /// takes. A recall of 1 compares every paper, which takes a millisecond for 150,000.
    public var recall: Double

    /// Creates options; the defaults serve most searches.
    public init(
        k: Int = 10,
        offset: Int = 0,
        mode: SearchMode = .hybrid,
        alpha: Double? = nil,
        spaces: [SpaceName] = [.latentSemantics],
        filter: PaperFilter = PaperFilter(),
        recall: Double = Self.defaultRecall,
        explains: Bool = false,
        foldsDuplicates: Bool = true
    ) {
        self.k = k
        self.offset = offset
        self.mode = mode
        self.alpha = alpha
        self.spaces = spaces
        self.filter = filter
        self.recall = recall
        self.explains = explains
        self.foldsDuplicates = foldsDuplicates
    }

    /// The papers that are ranked: those of the page and those before it.
    var depth: Int { offset > Int.max - k ? .max : offset + k }

    /// The papers that are read: more if an answer is chosen from them.
    var readDepth: Int { diversity == nil ? depth : max(depth, Self.diversityDepth) }

    /// The best papers that an answer is chosen from. Those behind them keep their order.
    static let diversityDepth = 100

    func validate() throws(AkinError) {
        guard k >= 0 else {
            throw AkinError(.invalidArgument, "Cannot search for \(k) papers: k is 0 or more.")
        }
        try Akin.validate(offset: offset)
        guard alpha.map({ (0...1).contains($0) }) ?? true else {
            throw AkinError(.invalidArgument, "Cannot search with alpha \(alpha ?? 0): it lies between 0 and 1.")
        }
        guard diversity.map({ (0...1).contains($0) }) ?? true else {
            throw AkinError(
                .invalidArgument, "Cannot search with a diversity of \(diversity ?? 0): it lies between 0 and 1.")
        }
        guard minimumZScore.map({ !$0.isNaN }) ?? true else {
            throw AkinError(.invalidArgument, "Cannot search with this least z-score: it is no number.")
        }
        guard minimumZScore == nil || spaces == [.latentSemantics] else {
            throw AkinError(
                .invalidArgument,
                "Cannot ask for a least z-score: only the space that the library learned has z-scores.")
        }
        guard !spaces.isEmpty, Set(spaces).count == spaces.count else {
            throw AkinError(.invalidArgument, "Cannot search in these vector spaces: name one or more, each once.")
        }
        if let reranking {
            guard (0..<1).contains(reranking.weight), reranking.depth >= 0 else {
                throw AkinError(
                    .invalidArgument,
                    "Cannot judge \(reranking.depth) papers anew with a share of \(reranking.weight): the number is 0 or "
                        + "more, and the share is 0 or more and less than 1.")
            }
        }
        guard (0...1).contains(recall) else {
            throw AkinError(.invalidArgument, "Cannot search with a recall of \(recall): it lies between 0 and 1.")
        }
    }
}
