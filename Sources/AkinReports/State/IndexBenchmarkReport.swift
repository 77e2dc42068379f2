package import RetrievalEvaluation

/// Recall and speed of a library's vector index, one point for each `ef`.
package struct IndexBenchmarkReport: Encodable, Sendable {
    /// The papers in the index.
    package var papers: Int
    /// Whether the index walks a graph; an exact scan finds everything at any `ef`.
    package var hasGraph: Bool
    /// The papers that were asked about.
    package var queries: Int
    package var threads: Int
    package var curve: NeighborCurve

    package init(papers: Int, hasGraph: Bool, queries: Int, threads: Int, curve: NeighborCurve) {
        self.papers = papers
        self.hasGraph = hasGraph
        self.queries = queries
        self.threads = threads
        self.curve = curve
    }

    /// The kind of index: `graph` or `exact scan`.
    package var index: String { hasGraph ? "graph" : "exact scan" }

    /// The name of the recall that was measured, such as `recall@10`.
    package var recallName: String { "recall@\(curve.k)" }
}

// MARK: - Coding

extension IndexBenchmarkReport {
    private enum CodingKeys: CodingKey {
        case papers, index, queries, k, threads, results
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(papers, forKey: .papers)
        try container.encode(index, forKey: .index)
        try container.encode(queries, forKey: .queries)
        try container.encode(curve.k, forKey: .k)
        try container.encode(threads, forKey: .threads)
        var results = container.nestedUnkeyedContainer(forKey: .results)
        for point in curve.points {
            var result = results.nestedContainer(keyedBy: ReportKey.self)
            try result.encode(point.ef, forKey: ReportKey("ef"))
            try result.encode(point.recall, forKey: ReportKey(recallName))
            try result.encode(point.queriesPerSecond, forKey: ReportKey("qps"))
        }
    }
}
