public import Papers
public import Ranking

/// How a search is done: how many papers it gives, how they are ranked, and which may be among them.
public struct SearchOptions: Sendable, Hashable {
    /// The weight of the cosine in a library that is too small to choose its own.
    public static let defaultAlpha = RankingPolicy.standard.defaultSemanticWeight

    /// The recall that a search asks of the vector index.
    public static let defaultRecall = RankingPolicy.standard.recall

    /// The number of papers in the answer, at most. Default 10.
    public var k: Int
    /// The kind of ranking. Default hybrid.
    public var mode: SearchMode
    /// The weight of the cosine in a hybrid ranking, from 0 (BM25 decides alone) to 1 (the cosine does); `nil`, the default,
    /// takes that of the library, ``LibraryInfo/alpha``, or ``LibraryInfo/likeAlpha`` for papers like others. More of it finds more papers that
    /// say the same in other words, and costs some of those that say it in these.
    public var alpha: Double?
    /// Which papers may be in the answer. Default all.
    public var filter: PaperFilter
    /// Whether each paper of the answer says why it is there: ``SearchAnswer/Hit/explanation``. Default no; it takes one to
    /// some milliseconds a paper.
    public var explains: Bool

    /// The share of the papers nearest in meaning that must be among the candidates, on average, from 0 to 1. Default .99.
    ///
    /// A search takes 200 candidates of the vector index, or `k` if that is more, and the recall is that of all of them: of
    /// the few that lead the answer hardly any is ever missed. The index knows from its own measurement what that takes; 1
    /// compares every paper, a millisecond for 150,000.
    public var recall: Double

    /// Creates options; the defaults serve most searches.
    public init(
        k: Int = 10,
        mode: SearchMode = .hybrid,
        alpha: Double? = nil,
        filter: PaperFilter = PaperFilter(),
        recall: Double = Self.defaultRecall,
        explains: Bool = false
    ) {
        self.k = k
        self.mode = mode
        self.alpha = alpha
        self.filter = filter
        self.recall = recall
        self.explains = explains
    }

    func validate() throws(AkinError) {
        guard k >= 0 else {
            throw AkinError(.invalidArgument, "Cannot search for \(k) papers: k is 0 or more.")
        }
        guard alpha.map({ (0...1).contains($0) }) ?? true else {
            throw AkinError(.invalidArgument, "Cannot search with alpha \(alpha ?? 0): it lies between 0 and 1.")
        }
        guard (0...1).contains(recall) else {
            throw AkinError(.invalidArgument, "Cannot search with a recall of \(recall): it lies between 0 and 1.")
        }
    }
}
