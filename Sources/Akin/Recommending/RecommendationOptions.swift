public import Papers

/// How to recommend papers: how many, from which part of the library, and how much new ones are preferred.
public struct RecommendationOptions: Hashable, Sendable {
    /// The most papers to recommend. Default 10.
    public var k: Int
    /// The papers at the top to pass over, for the next page. Default 0.
    public var offset: Int
    /// Which papers may be recommended. Default: all. Those that were learned from, those that were read and hidden
    /// ones are left out whatever it says.
    public var filter: PaperFilter
    /// How much new papers are preferred, from 0 (not at all) to 1. Default ``defaultRecency``.
    ///
    /// The score of a paper is its relevance times 1 − *r* + *r* · 2^(−*age* / 2 years), for a recency *r*. With the
    /// default, a very old paper needs twice the relevance of a new one. With 1, two years halve a score again and
    /// again. A paper that is no more relevant than half of the others counts as old.
    public var recency: Double
    /// The order in which the papers of a page are given. Default: by score. Their ranks stay those of the score.
    public var sort: PaperOrder
    /// Whether each of the first thousand papers says why it is there. Default: yes. It takes about a millisecond a
    /// paper.
    public var explains: Bool

    /// The preference for new papers unless options say otherwise: a compromise that no measurement chose, because the
    /// collections that recommendations are measured on say nothing about when a paper was wanted.
    public static let defaultRecency = 0.5

    /// Creates options; the defaults serve most people.
    public init(
        k: Int = 10, offset: Int = 0, filter: PaperFilter = PaperFilter(), recency: Double = Self.defaultRecency,
        sort: PaperOrder = .relevance, explains: Bool = true
    ) {
        self.k = k
        self.offset = offset
        self.filter = filter
        self.recency = recency
        self.sort = sort
        self.explains = explains
    }

    /// Refuses numbers that no call takes.
    ///
    /// - Throws: `AkinError` with code `invalidArgument`.
    func validate() throws(AkinError) {
        guard k >= 0 else {
            throw AkinError(.invalidArgument, "Cannot recommend \(k) papers: k is 0 or more.")
        }
        try Akin.validate(offset: offset)
        guard (0...1).contains(recency) else {
            throw AkinError(.invalidArgument, "Cannot recommend with a recency of \(recency): it lies between 0 and 1.")
        }
    }

    /// The papers that are ranked: those of the page and those before it.
    var depth: Int { offset > Int.max - k ? .max : offset + k }
}
