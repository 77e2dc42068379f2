/// What a library holds and how it is indexed.
public struct LibraryInfo: Sendable {
    /// Papers that were indexed together.
    public struct Segment: Sendable {
        /// The papers that were not removed since.
        public var paperCount: Int
        /// Whether searches walk a graph of its vectors. A small segment is scanned exactly.
        public var hasGraph: Bool
        /// The recall of the graph; `nil` if there is none or it was not measured.
        public var recall: Recall?

        package init(paperCount: Int, hasGraph: Bool, recall: Recall?) {
            self.paperCount = paperCount
            self.hasGraph = hasGraph
            self.recall = recall
        }
    }

    /// The share of the nearest papers that a graph finds, measured when it was built.
    public struct Recall: Sendable {
        /// One measurement.
        public struct Point: Sendable {
            /// The papers asked for.
            public var k: Int
            /// The candidates that walks over the graph kept.
            public var ef: Int
            /// The share of the nearest that were found.
            public var recall: Double
            /// The 95 % confidence interval of the share.
            public var interval: ClosedRange<Double>

            package init(k: Int, ef: Int, recall: Double, interval: ClosedRange<Double>) {
                self.k = k
                self.ef = ef
                self.recall = recall
                self.interval = interval
            }
        }

        /// The measurements, by `k`, then by `ef`.
        public var points: [Point]
        /// The papers that were asked about.
        public var queryCount: Int
        /// The papers in the graph.
        public var paperCount: Int
        /// The `ef` that finds ``SearchOptions/defaultRecall`` of the 10 nearest (in a database, of the 200 nearest)
        /// with 97.5 % confidence. Where the
        /// measured recall flattens below that, the `ef` of the knee; ``reached`` is then what it finds. `nil` if every
        /// paper is compared.
        public var ef: Int?
        /// The share of the 10 nearest that ``ef`` finds with 97.5 % confidence; `nil` if it is the default.
        public var reached: Double?

        package init(points: [Point], queryCount: Int, paperCount: Int, ef: Int?, reached: Double? = nil) {
            self.points = points
            self.queryCount = queryCount
            self.paperCount = paperCount
            self.ef = ef
            self.reached = reached
        }
    }

    /// The library's folder.
    public var path: String
    /// The vector spaces.
    public var spaces: [LibrarySpace]
    /// The papers.
    public var paperCount: Int
    /// The number of the generation in force; 0 in a library without papers.
    public var generation: Int
    /// The segments, in order.
    public var segments: [Segment]
    /// The dimensions of the vector space; 0 if there is none.
    public var rank: Int
    /// The terms of the vector space.
    public var termCount: Int
    /// Whether the vector space was fitted on the library's papers alone, or started from a model of many more.
    public var modelOrigin: ModelOrigin
    /// The papers that the vector space was fitted on. Later ones were folded in.
    public var fittedPaperCount: Int
    /// The drift of the papers that were folded in; `nil` if there is no space, or its model does not say what to
    /// expect.
    public var drift: LibraryDrift?
    /// The semantic weight of hybrid rankings, unless a search says otherwise.
    public var alpha: Double
    /// The semantic weight where a query is made of papers.
    public var likeAlpha: Double
    /// The questions that the weight was chosen by. Papers ask them about their subjects. 0 in a library that is too
    /// small to ask any; its weight is ``SearchOptions/defaultAlpha``.
    public var alphaQuestionCount: Int
    /// The mean and the standard deviation of the cosine of two random papers; `nil` in a library without vectors.
    public var randomSimilarity: (mean: Double, deviation: Double)?
    /// The language of the stemmer.
    public var language: String
    /// The size of the library's files.
    public var byteCount: Int
}
