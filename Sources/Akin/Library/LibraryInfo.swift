/// What a library holds and how it is indexed.
public struct LibraryInfo: Sendable {
    /// A run of papers that were indexed together.
    public struct Segment: Sendable {
        /// The papers that count.
        public var paperCount: Int
        /// Whether neighbours are found by walking a graph; a small segment is scanned exactly.
        public var hasGraph: Bool
        /// What the graph finds; `nil` where there is none, or where it was not measured.
        public var recall: Recall?
    }

    /// What share of the papers nearest in meaning a graph finds, measured when it was built.
    public struct Recall: Sendable {
        /// One measurement.
        public struct Point: Sendable {
            /// The papers asked for.
            public var k: Int
            /// The candidates that walks over the graph kept.
            public var ef: Int
            /// The share of the nearest that were found.
            public var recall: Double
            /// Where the share lies with 95 % confidence.
            public var interval: ClosedRange<Double>
        }

        /// The measurements, by `k`, then by `ef`.
        public var points: [Point]
        /// The papers that were asked about.
        public var queryCount: Int
        /// The papers in the graph.
        public var paperCount: Int
        /// The `ef` at which ``SearchOptions/defaultRecall`` of the 10 nearest are found, with 97.5 % confidence; `nil` if
        /// every paper has to be compared.
        public var ef: Int?
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
    /// Whether the vector space comes of the library's papers alone, or started from a model that knows many more.
    public var modelOrigin: ModelOrigin
    /// The papers that the vector space was fitted on. Later ones were folded in.
    public var fittedPaperCount: Int
    /// How far the papers that were folded in are from those; `nil` if there is no space, or its model does not say.
    public var drift: LibraryDrift?
    /// The weight of meaning in a hybrid ranking, unless a search says otherwise.
    public var alpha: Double
    /// The same where papers like others are asked for.
    public var likeAlpha: Double
    /// The questions that the weight was chosen by, which papers asked about their subjects; 0 in a library that is too
    /// small to ask any, whose weight is ``SearchOptions/defaultAlpha``.
    public var alphaQuestionCount: Int
    /// The mean cosine of two papers drawn at random, and its standard deviation; `nil` where the library has no vectors.
    public var randomSimilarity: (mean: Double, deviation: Double)?
    /// The language that words are stemmed in.
    public var language: String
    /// The size of the library's files.
    public var byteCount: Int
}
