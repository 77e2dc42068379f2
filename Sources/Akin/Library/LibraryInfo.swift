/// What a library holds and how it is indexed.
public struct LibraryInfo: Sendable {
    /// A run of papers that were indexed together.
    public struct Segment: Sendable {
        /// The papers that count.
        public var paperCount: Int
        /// Whether neighbours are found by walking a graph; a small segment is scanned exactly.
        public var hasGraph: Bool
    }

    /// The library's folder.
    public var path: String
    /// The papers.
    public var paperCount: Int
    /// The number of the generation in force; 0 in a library that nothing was added to.
    public var generation: Int
    /// The segments, in order.
    public var segments: [Segment]
    /// The dimensions of the vector space; 0 if there is none.
    public var rank: Int
    /// The terms of the vector space.
    public var termCount: Int
    /// The papers that the vector space was fitted on. Later ones were folded in.
    public var fittedPaperCount: Int
    /// The weight of meaning in a hybrid ranking, unless a search says otherwise.
    public var alpha: Double
    /// The questions that the weight was chosen by, taken out of the papers themselves; 0 in a library that is too small to
    /// ask any, whose weight is ``SearchOptions/defaultAlpha``.
    public var alphaQuestionCount: Int
    /// The mean cosine of two papers drawn at random, and its standard deviation; `nil` where the library has no vectors.
    public var randomSimilarity: (mean: Double, deviation: Double)?
    /// The language that words are stemmed in.
    public var language: String
    /// The size of the library's files.
    public var byteCount: Int
}
